import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import type { CallFilter, MonthRow as MonthRowSchema } from '../../../core/api/contract.ts';
import { BANDS } from '../../../core/model/call.ts';
import type { Result } from '../../api.ts';
import { Count, Duration, MoneySums } from '../../components/values.tsx';
import { sumOf } from '../../money-sums.ts';
import { monthRange } from '../../site-day.ts';
import { callsPath } from '../calls/call-filter.ts';

type Report = Result<'getMonth'>;
type Row = z.infer<typeof MonthRowSchema>;

const NOBODY = '0';

/** The calls behind a row; none where the call list has no such filter. */
function filterOf(report: Report, row: Row): CallFilter | undefined {
  const days: CallFilter = { ...monthRange(report.month), direction: 'outgoing' };
  const band = BANDS.find((value) => value === row.key);
  if (report.by === 'band') return band === undefined ? undefined : { ...days, band };
  if (row.key === NOBODY) return undefined;
  return report.by === 'person' ? { ...days, personId: Number(row.key) } : { ...days, departmentId: Number(row.key) };
}

function byBandOrder(rows: readonly Row[]): readonly Row[] {
  const place = new Map<string, number>(BANDS.map((band, index) => [band, index]));
  return [...rows].sort((a, b) => (place.get(a.key) ?? BANDS.length) - (place.get(b.key) ?? BANDS.length));
}

/** Departments under their parents; other rows as they come. */
function inOrder(rows: readonly Row[]): readonly { readonly row: Row; readonly depth: number }[] {
  const keys = new Set(rows.map((row) => row.key));
  const out: { row: Row; depth: number }[] = [];
  const place = (parent: string | null, depth: number): void => {
    for (const row of rows) {
      const above = row.parentKey !== null && keys.has(row.parentKey) ? row.parentKey : null;
      if (above !== parent) continue;
      out.push({ row, depth });
      if (row.key !== parent) place(row.key, depth + 1);
    }
  };
  place(null, 0);
  // Nobody's calls close the table, next to the total they are a part of.
  return [...out.filter(({ row }) => row.key !== NOBODY), ...out.filter(({ row }) => row.key === NOBODY)];
}

export function MonthTable({ report }: { readonly report: Report }) {
  const { t } = useTranslation(['month', 'app']);
  const navigate = useNavigate();
  const bands = report.by === 'band' ? [] : BANDS.filter((band) => report.rows.some((row) => row.byBand[band]));
  const nameOf = (row: Row): string => {
    if (report.by === 'band') {
      const band = BANDS.find((value) => value === row.key);
      return band === undefined ? row.name : t(`app:band.${band}`);
    }
    if (row.key !== NOBODY) return row.name;
    return t(report.by === 'person' ? 'nobody' : 'noDepartment');
  };
  return (
    <table className="tb-table tb-month-table">
      <thead>
        <tr>
          <th>{t(`by.${report.by}`)}</th>
          <th data-end>{t('app:calls')}</th>
          <th data-end>{t('app:talkTime')}</th>
          {bands.map((band) => (
            <th key={band} data-end>
              {t(`app:band.${band}`)}
            </th>
          ))}
          <th data-end>{t('unrated')}</th>
          <th data-end>{t('app:charge')}</th>
        </tr>
      </thead>
      <tbody>
        {inOrder(report.by === 'band' ? byBandOrder(report.rows) : report.rows).map(({ row, depth }) => {
          const filter = filterOf(report, row);
          const open = filter === undefined ? undefined : (): void => void navigate(callsPath(filter));
          return (
            <tr
              key={row.key}
              data-press={open !== undefined || undefined}
              tabIndex={open === undefined ? undefined : 0}
              onClick={open}
              onKeyDown={(event) => {
                if (event.key === 'Enter') open?.();
              }}
            >
              <td style={{ paddingLeft: 10 + depth * 18 }} className={row.key === NOBODY ? 'tb-nobody' : undefined}>
                {nameOf(row)}
              </td>
              <td data-end>
                <Count value={row.calls} />
              </td>
              <td data-end>
                <Duration seconds={row.talkSeconds} />
              </td>
              {bands.map((band) => (
                <td key={band} data-end>
                  <MoneySums values={row.byBand[band]?.charges ?? []} />
                </td>
              ))}
              <td data-end>
                {row.unratedCalls === 0 ? <span className="tb-faint">–</span> : <Count value={row.unratedCalls} />}
              </td>
              <td data-end>
                <MoneySums values={row.charges} />
              </td>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr>
          <td>{t('total')}</td>
          <td data-end>
            <Count value={report.totals.calls} />
          </td>
          <td data-end>
            <Duration seconds={report.totals.talkSeconds} />
          </td>
          {bands.map((band) => (
            <td key={band} data-end>
              <MoneySums values={sumOf(report.rows.flatMap((row) => row.byBand[band]?.charges ?? []))} />
            </td>
          ))}
          <td data-end>
            <Count value={report.unratedCalls} />
          </td>
          <td data-end>
            <MoneySums values={report.totals.charges} />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
