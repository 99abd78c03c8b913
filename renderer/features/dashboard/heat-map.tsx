/** Calls by weekday and hour, as a table whose cells are links; arrow keys go from cell to cell. */
import { Paper, Title } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Dashboard } from '../../../core/api/contract.ts';
import { formatCount } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { callsPath } from '../calls/call-filter.ts';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
/** Hours that always have a column. */
const DAYTIME = [7, 18] as const;

type Cell = Dashboard['hours'][number];

function hoursOf(cells: readonly Cell[]): readonly number[] {
  const first = Math.min(DAYTIME[0], ...cells.map((cell) => cell.hour));
  const last = Math.max(DAYTIME[1], ...cells.map((cell) => cell.hour));
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/** To the next cell in that direction that has calls. */
function moveFocus(event: KeyboardEvent<HTMLTableElement>): void {
  const step = STEPS[event.key];
  const from = (event.target as HTMLElement).closest('td');
  if (step === undefined || from === null) return;
  event.preventDefault();
  const { rows } = event.currentTarget;
  let [row, column] = [(from.parentElement as HTMLTableRowElement).rowIndex, from.cellIndex];
  for (;;) {
    row += step[0];
    column += step[1];
    const cell = rows[row]?.cells[column];
    if (cell === undefined || cell.tagName !== 'TD') return;
    const link = cell.querySelector('a');
    link?.focus();
    if (link !== null) return;
  }
}

export function HeatMap({ cells }: { readonly cells: readonly Cell[] }) {
  const { t } = useTranslation('dashboard');
  const language = useLanguage();
  const hours = hoursOf(cells);
  const byPlace = new Map(cells.map((cell) => [`${cell.weekday} ${cell.hour}`, cell]));
  const most = Math.max(1, ...cells.map((cell) => cell.calls));
  const first = cells[0];
  return (
    <Paper className="tb-dash-card" component="section" aria-label={t('heat.title')}>
      <div className="tb-dash-card-head">
        <Title order={2}>{t('heat.title')}</Title>
        <span className="tb-dash-legend">
          {t('heat.most', { calls: formatCount(cells.length === 0 ? 0 : most, language) })}
        </span>
      </div>
      <table className="tb-heat" onKeyDown={moveFocus}>
        <thead>
          <tr>
            <th scope="col">
              <span className="tb-sr-only">{t('heat.weekday')}</span>
            </th>
            {hours.map((hour) => (
              <th key={hour} scope="col">
                {hour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {WEEKDAYS.map((weekday) => (
            <tr key={weekday}>
              <th scope="row">{t(`weekdayShort.${weekday}`)}</th>
              {hours.map((hour) => {
                const cell = byPlace.get(`${weekday} ${hour}`);
                if (cell === undefined) return <td key={hour} />;
                const label = t('heat.cell', {
                  day: t(`weekday.${weekday}`),
                  hour: `${hour}:00`,
                  calls: formatCount(cell.calls, language),
                });
                return (
                  <td key={hour}>
                    <Link
                      to={callsPath(cell.filter)}
                      aria-label={label}
                      title={label}
                      tabIndex={cell === first ? 0 : -1}
                      style={{ '--tb-heat': `${Math.round(10 + 90 * (cell.calls / most))}%` } as React.CSSProperties}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Paper>
  );
}
