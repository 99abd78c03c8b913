/** What a wallboard shows, one after the other. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Dashboard } from '../../../core/api/contract.ts';
import { Count, Duration, MoneySums } from '../../components/values.tsx';
import { formatCount, formatPercent } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import type { WallPanel } from './wall-panels.ts';

export function Panel({ panel, data }: { readonly panel: WallPanel; readonly data: Dashboard }) {
  switch (panel) {
    case 'today':
      return <Today data={data} />;
    case 'month':
      return <Month data={data} />;
    case 'week':
      return <Hours data={data} />;
    case 'lines':
      return <Lines data={data} />;
    case 'departments':
      return <Rows title="wall.departments" rows={data.departments} />;
    case 'people':
      return <Rows title="wall.people" rows={data.people} />;
  }
}

interface FigureProps {
  readonly label: string;
  readonly children: ReactNode;
  readonly note?: string;
  readonly isWarning?: boolean;
  /** A sum of money. */
  readonly isWide?: boolean;
}

function Figure({ label, children, note, isWarning = false, isWide = false }: FigureProps) {
  return (
    <div className="tb-wall-figure" data-warn={isWarning || undefined} data-wide={isWide || undefined}>
      <dt>{label}</dt>
      <dd>
        <b>{children}</b>
        {note !== undefined && <small>{note}</small>}
      </dd>
    </div>
  );
}

function Today({ data: { day, outbound } }: { readonly data: Dashboard }) {
  const { t } = useTranslation('dashboard');
  const language = useLanguage();
  if (day === null) return null;
  return (
    <dl className="tb-wall-panel tb-wall-figures">
      <Figure label={t('figure.today')} note={t('weekAgo', { calls: formatCount(day.weekAgo.calls, language) })}>
        <Count value={day.all.calls} />
      </Figure>
      <Figure label={t('wall.out')}>
        <Count value={day.outbound.calls} />
      </Figure>
      <Figure label={t('wall.in')}>
        <Count value={day.incoming.calls} />
      </Figure>
      <Figure label={t('wall.talkToday')}>
        <Duration seconds={day.all.talkSeconds} />
      </Figure>
      <Figure label={t('wall.chargeToday')} isWide>
        <MoneySums values={day.outbound.charges} />
      </Figure>
      <Figure label={t('figure.charge')} isWide>
        <MoneySums values={outbound.charges} />
      </Figure>
    </dl>
  );
}

function Month({ data }: { readonly data: Dashboard }) {
  const { t } = useTranslation('dashboard');
  const language = useLanguage();
  const { outbound, incoming, unattributed, unrated, budgets, forecasts } = data;
  const budget = budgets[0];
  const expected = forecasts.flatMap((forecast) => forecast.expected ?? []);
  return (
    <dl className="tb-wall-panel tb-wall-figures">
      <Figure label={t('figure.outbound')}>
        <Count value={outbound.calls} />
      </Figure>
      <Figure label={t('figure.charge')} isWide>
        <MoneySums values={outbound.charges} />
      </Figure>
      {budget === undefined ? (
        <Figure label={t('figure.outlook')} isWide>
          <MoneySums values={expected} />
        </Figure>
      ) : (
        <Figure label={t('wall.budget')} isWarning={budget.usedPercent >= 100}>
          {formatPercent(budget.usedPercent / 100, language)}
        </Figure>
      )}
      <Figure label={t('wall.inMonth')}>
        <Count value={incoming.calls} />
      </Figure>
      <Figure label={t('figure.unattributed')} isWarning={unattributed.calls > 0}>
        <Count value={unattributed.calls} />
      </Figure>
      <Figure label={t('figure.unrated')} isWarning={unrated.calls > 0}>
        <Count value={unrated.calls} />
      </Figure>
    </dl>
  );
}

function Bars({ title, bars }: { readonly title: string; readonly bars: readonly (readonly [string, number])[] }) {
  const language = useLanguage();
  const most = Math.max(1, ...bars.map(([, value]) => value));
  return (
    <section className="tb-wall-panel" style={{ gridTemplateRows: 'auto minmax(0, 1fr)' }}>
      <h2>{title}</h2>
      <ul className="tb-wall-bars">
        {bars.map(([name, value]) => (
          <li key={name}>
            <span style={{ height: `${Math.round((100 * value) / most)}%` }} />
            <strong>{formatCount(value, language)}</strong>
            <small>{name}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Hours({ data: { hours } }: { readonly data: Dashboard }) {
  const { t } = useTranslation('dashboard');
  const sums = new Map<number, number>();
  for (const { hour, calls } of hours) sums.set(hour, (sums.get(hour) ?? 0) + calls);
  const [first, last] = [Math.min(...sums.keys()), Math.max(...sums.keys())];
  const bars = Array.from(
    { length: last - first + 1 },
    (_, i) => [String(first + i), sums.get(first + i) ?? 0] as const,
  );
  return <Bars title={t('wall.hours')} bars={bars} />;
}

function Lines({ data: { trunks } }: { readonly data: Dashboard }) {
  const { t } = useTranslation('dashboard');
  const rows = trunks?.rows ?? [];
  return <Bars title={t('wall.lines')} bars={rows.map((row) => [row.trunk, Math.max(...row.peaks)] as const)} />;
}

interface RowsProps {
  readonly title: 'wall.departments' | 'wall.people';
  readonly rows: Dashboard['departments'];
}

function Rows({ title, rows }: RowsProps) {
  const { t } = useTranslation('dashboard');
  return (
    <section className="tb-wall-panel" style={{ gridTemplateRows: 'auto minmax(0, 1fr)' }}>
      <h2>{t(title)}</h2>
      <ul className="tb-wall-rows">
        {rows.map((row) => (
          <li key={row.key}>
            <span className="tb-ellipsis">{row.name}</span>
            <Count value={row.calls} />
            <MoneySums values={row.charges} />
          </li>
        ))}
      </ul>
    </section>
  );
}
