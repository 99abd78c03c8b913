/** How far the description is: how many lines it understands, and what may be done about the rest. */
import { Button, Group, Progress, Text } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TriedLine, TryResult } from '../../../core/api/contract.ts';

export const isUnread = ({ outcome }: TriedLine): boolean => outcome === 'malformed' || outcome === 'incomplete';

interface ReachedProps {
  readonly tried: TryResult | undefined;
  readonly onUndo: (() => void) | undefined;
  /** Absent where text outside the fields is of no interest already. */
  readonly onIgnoreRest: (() => void) | undefined;
}

export function Reached({ tried, onUndo, onIgnoreRest }: ReachedProps) {
  const { t } = useTranslation('formats');
  const total = tried?.lines.length ?? 0;
  const understood = tried?.understood ?? 0;
  const hasRest = tried?.lines.some((line) => isUnread(line) && line.leftover.length > 0) === true;
  const percent = total === 0 ? 0 : Math.floor((understood / total) * 100);
  return (
    <Group gap="sm" wrap="nowrap">
      <Progress value={percent} flex={1} size={8} aria-label={t('reached.label')} />
      {hasRest && onIgnoreRest !== undefined && (
        <Button size="compact-xs" variant="default" onClick={onIgnoreRest}>
          {t('reached.ignoreRest')}
        </Button>
      )}
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconArrowBackUp size={14} stroke={1.6} />}
        disabled={onUndo === undefined}
        onClick={onUndo}
      >
        {t('editor.undo')}
      </Button>
      <Text size="sm" fw={600} className="tb-num" role="status">
        {t('reached.text', { percent, understood, count: total })}
      </Text>
    </Group>
  );
}
