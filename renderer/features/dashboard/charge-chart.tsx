/** Charges of the month as they add up day by day, above those of the month before, with what is to be expected. */
import { Paper, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Dashboard } from '../../../core/api/contract.ts';
import { MoneySums } from '../../components/values.tsx';
import { formatMonthInText } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { monthRange } from '../../site-day.ts';
import { mainCurrencyOf, shareOf, unitsOf } from './shares.ts';

const WIDTH = 560;
const HEIGHT = 190;
const TOP = 8;
const BOTTOM = 22;
const DAYS = 31;

type Days = Dashboard['days'];

const xOf = (day: number): number => (WIDTH * (day - 0.5)) / DAYS;
const yOf = (share: number): number => HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);

/** Sum up to and with each day of the month. */
function runningSums(days: Days, currency: string, lastDay: number): readonly bigint[] {
  const byDay = new Map(days.map((day) => [Number(day.day.slice(8)), unitsOf(day.charges, currency)]));
  let sum = 0n;
  return Array.from({ length: lastDay }, (_, i) => {
    sum += byDay.get(i + 1) ?? 0n;
    return sum;
  });
}

const lineOf = (sums: readonly bigint[], most: bigint): string =>
  sums.map((sum, i) => `${xOf(i + 1).toFixed(1)},${yOf(shareOf(sum, most)).toFixed(1)}`).join(' ');

const shortOf = (month: string): string => `${month.slice(5)}/${month.slice(0, 4)}`;

export function ChargeChart({ data }: { readonly data: Dashboard }) {
  const { t } = useTranslation('dashboard');
  const language = useLanguage();
  const { month, thisMonth, today, days, lastMonthDays, lastMonth, forecasts } = data;
  const currency = mainCurrencyOf([...days, ...lastMonthDays].map((day) => day.charges)) ?? '';
  const lastDay = Number((month === thisMonth ? today : monthRange(month).to).slice(8));
  const sums = runningSums(days, currency, lastDay);
  const earlier = runningSums(lastMonthDays, currency, DAYS);
  const forecast = forecasts.find((one) => one.currency === currency && one.high !== null);
  const high = forecast?.high == null ? 0n : unitsOf([forecast.high], currency);
  const most = [...sums, ...earlier, high, 1n].reduce((a, b) => (b > a ? b : a));
  const now = sums.at(-1) ?? 0n;
  const range = (money: Dashboard['forecasts'][number]['low']): number =>
    yOf(shareOf(money === null ? 0n : unitsOf([money], currency), most));
  const name = formatMonthInText(month, language);
  const before = lastMonth.filter.month ?? month;
  const beforeName = formatMonthInText(before, language);
  return (
    <Paper className="tb-dash-card" component="section" aria-label={t('chart.title')}>
      <div className="tb-dash-card-head">
        <Title order={2}>{t('chart.title')}</Title>
        <span className="tb-dash-legend">
          <i data-line="now" aria-hidden /> {shortOf(month)}
          <i data-line="before" aria-hidden /> {shortOf(before)}
          {forecast !== undefined && (
            <>
              <i data-line="range" aria-hidden /> {t('chart.range')}
            </>
          )}
        </span>
      </div>
      <svg
        className="tb-dash-chart"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={t('chart.label', { name, beforeName })}
      >
        {[0, 0.5, 1].map((share) => (
          <line key={share} className="tb-dash-grid" x1={0} x2={WIDTH} y1={yOf(share)} y2={yOf(share)} />
        ))}
        {forecast !== undefined && (
          <polygon
            className="tb-dash-range"
            points={`${xOf(lastDay)},${yOf(shareOf(now, most))} ${xOf(DAYS)},${range(forecast.high)} ${xOf(DAYS)},${range(forecast.low)}`}
          />
        )}
        <polyline className="tb-dash-line" data-line="before" points={lineOf(earlier, most)} />
        <polyline className="tb-dash-line" data-line="now" points={lineOf(sums, most)} />
        {[1, 5, 10, 15, 20, 25, 30].map((day) => (
          <text key={day} className="tb-dash-tick" x={xOf(day)} y={HEIGHT - 6}>
            {day}
          </text>
        ))}
      </svg>
      {forecast !== undefined && forecast.low !== null && forecast.high !== null && (
        <div className="tb-dash-note">
          {t('chart.between')} <MoneySums values={[forecast.low]} /> – <MoneySums values={[forecast.high]} />
        </div>
      )}
    </Paper>
  );
}
