/** How groups of calls are called in reports, and which page shows their calls. */
import type { TextKey } from '../../i18n/translate.ts';
import { BANDS, CALL_DIRECTIONS } from '../../model/call.ts';
import { localSecondsOfDay } from '../../model/time.ts';
import { SECONDS_PER_DAY } from '../../store/daily-sums.ts';
import { namesOf } from '../../store/group-names.ts';
import { daysOfMonth } from '../../store/month-days.ts';
import { NO_VALUE, PRIVATE_NUMBER, WITHOUT_DEPARTMENT } from '../../store/report-sums.ts';
import type { CellValue, Column } from '../report.ts';
import type { ReportContext } from '../report-context.ts';
import type { GroupNames } from './grouped.ts';

/**
 * Address of the list of calls: the report's own filter, narrowed to a row. Null where that list cannot be narrowed so: it
 * knows one department, person, trunk ... at a time.
 */
export function callsAddress({ request }: ReportContext, narrow: Readonly<Record<string, string>>): string | null {
  const { filter } = request;
  const lists: readonly (readonly [name: string, values: readonly (string | number)[]])[] = [
    ['departmentId', filter.departmentIds],
    ['personId', filter.personIds],
    ['code', filter.codes],
    ['extension', filter.extensions],
    ['trunk', filter.trunks],
    ['band', filter.bands],
    ['sourceId', filter.sourceIds],
    ['direction', filter.directions],
  ];
  if (lists.some(([name, values]) => values.length > 1 && narrow[name] === undefined)) return null;
  const isCounted = filter.directions.length === 0 && narrow['direction'] === undefined;
  const chosen = lists.flatMap(([name, [value]]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  const { from = filter.from, to = filter.to, ...others } = narrow;
  const query = { ...Object.fromEntries(chosen), ...(isCounted && { isOutbound: 'true' }), ...others };
  return `/calls?${new URLSearchParams({ ...daysOf(from, to), ...query }).toString()}`;
}

/** A whole month by its name: then late calls are listed where they are counted. */
function daysOf(from: string, to: string): Record<string, string> {
  const month = from.slice(0, 7);
  const { first, end } = daysOfMonth(month);
  const isMonth =
    localSecondsOfDay(from) === first * SECONDS_PER_DAY && localSecondsOfDay(to) === (end - 1) * SECONDS_PER_DAY;
  return isMonth ? { month } : { from, to };
}

export function textColumn(key: string, heading: string, width: number): Column {
  return { key, heading, type: 'text', width };
}

export function departmentNames(context: ReportContext): GroupNames {
  const { t } = context;
  return {
    columns: [textColumn('department', t('report.column.department'), 40)],
    cells: ([key = NO_VALUE]) => [departmentName(context, key)],
    lastRank: ([key]) => (key === NO_VALUE ? 2 : key === WITHOUT_DEPARTMENT ? 1 : 0),
    calls: ([key = NO_VALUE]) =>
      key === NO_VALUE
        ? callsAddress(context, { personId: '0' })
        : callsAddress(context, { departmentId: key === WITHOUT_DEPARTMENT ? '0' : key }),
  };
}

function departmentName({ t, departmentPaths }: ReportContext, key: string): string {
  if (key === NO_VALUE) return t('report.row.nobody');
  if (key === WITHOUT_DEPARTMENT) return t('report.row.noDepartment');
  return departmentPaths.get(Number(key)) ?? t('reports.row.removed', { id: key });
}

/** By person, and for each the departments that the calls are booked to. */
export function personNames(context: ReportContext, departments: ReadonlyMap<string, readonly string[]>): GroupNames {
  const { t, names } = context;
  return {
    columns: [
      textColumn('person', t('report.column.person'), 28),
      textColumn('employeeNumber', t('report.column.employeeNumber'), 13),
      textColumn('department', t('report.column.department'), 30),
    ],
    cells: ([key = NO_VALUE]) => [
      personName(context, key),
      names.people.get(Number(key))?.employeeNumber ?? null,
      key === NO_VALUE ? null : (departments.get(key) ?? []).map((id) => departmentName(context, id)).join(', '),
    ],
    lastRank: ([key]) => Number(key === NO_VALUE),
    calls: ([key = NO_VALUE]) => callsAddress(context, { personId: key === NO_VALUE ? '0' : key }),
  };
}

export function personName({ t, names }: Pick<ReportContext, 't' | 'names'>, key: string): string {
  if (key === NO_VALUE || key === '0') return t('report.row.nobody');
  return names.people.get(Number(key))?.name ?? t('reports.row.removed', { id: key });
}

/** Departments of each person's calls. */
export function departmentsOfPeople({ sums }: ReportContext): ReadonlyMap<string, readonly string[]> {
  const groups = Map.groupBy(sums.calls(['person', 'department']), ({ keys }) => keys[0] ?? NO_VALUE);
  return new Map(
    [...groups].map(([person, rows]) => [
      person,
      [...new Set(rows.map(({ keys }) => keys[1] ?? NO_VALUE))].filter((key) => key !== WITHOUT_DEPARTMENT),
    ]),
  );
}

export function bandNames(context: ReportContext): GroupNames {
  const { t, word } = context;
  return {
    columns: [textColumn('band', t('report.column.band'), 24)],
    cells: ([key]) => [wordOf(word, 'common.band', BANDS, key)],
    calls: ([key = '']) => callsAddress(context, { band: key }),
  };
}

/** The text of one of a list of known words; what is not among them stays as it is. */
export function wordOf<Base extends string, Word extends string>(
  word: (key: TextKey) => string,
  base: Base,
  known: readonly Word[],
  key: string | undefined,
): string {
  const found = known.find((one) => one === key);
  // The key is one of the area's own: `known` holds all of them.
  return found === undefined ? (key ?? '') : word(`${base}.${found}` as TextKey);
}

export function directionText({ word }: Pick<ReportContext, 'word'>, direction: string): string {
  return wordOf(word, 'common.direction', CALL_DIRECTIONS, direction);
}

export function plainNames(context: ReportContext, key: 'extension' | 'trunk'): GroupNames {
  const { t } = context;
  return {
    columns: [textColumn(key, t(`report.column.${key}`), 16)],
    cells: ([value = NO_VALUE]) => [value === NO_VALUE ? t(`reports.row.without-${key}`) : value],
    lastRank: ([value]) => Number(value === NO_VALUE),
    calls: ([value = NO_VALUE]) => (value === NO_VALUE ? null : callsAddress(context, { [key]: value })),
  };
}

export function destinationNames(context: ReportContext): GroupNames {
  const { t, db, request } = context;
  const names = namesOf(db, 'destination', request.language);
  return {
    columns: [textColumn('destination', t('report.column.destination'), 34)],
    cells: ([key = NO_VALUE]) => [names.get(key) ?? t('reports.row.without-destination')],
    lastRank: ([key]) => Number(key === NO_VALUE),
    calls: ([key = NO_VALUE]) => (key === NO_VALUE ? null : callsAddress(context, { destinationId: key })),
  };
}

/** Outside numbers, masked for this reader; private calls together are one row. */
export function numberNames(context: ReportContext): GroupNames {
  const { t, request, maskNumber } = context;
  const nameOf = (key: string): CellValue => {
    if (key === NO_VALUE) return t('reports.row.without-number');
    return key === PRIVATE_NUMBER ? t('reports.row.private') : maskNumber(key);
  };
  return {
    columns: [textColumn('number', t('report.column.outsideNumber'), 22)],
    cells: ([key = NO_VALUE]) => [nameOf(key)],
    lastRank: ([key]) => (key === NO_VALUE ? 2 : key === PRIVATE_NUMBER ? 1 : 0),
    calls: ([key = NO_VALUE]) =>
      key === NO_VALUE || key === PRIVATE_NUMBER || !request.reader.seesNumbers
        ? null
        : callsAddress(context, { number: key }),
  };
}

/** Personal codes as this reader may see them, with the person whom their calls are booked to. */
export function codeNames(context: ReportContext): GroupNames {
  const { t, request, maskCode } = context;
  return {
    columns: [textColumn('code', t('report.column.code'), 14), textColumn('person', t('report.column.person'), 28)],
    cells: ([code = NO_VALUE, person = NO_VALUE]) => [
      code === NO_VALUE ? t('reports.row.without-code') : maskCode(code),
      personName(context, person),
    ],
    lastRank: ([code]) => Number(code === NO_VALUE),
    calls: ([code = NO_VALUE, person = NO_VALUE]) => {
      const personId = person === NO_VALUE ? '0' : person;
      return callsAddress(context, code === NO_VALUE || !request.reader.seesCodes ? { personId } : { code, personId });
    },
  };
}
