import { Alert, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Source, SourceDetection } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { useFieldErrors } from '../../field-errors.ts';
import { formatCount } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { useEarlierCalls } from '../reread/earlier-calls.tsx';
import type { Reading } from '../reread/reading-address.ts';
import { useRereadAtOnce } from '../reread/use-reread-at-once.ts';
import { DetectionResult, reasonText } from '../sources/detection-result.tsx';
import { FormatFields } from '../sources/format-fields.tsx';
import { LineFault } from '../sources/line-fault.tsx';
import { draftOf } from '../sources/source-draft.ts';
import { StepFrame } from './step-frame.tsx';

interface FormatStepProps {
  readonly source: Source;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

const REFRESH_MS = 5000;

/** Sure of the best, and the best is what was chosen. */
function isProved(detection: SourceDetection | undefined, chosen: Reading | undefined): boolean {
  return detection?.isSure === true && detection.candidates[0]?.formatId === chosen?.formatId;
}

/** The format is proposed with its reasons; the reader chooses it. */
export function FormatStep({ source, onBack, onNext }: FormatStepProps) {
  const { t } = useTranslation(['wizard', 'reread']);
  const language = useLanguage();
  const detection = useRead(
    'detectSource',
    { params: { id: source.id } },
    { refetchInterval: REFRESH_MS, staleTime: 0 },
  );
  const [chosen, setChosen] = useState<Reading>();
  const earlier = useEarlierCalls(source, chosen ?? source);
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
  const reread = useRereadAtOnce(source.id, onNext);
  const error = change.error ?? reread.error;
  const errors = useFieldErrors(error, { formatId: chosen?.formatId, formatOptions: chosen?.formatOptions });
  const save = (): void => {
    if (chosen === undefined) return;
    if (earlier > 0) reread.mutate(chosen);
    else change.mutate({ params: { id: source.id }, body: { ...draftOf(source), ...chosen } });
  };
  const candidate = detection.data?.candidates.find(({ formatId }) => formatId === chosen?.formatId);
  const isUnsure = chosen !== undefined && !isProved(detection.data, chosen);
  return (
    <StepFrame
      title={t('format.title')}
      text={t('format.text')}
      onBack={onBack}
      onNext={save}
      isNextOff={chosen === undefined}
      isBusy={change.isPending || reread.isPending}
      nextLabel={t(isUnsure ? 'format.nextUnsure' : 'format.next')}
    >
      <Stack gap="md">
        {detection.data === undefined ? (
          <Skeleton height={140} />
        ) : (
          <>
            <LineFault source={source} detection={detection.data} />
            <DetectionResult
              detection={detection.data}
              chosenId={chosen?.formatId ?? ''}
              onChoose={({ formatId, options }) => setChosen({ formatId, formatOptions: options })}
            />
          </>
        )}
        <Paper p="md" component="section">
          <Stack gap="sm">
            <Title order={2}>{t(chosen === undefined ? 'format.byHand' : 'format.confirm')}</Title>
            <FormatFields
              kind={source.config.kind}
              formatId={chosen?.formatId ?? ''}
              options={chosen?.formatOptions ?? {}}
              errors={errors}
              onChange={(formatId, formatOptions) => setChosen({ formatId, formatOptions })}
            />
            {candidate !== undefined && candidate.openQuestions.length > 0 && (
              <Alert color="yellow" title={t('format.open')}>
                <ul className="tb-reasons">
                  {candidate.openQuestions.map((question) => (
                    <li key={reasonText(question)}>{reasonText(question)}</li>
                  ))}
                </ul>
              </Alert>
            )}
            {earlier > 0 && (
              <Text size="sm">
                {t('reread:wizard.note', {
                  count: earlier,
                  number: formatCount(earlier, language),
                  title: source.formatTitle,
                })}
              </Text>
            )}
          </Stack>
        </Paper>
        <FormFailure error={error} />
      </Stack>
    </StepFrame>
  );
}
