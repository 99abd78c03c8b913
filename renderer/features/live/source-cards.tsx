/** Health of every source at a glance, with what to do where something is wrong. */
import { Alert, Button, Group, Paper, Text, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconMoonStars } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Source } from '../../../core/api/contract.ts';
import { formatAgo, formatInstant, formatRate } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useNow } from '../../now.ts';
import { DriftWarning } from '../sources/drift-warning.tsx';
import { SourceStateText } from '../sources/source-state.tsx';
import { UnreadableWarning } from '../sources/unreadable-warning.tsx';

/** The cards are narrow: the sign stands close to its text. */
const CLOSE_ICON = { icon: 'tb-close-icon' };

function Ago({ ms, nowMs }: { readonly ms: number | null; readonly nowMs: number }) {
  const { t } = useTranslation('live');
  const language = useLanguage();
  if (ms === null) return <span className="tb-faint">{t('never')}</span>;
  return (
    <Tooltip label={formatInstant(ms, language)}>
      <span className="tb-num">{formatAgo(ms, nowMs, language)}</span>
    </Tooltip>
  );
}

function SourceCard({ source, nowMs }: { readonly source: Source; readonly nowMs: number }) {
  const { t } = useTranslation(['live', 'sources']);
  const language = useLanguage();
  const { status } = source;
  return (
    <Paper p="sm" component="article" aria-label={source.name}>
      <Group gap={8} wrap="nowrap" mb={6}>
        <Link to={`/sources?source=${source.id}`} className="tb-link tb-ellipsis">
          <Text span fw={600} size="sm">
            {source.name}
          </Text>
        </Link>
        <Group ml="auto" gap={6} wrap="nowrap">
          <SourceStateText source={source} />
        </Group>
      </Group>
      <dl className="tb-facts">
        <dt>{t('source.lastByte')}</dt>
        <dd>
          <Ago ms={status.lastByteAtMs} nowMs={nowMs} />
        </dd>
        <dt>{t('source.lastRecord')}</dt>
        <dd>
          <Ago ms={status.lastRecordAtMs} nowMs={nowMs} />
        </dd>
        <dt>{t('source.rate')}</dt>
        <dd className="tb-num">{t('source.perMinute', { rate: formatRate(status.recordsPerMinute, language) })}</dd>
      </dl>
      {status.problem !== null && (
        <Alert mt="xs" p="xs" classNames={CLOSE_ICON} color="red" icon={<IconAlertTriangle size={16} />}>
          <Text size="sm">{status.problem.title}</Text>
        </Alert>
      )}
      <UnreadableWarning status={status}>
        <Button component={Link} to={`/sources?source=${source.id}&tab=detection`} size="compact-sm" variant="default">
          {t('sources:health.findFormat')}
        </Button>
      </UnreadableWarning>
      <DriftWarning source={source} isDetectionOpen={false} />
      {status.isQuiet && (
        <Alert mt="xs" p="xs" classNames={CLOSE_ICON} color="yellow" icon={<IconMoonStars size={16} />}>
          <Text size="sm">
            {t('source.quiet', {
              since: status.quietSinceMs === null ? '' : formatAgo(status.quietSinceMs, nowMs, language),
            })}
          </Text>
        </Alert>
      )}
    </Paper>
  );
}

export function SourceCards({ sources }: { readonly sources: readonly Source[] }) {
  const { t } = useTranslation('live');
  const nowMs = useNow(1000);
  return (
    <section className="tb-live-side" aria-label={t('sourcesLabel')}>
      {sources.map((source) => (
        <SourceCard key={source.id} source={source} nowMs={nowMs} />
      ))}
    </section>
  );
}
