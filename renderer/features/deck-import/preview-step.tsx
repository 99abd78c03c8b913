/** What the file does to the tariff, before anything is stored. */
import { Alert, Checkbox, Group, Radio, Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Deck, DeckPreview } from '../../../core/api/contract.ts';
import { formatCount } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { ChangeTable } from './change-table.tsx';
import { DeckWarnings } from './deck-warnings.tsx';
import { ProblemList } from './problem-list.tsx';
import type { DeckImportState } from './use-deck-import.ts';

interface PreviewStepProps {
  readonly deck: Deck;
  readonly state: DeckImportState;
  readonly isNew: boolean;
}

const SHOWN_PROBLEMS = 20;

export function PreviewStep({ deck, state, isNew }: PreviewStepProps) {
  const { t } = useTranslation('deck');
  const { preview } = state;
  return (
    <Stack>
      {!isNew && (
        <Radio.Group
          label={t('import.mode.label')}
          value={state.mode}
          onChange={(value) => state.look({ mode: value === 'update' ? 'update' : 'replace' })}
        >
          <Group mt={6}>
            <Radio value="replace" label={t('import.mode.replace')} />
            <Radio value="update" label={t('import.mode.update')} />
          </Group>
        </Radio.Group>
      )}
      {preview === undefined ? (
        <Skeleton height={260} />
      ) : (
        <>
          <Summary preview={preview} />
          <Problems preview={preview} state={state} />
          <Terms preview={preview} />
          <DeckWarnings warnings={preview.warnings} />
          <ChangeTable key={`${deck.deckId}${state.mode}${state.leaveOut}`} deckId={deck.deckId} preview={preview} />
        </>
      )}
    </Stack>
  );
}

function Summary({ preview }: { readonly preview: DeckPreview }) {
  const { t } = useTranslation('deck');
  const language = useLanguage();
  const rates = formatCount(preview.rateCount, language);
  const { comparedWith } = preview;
  return (
    <Text size="sm">
      {comparedWith === null
        ? t('import.preview.new', { rates })
        : `${t('import.preview.comparedWith', { number: comparedWith.number, name: comparedWith.tariffName })} ${t('import.preview.after', { rates })}`}
    </Text>
  );
}

function Problems({ preview, state }: { readonly preview: DeckPreview; readonly state: DeckImportState }) {
  const { t } = useTranslation('deck');
  const { problemCount, problems } = preview;
  return (
    <ProblemList count={problemCount} problems={problems} shown={SHOWN_PROBLEMS}>
      {problems.some(({ rowNumber }) => rowNumber !== null) && (
        <Checkbox
          mt={6}
          label={t('import.problems.leaveOut')}
          checked={state.leaveOut}
          onChange={(event) => state.look({ leaveOut: event.currentTarget.checked })}
        />
      )}
    </ProblemList>
  );
}

function Terms({ preview }: { readonly preview: DeckPreview }) {
  const { t } = useTranslation('deck');
  if (preview.terms.length === 0) return null;
  return (
    <Alert color="blue" title={t('import.preview.terms')}>
      {preview.terms.map(({ key, before, after }) => (
        <div key={key} className="tb-deck-term">
          <b>{key}</b>: {before === '' ? '–' : before} → {after === '' ? '–' : after}
        </div>
      ))}
    </Alert>
  );
}
