/** What a changed format means for the calls that a source has already. */
import { Alert, Button, Modal, Stack, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Source } from '../../../core/api/contract.ts';
import { formatCount } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { draftOf, type SourceDraft } from '../sources/source-draft.ts';
import { isSameReading, type Reading, rereadAddress } from './reading-address.ts';

/** Calls of the source that another format would not touch; 0 while that is how it is read already. */
export function useEarlierCalls(source: Source | undefined, reading: Reading): number {
  const isOther = source !== undefined && !isSameReading(source, reading);
  const calls = useRead('countCalls', { query: { sourceId: source?.id ?? 0 } }, { enabled: isOther, staleTime: 0 });
  return isOther ? (calls.data?.calls ?? 0) : 0;
}

interface EarlierCallsNoteProps {
  /** Absent: a new source. */
  readonly source: Source | undefined;
  /** What the source's form holds. */
  readonly draft: SourceDraft;
}

/** Nothing while the form's format is the present one, or the source has no calls. */
export function EarlierCallsNote({ source, draft }: EarlierCallsNoteProps) {
  const { t } = useTranslation('reread');
  const language = useLanguage();
  const navigate = useNavigate();
  const count = useEarlierCalls(source, draft);
  const saveRest = useWrite('changeSource', {
    refresh: ['listSources'],
    onDone: ({ id }) => void navigate(rereadAddress(id, draft)),
  });
  if (source === undefined || count === 0 || draft.formatId === '') return null;
  const rest = { ...draft, formatId: source.formatId, formatOptions: source.formatOptions };
  const hasRest = JSON.stringify(rest) !== JSON.stringify(draftOf(source));
  return (
    <Alert color="yellow">
      <Text size="sm" mb={8}>
        {t('earlier.text', { count, number: formatCount(count, language) })}
        {hasRest && ` ${t('earlier.saves')}`}
      </Text>
      <Button
        size="compact-md"
        variant="default"
        leftSection={<IconRefresh size={14} />}
        loading={saveRest.isPending}
        onClick={() => {
          if (hasRest) saveRest.mutate({ params: { id: source.id }, body: rest });
          else void navigate(rereadAddress(source.id, draft));
        }}
      >
        {t('earlier.action')}
      </Button>
    </Alert>
  );
}

interface FormatChoiceProps {
  readonly source: Source;
  readonly calls: number;
  readonly reading: Reading;
  readonly newTitle: string;
  readonly isBusy: boolean;
  readonly onOnlyNew: () => void;
  readonly onClose: () => void;
}

/** Asks what a chosen format is for: everything there is, or only what comes. */
export function FormatChoice({ source, calls, reading, newTitle, isBusy, onOnlyNew, onClose }: FormatChoiceProps) {
  const { t } = useTranslation('reread');
  const language = useLanguage();
  const number = formatCount(calls, language);
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{t('choice.title')}</Text>} size="md">
      <Stack>
        <Text size="sm">{t('choice.text', { count: calls, number, title: source.formatTitle, newTitle })}</Text>
        <div>
          <Button fullWidth component={Link} to={rereadAddress(source.id, reading)} data-autofocus>
            {t('choice.all')}
          </Button>
          <Text size="xs" c="dimmed" mt={4}>
            {t('choice.allHelp')}
          </Text>
        </div>
        <div>
          <Button fullWidth variant="default" loading={isBusy} onClick={onOnlyNew}>
            {t('choice.onlyNew')}
          </Button>
          <Text size="xs" c="dimmed" mt={4}>
            {t('choice.onlyNewHelp')}
          </Text>
        </div>
      </Stack>
    </Modal>
  );
}
