/** Whether everything came: each source with its last record, and what the records of the month lack. */
import { Paper, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Dashboard } from '../../../core/api/contract.ts';
import { formatDuration } from '../../../core/i18n/format.ts';
import { formatAgo, formatCount, formatInstant, formatLocalDay } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useNow } from '../../now.ts';
import { useRead } from '../../query-client.ts';
import { callsPath } from '../calls/call-filter.ts';
import { SourceStateText } from '../sources/source-state.tsx';

export function SourcesCard() {
  const { t } = useTranslation('dashboard');
  const language = useLanguage();
  const nowMs = useNow(10_000);
  const sources = useRead('listSources');
  return (
    <Paper className="tb-dash-card" component="section" aria-label={t('sources.title')}>
      <Title order={2}>{t('sources.title')}</Title>
      <ul className="tb-dash-list">
        {(sources.data ?? []).map((source) => {
          const { lastRecordAtMs, quietSinceMs, isQuiet, problem } = source.status;
          return (
            <li key={source.id}>
              <Link to={`/sources?source=${source.id}`} className="tb-ellipsis">
                {source.name}
              </Link>
              <span className="tb-dash-state">
                <SourceStateText source={source} />
              </span>
              <span className="tb-dash-note" data-warn={isQuiet || problem !== null || undefined}>
                {problem?.title ??
                  (isQuiet && quietSinceMs !== null
                    ? t('sources.quiet', { since: formatAgo(quietSinceMs, nowMs, language) })
                    : lastRecordAtMs === null
                      ? t('sources.never')
                      : t('sources.last', {
                          ago: formatAgo(lastRecordAtMs, Math.max(nowMs, lastRecordAtMs), language),
                        }))}
                {lastRecordAtMs !== null && (
                  <span className="tb-sr-only"> {formatInstant(lastRecordAtMs, language)}</span>
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </Paper>
  );
}

function Line({ isFine, children }: { readonly isFine: boolean; readonly children: ReactNode }) {
  const Icon = isFine ? IconCircleCheck : IconAlertTriangle;
  return (
    <li data-fine={isFine || undefined}>
      <Icon size={16} stroke={1.7} aria-hidden />
      <span>{children}</span>
    </li>
  );
}

export function CompletenessCard({ whole }: { readonly whole: NonNullable<Dashboard['completeness']> }) {
  const { t } = useTranslation('dashboard');
  const language = useLanguage();
  const gaps = whole.sourcesWithGaps.reduce((sum, source) => sum + source.gaps, 0);
  const hours = (seconds: number): string => formatDuration(seconds).slice(0, -3);
  return (
    <Paper className="tb-dash-card" component="section" aria-label={t('whole.title')}>
      <Title order={2}>{t('whole.title')}</Title>
      <ul className="tb-dash-checks">
        <Line isFine={whole.silentSeconds === 0}>
          {whole.silentSeconds === 0
            ? t('whole.noSilence', { open: hours(whole.openSeconds) })
            : t('whole.silence', { silent: hours(whole.silentSeconds), open: hours(whole.openSeconds) })}
          {whole.silences.map(({ fromLocal, toLocal, filter }) => (
            <Link key={fromLocal} to={callsPath(filter)} className="tb-dash-when">
              {formatLocalDay(fromLocal).slice(0, 5)} {fromLocal.slice(11, 16)}–{toLocal.slice(11, 16)}
            </Link>
          ))}
          {whole.silenceCount > whole.silences.length && ' …'}
        </Line>
        <Line isFine={gaps === 0}>
          {gaps === 0 ? (
            t('whole.noGaps')
          ) : (
            <Link to={`/sources?source=${whole.sourcesWithGaps[0]?.sourceId}`}>
              {t('whole.gaps', { count: gaps, names: whole.sourcesWithGaps.map((source) => source.name).join(', ') })}
            </Link>
          )}
        </Line>
        <Line isFine={whole.quarantinedFrames === 0}>
          {whole.quarantinedFrames === 0 ? (
            t('whole.noQuarantine')
          ) : (
            <Link to="/quarantine">
              {t('whole.quarantine', { lines: formatCount(whole.quarantinedFrames, language) })}
            </Link>
          )}
        </Line>
        <Line isFine>{t('whole.open', { calls: formatCount(whole.openCalls, language) })}</Line>
      </ul>
    </Paper>
  );
}
