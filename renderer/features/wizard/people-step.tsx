import { Paper, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../query-client.ts';
import { PeopleImportSteps } from '../people/people-import.tsx';
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
  return (
    <StepFrame title={t('people.title')} text={t('people.text')} onBack={onBack} onNext={onNext}>
      <Stack gap="sm">
        <SegmentedControl
          w="fit-content"
          aria-label={t('people.way')}
          value={way}
          onChange={(value) => setWay(value === 'file' ? 'file' : 'seen')}
          data={WAYS.map((value) => ({ value, label: t(`people.ways.${value}`) }))}
        />
        <Paper p="md">{way === 'file' ? <PeopleImportSteps onDone={() => setWay('seen')} /> : <CodesSeen />}</Paper>
        <Text size="sm" c="dimmed">
          {t('people.count', { count: people.data?.length ?? 0 })}
        </Text>
      </Stack>
    </StepFrame>
  );
}
