/** Reports that are one table of groups. */
import type { ReportContext, ReportParts } from '../report-context.ts';
import { type GroupedOptions, groupedTable } from './grouped.ts';
import {
  codeNames,
  departmentNames,
  departmentsOfPeople,
  destinationNames,
  numberNames,
  personNames,
  plainNames,
} from './names.ts';

/** Numbers that are named; the rest is one row. */
const NUMBERS_SHOWN = 100;

function grouped(context: ReportContext, options: Omit<GroupedOptions, 'title'>): ReportParts {
  const title = context.t(`reports.name.${context.request.reportId}`);
  const { sheet, decimals } = groupedTable(context, { ...options, title });
  return { sheets: [sheet], moneyDecimals: decimals };
}

export const byDepartment = (context: ReportContext): ReportParts => ({
  ...grouped(context, { id: 'departments', by: ['department'], names: departmentNames(context), bands: true }),
  isLandscape: true,
});

export const byPerson = (context: ReportContext): ReportParts => ({
  ...grouped(context, {
    id: 'people',
    by: ['person'],
    names: personNames(context, departmentsOfPeople(context)),
    bands: true,
  }),
  isLandscape: true,
});

export const byCode = (context: ReportContext): ReportParts =>
  grouped(context, { id: 'codes', by: ['code', 'person'], names: codeNames(context) });

export const byExtension = (context: ReportContext): ReportParts =>
  grouped(context, { id: 'extensions', by: ['extension'], names: plainNames(context, 'extension') });

export const byDestination = (context: ReportContext): ReportParts =>
  grouped(context, { id: 'destinations', by: ['destination'], names: destinationNames(context), order: 'charge' });

export const mostCalled = (context: ReportContext): ReportParts =>
  grouped(context, {
    id: 'numbers',
    by: ['number'],
    names: numberNames(context),
    order: 'calls',
    most: { rows: NUMBERS_SHOWN, others: context.t('reports.row.otherNumbers') },
  });
