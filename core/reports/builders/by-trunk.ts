/** Trunks: what went over them, their busiest hour, and for each group of trunks how many lines it needs. */
import { DAY_S } from '../../model/office-calendar.ts';
import { localDayOf } from '../../model/time.ts';
import { NO_VALUE } from '../../store/report-sums.ts';
import { type HourLoad, trunkGroups, trunkLoads } from '../../store/trunk-load.ts';
import { erlangB, linesFor } from '../erlang.ts';
import type { TableSheet } from '../report.ts';
import type { ReportContext, ReportParts } from '../report-context.ts';
import { groupedTable } from './grouped.ts';
import { plainNames, textColumn } from './names.ts';

/** Calls lost in the busy hour that are usual to plan for. */
const PLANNED_LOSS = 0.01;
const HOUR_S = 3600;

interface BusyHour {
  /** Hours since 1970. */
  readonly hour: number;
  readonly erlangs: number;
}

export function byTrunk(context: ReportContext): ReportParts {
  const { t, db, selection } = context;
  const names = plainNames(context, 'trunk');
  // Who else held the lines is the whole site's business: a narrower reader would see too little load, or too much.
  const loads = selection.isWholeSite ? trunkLoads(db, selection) : new Map<string, HourLoad>();
  const busy = new Map([...loads].map(([trunk, hours]) => [trunk, busiest([hours])]));
  const trunks = groupedTable(context, {
    id: 'trunks',
    title: t('reports.name.by-trunk'),
    by: ['trunk'],
    names,
    ...(selection.isWholeSite && {
      extra: {
        columns: [
          textColumn('busyHour', t('reports.column.busyHour'), 20),
          textColumn('erlangs', t('reports.column.erlangs'), 10),
        ],
        cells: ({ keys: [trunk = NO_VALUE] }) => busyCells(context, busy.get(trunk)),
        totals: [null, null],
      },
    }),
  });
  return {
    sheets: selection.isWholeSite ? [trunks.sheet, groupSheet(context, loads)] : [trunks.sheet],
    moneyDecimals: trunks.decimals,
    isLandscape: true,
  };
}

/** The clock hour with the most holding, of several trunks together; of equal ones the earliest. */
function busiest(loads: readonly HourLoad[]): BusyHour | undefined {
  const sums = new Map<number, number>();
  for (const load of loads) for (const [hour, held] of load) sums.set(hour, (sums.get(hour) ?? 0) + held);
  const best = [...sums].reduce<[number, number] | undefined>(
    (most, one) => (most === undefined || one[1] > most[1] || (one[1] === most[1] && one[0] < most[0]) ? one : most),
    undefined,
  );
  return best === undefined ? undefined : { hour: best[0], erlangs: best[1] / HOUR_S };
}

function busyCells({ formats, request }: ReportContext, busy: BusyHour | undefined): readonly (string | null)[] {
  if (busy === undefined) return [null, null];
  const at = busy.hour * HOUR_S;
  const clock = Math.floor((at % DAY_S) / HOUR_S);
  const hours = `${String(clock).padStart(2, '0')}:00–${String(clock + 1).padStart(2, '0')}:00`;
  return [`${formats.day(localDayOf(at))} ${hours}`, decimal(request.language, busy.erlangs)];
}

function groupSheet(context: ReportContext, loads: ReadonlyMap<string, HourLoad>): TableSheet {
  const { t, db, formats, request } = context;
  const groupOf = trunkGroups(db);
  const groups = [...Map.groupBy(loads, ([trunk]) => groupOf.get(trunk) ?? NO_VALUE)]
    .map(([group, members]) => ({
      name: group === NO_VALUE ? t('reports.row.withoutGroup') : group,
      isLast: group === NO_VALUE,
      trunks: members.map(([trunk]) => trunk).toSorted(formats.compare),
      busy: busiest(members.map(([, load]) => load)),
    }))
    .toSorted((a, b) => Number(a.isLast) - Number(b.isLast) || formats.compare(a.name, b.name));
  return {
    kind: 'table',
    id: 'groups',
    title: t('reports.section.trunkGroups'),
    columns: [
      textColumn('group', t('reports.column.group'), 22),
      textColumn('trunks', t('report.column.trunk'), 24),
      { key: 'lines', heading: t('reports.column.lines'), type: 'integer', width: 9 },
      textColumn('busyHour', t('reports.column.busyHour'), 20),
      textColumn('erlangs', t('reports.column.erlangs'), 10),
      textColumn('loss', t('reports.column.loss'), 12),
      { key: 'needed', heading: t('reports.column.needed'), type: 'integer', width: 16 },
      textColumn('service', t('reports.column.service'), 22),
    ],
    rowCount: groups.length,
    *rows() {
      for (const { name, trunks, busy } of groups) {
        const erlangs = busy?.erlangs ?? 0;
        const loss = erlangB(erlangs, trunks.length);
        const grade = loss <= PLANNED_LOSS ? 'good' : loss <= 5 * PLANNED_LOSS ? 'fair' : 'poor';
        yield [
          name,
          trunks.join(', '),
          trunks.length,
          ...busyCells(context, busy),
          `${decimal(request.language, loss * 100)} %`,
          linesFor(erlangs, PLANNED_LOSS),
          t(`reports.grade.${grade}`),
        ];
      }
    },
  };
}

function decimal(language: 'vi' | 'en', value: number): string {
  return new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  }).format(value);
}
