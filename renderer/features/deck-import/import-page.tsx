/** A price list from a file, step by step: file, columns, open questions, preview, save. Nothing is stored before the last. */
import { Button, Group, Stack, Stepper } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { TariffVersion } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { Page } from '../../components/page.tsx';
import { useRead } from '../../query-client.ts';
import { ColumnsStep } from './columns-step.tsx';
import { FileStep } from './file-step.tsx';
import { PreviewStep } from './preview-step.tsx';
import { QuestionsStep } from './questions-step.tsx';
import { SaveStep } from './save-step.tsx';
import { SavedVersion } from './saved-version.tsx';
import { type DeckImportState, isWaiting, useDeckImport } from './use-deck-import.ts';

const STEPS = ['file', 'columns', 'questions', 'preview', 'save'] as const;
const [FILE, COLUMNS, QUESTIONS, PREVIEW, SAVE] = [0, 1, 2, 3, 4] as const;

export function DeckImportPage() {
  const { id } = useParams();
  return <DeckImport key={id ?? 'new'} tariffId={id === undefined ? null : Number(id)} />;
}

function DeckImport({ tariffId }: { readonly tariffId: number | null }) {
  const { t } = useTranslation('deck');
  const tariffs = useRead('listTariffs', undefined, { enabled: tariffId !== null });
  const name = tariffs.data?.find((tariff) => tariff.id === tariffId)?.name;
  const [attempt, setAttempt] = useState(0);
  const [saved, setSaved] = useState<TariffVersion>();
  return (
    <Page
      title={name === undefined ? t('import.title') : t('import.titleInto', { name })}
      lead={t('import.file.text')}
      actions={
        <Button component={Link} to="/tariffs" variant="default">
          {t('import.save.toTariffs')}
        </Button>
      }
    >
      {saved === undefined ? (
        <Steps key={attempt} tariffId={tariffId} onSaved={setSaved} />
      ) : (
        <SavedVersion
          version={saved}
          onAgain={() => {
            setSaved(undefined);
            setAttempt(attempt + 1);
          }}
        />
      )}
    </Page>
  );
}

/** Whether the way on is open from a step. */
function mayGoOn(step: number, { deck, preview }: DeckImportState): boolean {
  if (deck === undefined) return false;
  if (step === COLUMNS) return deck.missing.length === 0;
  if (step === QUESTIONS) return !isWaiting(deck);
  return step !== PREVIEW || preview?.isReady === true;
}

function Steps({
  tariffId,
  onSaved,
}: {
  readonly tariffId: number | null;
  readonly onSaved: (version: TariffVersion) => void;
}) {
  const { t } = useTranslation('deck');
  const [step, setStep] = useState<number>(FILE);
  const state = useDeckImport(tariffId);
  const { deck } = state;
  const go = (to: number): void => {
    if (to === PREVIEW) state.look({});
    setStep(to);
  };
  const reachable = (to: number): boolean =>
    to <= step || (deck !== undefined && (to <= COLUMNS || (to <= QUESTIONS && deck.missing.length === 0)));
  return (
    <Stack gap="md">
      <Stepper
        active={step}
        size="sm"
        onStepClick={(to) => {
          if (reachable(to)) go(to);
        }}
      >
        {STEPS.map((name, index) => (
          <Stepper.Step key={name} label={t(`import.step.${name}`)} allowStepSelect={reachable(index)} />
        ))}
      </Stepper>
      <FormFailure error={state.error} />
      {step === FILE && <FileStep state={state} />}
      {step === COLUMNS && deck !== undefined && <ColumnsStep deck={deck} state={state} />}
      {step === QUESTIONS && deck !== undefined && <QuestionsStep deck={deck} state={state} />}
      {step === PREVIEW && deck !== undefined && <PreviewStep deck={deck} state={state} isNew={tariffId === null} />}
      {step === SAVE && deck !== undefined && <SaveStep deck={deck} isNew={tariffId === null} onSaved={onSaved} />}
      <Group justify="space-between">
        {step === FILE ? (
          <span />
        ) : (
          <Button variant="default" onClick={() => go(step - 1)}>
            {t('import.back')}
          </Button>
        )}
        {step < SAVE && (
          <Button onClick={() => go(step + 1)} disabled={!mayGoOn(step, state)} loading={state.isBusy}>
            {t('import.next')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
