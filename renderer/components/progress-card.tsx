/** Long work: what it is, how far it is, what is left, and how to stop it. */
import { Group, Paper, Progress, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatPercent } from '../format.ts';
import { useLanguage } from '../language.ts';

interface ProgressCardProps {
  readonly title: string;
  /** 0 to 1. */
  readonly part: number;
  readonly note?: string;
  /** Counted: bytes, calls. */
  readonly counted?: string;
  readonly secondsLeft?: number | null | undefined;
  readonly help?: string;
  /** False: it has ended, well or not. */
  readonly isRunning?: boolean;
  readonly isFailed?: boolean;
  /** In a list beside others: smaller, and no heading of its own. */
  readonly isSmall?: boolean;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

export function ProgressCard({
  title,
  part,
  note,
  counted,
  secondsLeft,
  help,
  isRunning = true,
  isFailed = false,
  isSmall = false,
  actions,
  children,
}: ProgressCardProps) {
  const language = useLanguage();
  const left = useTimeLeft(isRunning ? secondsLeft : null);
  const told = [counted, left].filter((text) => text !== undefined && text !== '').join(', ');
  return (
    <Paper
      p={isSmall ? 'sm' : 'md'}
      component={isSmall ? 'article' : 'section'}
      aria-label={title}
      aria-busy={isRunning}
    >
      <Group justify="space-between" wrap="nowrap" align="flex-start" mb={isSmall ? 6 : 'sm'}>
        <div className="tb-progress-head">
          {isSmall ? (
            <Text fw={600} size="sm" truncate title={title}>
              {title}
            </Text>
          ) : (
            <Title order={2}>{title}</Title>
          )}
          {note !== undefined && (
            <Text size="sm" c="dimmed">
              {note}
            </Text>
          )}
        </div>
        {actions}
      </Group>
      <Progress
        value={part * 100}
        size={isSmall ? 6 : 8}
        animated={isRunning}
        color={isFailed ? 'red' : 'ledger'}
        aria-label={formatPercent(part, language)}
      />
      <Text size={isSmall ? 'xs' : 'sm'} c={isSmall ? 'dimmed' : 'var(--tb-ink)'} mt={6} className="tb-num">
        {told === '' ? formatPercent(part, language) : told}
      </Text>
      {help !== undefined && (
        <Text size="sm" c="dimmed">
          {help}
        </Text>
      )}
      {children}
    </Paper>
  );
}

const SECONDS_PER_MINUTE = 60;

function useTimeLeft(seconds: number | null | undefined): string | undefined {
  const { t } = useTranslation('comfort');
  if (seconds === null || seconds === undefined) return undefined;
  if (seconds < 2) return t('work.soon');
  if (seconds < 2 * SECONDS_PER_MINUTE) return t('work.secondsLeft', { count: seconds });
  return t('work.minutesLeft', { count: Math.round(seconds / SECONDS_PER_MINUTE) });
}
