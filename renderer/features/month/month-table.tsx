import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { z } from 'zod';
import type { CallFilter, MonthRow as MonthRowSchema } from '../../../core/api/contract.ts';
import { BANDS } from '../../../core/model/call.ts';
import type { Result } from '../../api.ts';
import { Count, Duration, MoneySums } from '../../components/values.tsx';
import { sumOf } from '../../money-sums.ts';
import { callsPath, monthCalls } from '../calls/call-filter.ts';

type Report = Result<'getMonth'>;
type Row = z.infer<typeof MonthRowSchema>;

const NOBODY = '0';
const NO_DEPARTMENT = 'none';

/** Exactly the calls behind a row. */
function filterOf(report: Report, row: Row): CallFilter {
  const calls = monthCalls(report.month);
  if (report.by === 'band') return { ...calls, band: BANDS.find((value) => value === row.key) };
  if (report.by === 'person' || row.key === NOBODY) return { ...calls, personId: Number(row.key) };
  if (row.key === NO_DEPARTMENT) return { ...calls, departmentId: 0 };
  return { ...calls, departmentId: Number(row.key), isDepartmentOnly: true };
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
  const hasPrivate = report.rows.some((row) => row.privateCharges.length > 0);
  const hasCorrections = report.rows.some((row) => row.corrections.length > 0);
  const nameOf = (row: Row): string => {
    if (report.by === 'band') {
      const band = BANDS.find((value) => value === row.key);
      return band === undefined ? row.name : t(`app:band.${band}`);
    }
    if (row.key === NOBODY) return t('nobody');
    return row.key === NO_DEPARTMENT ? t('noDepartment') : row.name;
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
          {hasPrivate && <th data-end>{t('private')}</th>}
          {hasCorrections && <th data-end>{t('corrections.column')}</th>}
          {hasCorrections && <th data-end>{t('corrections.due')}</th>}
        </tr>
      </thead>
      <tbody>
        {inOrder(report.by === 'band' ? byBandOrder(report.rows) : report.rows).map(({ row, depth }) => {
          const filter = filterOf(report, row);
          const open = (): void => void navigate(callsPath(filter));
          return (
            <tr key={row.key} data-press onClick={open}>
              <td style={{ paddingLeft: 10 + depth * 18 }} className={row.key === NOBODY ? 'tb-nobody' : undefined}>
                <Link className="tb-link" to={callsPath(filter)} onClick={stop}>
                  {nameOf(row)}
                </Link>
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
                <Unrated calls={row.unratedCalls} filter={filter} />
              </td>
              <td data-end>
                <MoneySums values={row.charges} />
              </td>
              <Extras of={row} hasPrivate={hasPrivate} hasCorrections={hasCorrections} />
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr>
          <td>{t('total')}</td>
          <td data-end>
            <Link className="tb-link" to={callsPath(monthCalls(report.month))}>
              <Count value={report.totals.calls} />
            </Link>
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
            <Unrated calls={report.unratedCalls} filter={monthCalls(report.month)} />
          </td>
          <td data-end>
            <MoneySums values={report.totals.charges} />
          </td>
          <Extras of={report} hasPrivate={hasPrivate} hasCorrections={hasCorrections} />
        </tr>
      </tfoot>
    </table>
  );
}

interface ExtrasProps {
  readonly of: Pick<Row, 'privateCharges' | 'corrections' | 'due'>;
  readonly hasPrivate: boolean;
  readonly hasCorrections: boolean;
}

/** What was private, what corrections of closed months bring, and what is to be paid with them. */
function Extras({ of, hasPrivate, hasCorrections }: ExtrasProps) {
  return (
    <>
      {hasPrivate && (
        <td data-end>
          <MoneySums values={of.privateCharges} />
        </td>
      )}
      {hasCorrections && (
        <>
          <td data-end>
            <MoneySums values={of.corrections} />
          </td>
          <td data-end>
            <MoneySums values={of.due} />
          </td>
        </>
      )}
    </>
  );
}

/** The row behind the link leads elsewhere. */
function stop(event: MouseEvent): void {
  event.stopPropagation();
}

function Unrated({ calls, filter }: { readonly calls: number; readonly filter: CallFilter }) {
  if (calls === 0) return <span className="tb-faint">–</span>;
  return (
    <Link className="tb-link" to={callsPath({ ...filter, rating: 'unrated' })} onClick={stop}>
      <Count value={calls} />
    </Link>
  );
}
