import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SourceStatus } from '../../../core/api/contract.ts';
import { formatCount } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';
import { unreadableLines } from './unreadable.ts';

const REFRESH_MS = 4000;

interface UnreadableWarningProps {
  readonly status: SourceStatus;
  /** The way to the format. */
  readonly children: ReactNode;
}

/** Nothing while most lines of the source can be read. */
export function UnreadableWarning({ status, children }: UnreadableWarningProps) {
  const { t } = useTranslation('sources');
  const language = useLanguage();
  const { sourceId, counts } = status;
  const waiting = useRead(
    'listQuarantine',
    { query: { sourceId, limit: 1 } },
    { enabled: unreadableLines(counts) !== undefined, refetchInterval: REFRESH_MS },
  ).data?.total;
  // Lines that were read again since are no reason to warn.
  const lines =
    waiting === undefined ? undefined : unreadableLines({ ...counts, malformed: Math.min(counts.malformed, waiting) });
  if (lines === undefined) return null;
  return (
    <Alert
      color="orange"
      mt="sm"
      p="xs"
      icon={<IconAlertTriangle size={16} />}
      classNames={{ icon: 'tb-close-icon' }}
      role="alert"
    >
      <Text size="sm" mb={6}>
        {t('health.unreadable', {
          malformed: formatCount(lines.malformed, language),
          total: formatCount(lines.total, language),
        })}
      </Text>
      {children}
    </Alert>
  );
}
