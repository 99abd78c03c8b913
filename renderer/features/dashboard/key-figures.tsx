import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Dashboard } from '../../../core/api/contract.ts';
import { Count, Duration, Money, MoneySums } from '../../components/values.tsx';
import { formatAgo, formatCount, formatPercent } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useNow } from '../../now.ts';
import { useRead } from '../../query-client.ts';
import { useViewer } from '../../viewer.ts';
import { callsPath } from '../calls/call-filter.ts';
import { FigureCard } from './figure-card.tsx';
import { Growth } from './growth.tsx';
import { growthOf, mainCurrencyOf, shareOf, unitsOf } from './shares.ts';
import { SparkLine } from './spark-line.tsx';

export function KeyFigures({ data }: { readonly data: Dashboard }) {
  const viewer = useViewer();
  return (
    <div className="tb-dash-figures">
      <TodayCard data={data} />
      <MonthCard data={data} />
      <ChargeCard data={data} />
      <OutlookCard data={data} />
      {data.isWholeSite && <UnattributedCard data={data} />}
      <UnratedCard data={data} />
      {viewer.may('read-rules') && <AlertsCard />}
      {viewer.may('read-sources') && <SourcesFigure />}
    </div>
  );
}

function TodayCard({ data: { day } }: { readonly data: Dashboard }) {
  const { t } = useTranslation('dashboard');
  const language = useLanguage();
  if (day === null) return null;
  const { all, outbound, incoming, weekAgo } = day;
  return (
    <FigureCard
      label={t('figure.today')}
      to={callsPath(all.filter)}
      note={
        <>
          <Link to={callsPath(outbound.filter)}>{t('out', { calls: formatCount(outbound.calls, language) })}</Link>
          {' · '}
          <Link to={callsPath(incoming.filter)}>{t('in', { calls: formatCount(incoming.calls, language) })}</Link>
          {' · '}
          <Link to={callsPath(weekAgo.filter)}>{t('weekAgo', { calls: formatCount(weekAgo.calls, language) })}</Link>
        </>
      }
    >
      <Count value={all.calls} />
    </FigureCard>
  );
}

function MonthCard({ data: { outbound, incoming, days } }: { readonly data: Dashboard }) {
  const { t } = useTranslation('dashboard');
  const language = useLanguage();
  const most = Math.max(1, ...days.map((day) => day.calls));
  return (
    <FigureCard
      label={t('figure.outbound')}
      to={callsPath(outbound.filter)}
      aside={<SparkLine shares={days.map((day) => day.calls / most)} />}
      note={
        <>
          {t('talk')} <Duration seconds={outbound.talkSeconds} />
          {' · '}
          <Link to={callsPath(incoming.filter)}>{t('in', { calls: formatCount(incoming.calls, language) })}</Link>
        </>
      }
    >
      <Count value={outbound.calls} />
    </FigureCard>
  );
}

function ChargeCard({ data }: { readonly data: Dashboard }) {
  const { t } = useTranslation('dashboard');
  const { outbound, lastMonth, lastMonthToDay, days } = data;
  const currency = mainCurrencyOf([outbound.charges, lastMonth.charges]) ?? '';
  const units = days.map((day) => unitsOf(day.charges, currency));
  const most = units.reduce((a, b) => (b > a ? b : a), 1n);
  const compared = lastMonthToDay ?? lastMonth;
  const growth = growthOf(unitsOf(outbound.charges, currency), unitsOf(compared.charges, currency));
  return (
    <FigureCard
      label={t('figure.charge')}
      to={callsPath(outbound.filter)}
      aside={<SparkLine shares={units.map((one) => shareOf(one, most))} />}
      note={
        <>
          <Growth share={growth} />{' '}
          <Link to={callsPath(compared.filter)}>{t(lastMonthToDay === null ? 'againstMonth' : 'againstDay')}</Link>
          {' · '}
          <Link to={callsPath(lastMonth.filter)}>
            {t('lastMonthWhole')} <MoneySums values={lastMonth.charges} />
          </Link>
        </>
      }
    >
      <MoneySums values={outbound.charges} />
    </FigureCard>
  );
}

