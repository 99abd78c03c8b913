import { Paper, Skeleton, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { useFieldErrors } from '../../field-errors.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { DetectionResult } from '../sources/detection-result.tsx';
import { FormatFields } from '../sources/format-fields.tsx';
import { draftOf } from '../sources/source-draft.ts';
import { StepFrame } from './step-frame.tsx';

interface FormatStepProps {
  readonly source: Source;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

const REFRESH_MS = 5000;

/** The format is proposed with its reasons; the reader chooses it. */
export function FormatStep({ source, onBack, onNext }: FormatStepProps) {
  const { t } = useTranslation('wizard');
  const detection = useRead(
    'detectSource',
    { params: { id: source.id } },
    { refetchInterval: REFRESH_MS, staleTime: 0 },
  );
  const [chosen, setChosen] = useState<{
    readonly formatId: string;
    readonly options: Readonly<Record<string, string>>;
  }>();
  const readAgain = useWrite('readAgain', {
    refresh: ['listQuarantine', 'listRawLines', 'listCalls', 'countCalls', 'listSources'],
  });
  const change = useWrite('changeSource', {
    refresh: ['listSources', 'listCalls', 'countCalls'],
    showsErrors: true,
    onDone: () => {
      // The first lines came while the format was still a guess.
      readAgain.mutate({ params: { id: source.id } });
      onNext();
    },
  });
  const errors = useFieldErrors(change.error, { formatId: chosen?.formatId, formatOptions: chosen?.options });
  const save = (): void => {
    if (chosen === undefined) return;
    const { formatId, options } = chosen;
    change.mutate({ params: { id: source.id }, body: { ...draftOf(source), formatId, formatOptions: options } });
  };
  return (
    <StepFrame
      title={t('format.title')}
      text={t('format.text')}
      onBack={onBack}
      onNext={save}
      isNextOff={chosen === undefined}
      isBusy={change.isPending}
      nextLabel={t('format.next')}
    >
      <Stack gap="md">
        {detection.data === undefined ? (
          <Skeleton height={140} />
        ) : (
          <DetectionResult
            detection={detection.data}
            chosenId={chosen?.formatId ?? ''}
            onChoose={({ formatId, options }) => setChosen({ formatId, options })}
          />
        )}
        <Paper p="md" component="section">
          <Stack gap="sm">
            <Title order={2}>{t(chosen === undefined ? 'format.byHand' : 'format.confirm')}</Title>
            <FormatFields
              kind={source.config.kind}
              formatId={chosen?.formatId ?? ''}
              options={chosen?.options ?? {}}
              errors={errors}
              onChange={(formatId, options) => setChosen({ formatId, options })}
            />
          </Stack>
        </Paper>
        <FormFailure error={change.error} />
      </Stack>
    </StepFrame>
  );
}
