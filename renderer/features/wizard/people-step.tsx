import { Button, Group, Modal, Paper, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PeopleImportPreview } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { IMPORT_REFRESH, PeopleImportSteps } from '../people/people-import.tsx';
import { CodesSeen } from './codes-seen.tsx';
import { StepFrame } from './step-frame.tsx';

interface PeopleStepProps {
  readonly onBack: () => void;
  readonly onNext: () => void;
}

const WAYS = ['seen', 'file'] as const;

export function PeopleStep({ onBack, onNext }: PeopleStepProps) {
  const { t } = useTranslation('wizard');
  const people = useRead('listPeople', { query: {} });
  const [way, setWay] = useState<(typeof WAYS)[number]>('seen');
  const [preview, setPreview] = useState<PeopleImportPreview>();
  const [imports, setImports] = useState(0);
  const [asks, setAsks] = useState(false);
  const isStanding = preview !== undefined && preview.counts.add + preview.counts.update + preview.counts.error > 0;
  const onImported = (): void => {
    setPreview(undefined);
    setImports(imports + 1);
    setWay('seen');
  };
  return (
    <StepFrame
      title={t('people.title')}
      text={t('people.text')}
      onBack={onBack}
      onNext={() => (isStanding ? setAsks(true) : onNext())}
    >
      <Stack gap="sm">
        <SegmentedControl
          w="fit-content"
          aria-label={t('people.way')}
          value={way}
          onChange={(value) => setWay(value === 'file' ? 'file' : 'seen')}
          data={WAYS.map((value) => ({ value, label: t(`people.ways.${value}`) }))}
        />
        <Paper p="md">
          {way === 'seen' && <CodesSeen />}
          <div hidden={way !== 'file'}>
            <PeopleImportSteps key={imports} onDone={onImported} onPreview={setPreview} />
          </div>
        </Paper>
        <Text size="sm" c="dimmed">
          {t('people.count', { count: people.data?.length ?? 0 })}
        </Text>
      </Stack>
      <Modal
        opened={asks}
        onClose={() => setAsks(false)}
        size="lg"
        title={<Text fw={650}>{t('people.standing.title')}</Text>}
      >
        {preview !== undefined && <StandingImport preview={preview} onGoOn={onNext} />}
      </Modal>
    </StepFrame>
  );
}

interface StandingImportProps {
  readonly preview: PeopleImportPreview;
  readonly onGoOn: () => void;
}

/** A chosen list that was not confirmed would be lost without a word. */
function StandingImport({ preview, onGoOn }: StandingImportProps) {
  const { t } = useTranslation(['wizard', 'people']);
  const confirm = useWrite('confirmPeopleImport', {
    showsErrors: true,
    refresh: IMPORT_REFRESH,
    onDone: ({ added, updated }) => {
      showDone(t('people:import.done', { added, updated }));
      onGoOn();
    },
  });
  const { add, update, error } = preview.counts;
  return (
    <Stack>
      <Text size="sm">
        {error > 0 ? t('people.standing.hasErrors') : t('people.standing.text', { count: add + update })}
      </Text>
      <FormFailure error={confirm.error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onGoOn}>
          {t('people.standing.skip')}
        </Button>
        {error === 0 && (
          <Button
            loading={confirm.isPending}
            onClick={() => confirm.mutate({ params: { importId: preview.importId } })}
          >
            {t('people.standing.import')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