/** What the month will come to, and what is left of the budget. */
function OutlookCard({ data: { forecasts, budgets, outbound } }: { readonly data: Dashboard }) {
  const { t } = useTranslation('dashboard');
  const language = useLanguage();
  const viewer = useViewer();
  const forecast = forecasts[0];
  const budget = budgets[0];
  const to = viewer.may('read-rules') ? '/budgets' : callsPath(outbound.filter);
  const expected = forecast?.expected ?? null;
  return (
    <FigureCard
      label={t('figure.outlook')}
      to={to}
      isWarning={budget !== undefined && (budget.usedPercent >= 100 || (budget.forecast.percent ?? 0) > 100)}
      note={
        budget === undefined ? (
          t('noBudget')
        ) : (
          <>
            <span className="tb-dash-budget" aria-hidden>
              <span
                style={{ width: `${Math.min(100, budget.usedPercent)}%` }}
                data-over={budget.usedPercent >= 100 || undefined}
              />
            </span>
            {t('budgetUsed', {
              percent: formatPercent(budget.usedPercent / 100, language),
              name: budget.departmentName ?? budget.personName ?? t('office'),
            })}
          </>
        )
      }
    >
      {expected === null ? (
        <span className="tb-dash-words">{t(`outlook.${forecast?.state === 'over' ? 'over' : 'tooEarly'}`)}</span>
      ) : (
        <>
          <span className="tb-faint">≈ </span>
          <Money value={expected} />
        </>
      )}
    </FigureCard>
  );
}

function UnattributedCard({ data: { unattributed, unknownCodes, outbound } }: { readonly data: Dashboard }) {
  const { t } = useTranslation('dashboard');
  const language = useLanguage();
  const share = outbound.calls === 0 ? 0 : unattributed.calls / outbound.calls;
  return (
    <FigureCard
      label={t('figure.unattributed')}
      to={callsPath(unattributed.filter)}
      isWarning={unattributed.calls > 0}
      note={
        <>
          {t('ofOutbound', { percent: formatPercent(share, language) })}
          {' · '}
          <Link to={callsPath(unknownCodes.filter)}>
            {t('unknownCodes', { calls: formatCount(unknownCodes.calls, language) })}
          </Link>
        </>
      }
    >
      <Count value={unattributed.calls} />
    </FigureCard>
  );
}

function UnratedCard({ data: { unrated } }: { readonly data: Dashboard }) {
  const { t } = useTranslation('dashboard');
  return (
    <FigureCard
      label={t('figure.unrated')}
      to={callsPath(unrated.filter)}
      isWarning={unrated.calls > 0}
      note={t(unrated.calls > 0 ? 'unratedSome' : 'unratedNone')}
    >
      <Count value={unrated.calls} />
    </FigureCard>
  );
}

function AlertsCard() {
  const { t } = useTranslation('dashboard');
  const summary = useRead('getAlertSummary', undefined, { refetchInterval: 60_000 });
  const { open = 0, newest = [] } = summary.data ?? {};
  return (
    <FigureCard label={t('figure.alerts')} to="/alerts" isWarning={open > 0} note={newest[0]?.title ?? t('noAlert')}>
      <Count value={open} />
    </FigureCard>
  );
}

/** Sources that are switched on, and how many of them are well. */
function SourcesFigure() {
  const { t } = useTranslation('dashboard');
  const language = useLanguage();
  const nowMs = useNow(10_000);
  const sources = (useRead('listSources').data ?? []).filter((source) => source.isEnabled);
  const ill = sources.filter(({ status }) => status.problem !== null || status.isQuiet || status.state === 'failed');
  const newest = Math.max(0, ...sources.map(({ status }) => status.lastRecordAtMs ?? 0));
  return (
    <FigureCard
      label={t('figure.sources')}
      to={ill[0] === undefined ? '/sources' : `/sources?source=${ill[0].id}`}
      isWarning={ill.length > 0}
      note={
        ill[0]?.name ??
        (newest === 0
          ? t('sources.never')
          : t('sources.last', { ago: formatAgo(newest, Math.max(nowMs, newest), language) }))
      }
    >
      {t('sources.well', {
        well: formatCount(sources.length - ill.length, language),
        all: formatCount(sources.length, language),
      })}
    </FigureCard>
  );
}
