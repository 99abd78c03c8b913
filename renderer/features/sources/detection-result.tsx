/** Which format the bytes seem to be, why, and what is still open. Nothing is chosen without the reader. */
import { Alert, Badge, Button, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { IconCheck, IconHelpCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Detection, DetectionReason } from '../../../core/api/contract.ts';
import { formatPercent } from '../../format.ts';
import { textOr, useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';

type Reason = z.infer<typeof DetectionReason>;
export type Candidate = Detection['candidates'][number];

/** A reason that no text is known for still shows its word and figures. */
export function reasonText(reason: Reason): string {
  const values = Object.entries(reason.values).map(([key, value]) => `${key}: ${value}`);
  return textOr(`detect:${reason.kind}`, reason.values, [reason.kind, ...values].join(' · '));
}

interface DetectionResultProps {
  readonly detection: Detection;
  readonly chosenId: string;
  readonly onChoose: (candidate: Candidate) => void;
}

export function DetectionResult({ detection, chosenId, onChoose }: DetectionResultProps) {
  const { t } = useTranslation('sources');
  const language = useLanguage();
  const formats = useRead('listFormats', undefined, { staleTime: Number.POSITIVE_INFINITY });
  const isUnconfirmed = ({ formatId }: Candidate): boolean =>
    formats.data?.some((format) => format.id === formatId && format.confidence === 'unconfirmed') ?? false;
  if (detection.candidates.length === 0) {
    if (detection.lineFault !== null) return null;
    return (
      <Alert color="yellow">
        {detection.linesSeen === 0 ? t('detection.waiting') : t('detection.nothing', { count: detection.linesSeen })}
      </Alert>
    );
  }
  return (
    <Stack gap="xs">
      {!detection.isSure && (
        <Alert color="yellow" icon={<IconHelpCircle size={18} />}>
          {detection.lineFault === null
            ? t('detection.notSure', { count: detection.linesSeen })
            : t('detection.afterFault')}
        </Alert>
      )}
      {detection.candidates.map((candidate, index) => (
        <Paper
          key={candidate.formatId}
          p="sm"
          data-chosen={candidate.formatId === chosenId || undefined}
          className="tb-candidate"
        >
          <Group justify="space-between" wrap="nowrap">
            <div>
              <Group gap={8}>
                <Text fw={600}>{candidate.title}</Text>
                {index === 0 && detection.isSure && <Badge>{t('detection.best')}</Badge>}
                {isUnconfirmed(candidate) && <Badge color="yellow">{t('confidence.unconfirmed')}</Badge>}
              </Group>
              <Group gap={8} mt={2}>
                <Progress value={candidate.confidence * 100} w={90} size={6} aria-hidden />
                <Text size="xs" c="dimmed">
                  {t('detection.confidence', { percent: formatPercent(candidate.confidence, language) })}
                </Text>
              </Group>
            </div>
            <Button
              size="compact-sm"
              variant={candidate.formatId === chosenId ? 'filled' : 'default'}
              leftSection={candidate.formatId === chosenId ? <IconCheck size={14} /> : null}
              onClick={() => onChoose(candidate)}
            >
              {t(candidate.formatId === chosenId ? 'detection.chosen' : 'detection.choose')}
            </Button>
          </Group>
          <ul className="tb-reasons">
            {candidate.reasons.map((reason) => (
              <li key={reasonText(reason)}>{reasonText(reason)}</li>
            ))}
            {candidate.openQuestions.map((question) => (
              <li key={reasonText(question)} data-open>
                {reasonText(question)}
              </li>
            ))}
            {isUnconfirmed(candidate) && <li data-open>{t('detection.checkFirst')}</li>}
          </ul>
        </Paper>
      ))}
    </Stack>
  );
}
