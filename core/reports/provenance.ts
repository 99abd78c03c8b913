/** What every report says of itself: which calls, made when and by whom, from what, and what may be missing. */
import { Temporal } from 'temporal-polyfill';
import { calendarOf } from '../ingest/office-calendar-of.ts';
import { DAY_S, isOfficeDay, type OfficeCalendar, openSeconds } from '../model/office-calendar.ts';
import type { ReportFilter, ReportId } from '../model/report-request.ts';
import { type LocalDay, localDayOf } from '../model/time.ts';
import { completenessOf, type LocalSpan } from '../store/completeness.ts';
import { FormatDefinitionStore } from '../store/format-definitions.ts';
import { HolidayStore } from '../store/holidays.ts';
import { firstCallDay } from '../store/hygiene.ts';
import { type JournalGaps, readJournalGaps } from '../store/journal-gaps.ts';
import { versionsInUse } from '../store/report-calls.ts';
import { SourceStore } from '../store/sources.ts';
import type { Provenance } from './report.ts';
import { momentText, periodText, type ReportContext } from './report-context.ts';

/** Longer lists of hours help nobody; the rest is counted. */
const SILENCES_SHOWN = 20;

export function provenanceOf(context: ReportContext, fields: readonly (keyof ReportFilter)[]): Provenance {
  const { t, request, formats, names } = context;
  const { from, to } = request.filter;
  const fact = (key: 'period' | 'filter' | 'madeAt' | 'madeBy' | 'tariffs' | 'formats', value: string) => ({
    label: t(`reports.fact.${key}`),
    value,
  });
  const filter = filterText(context, fields);
  const versions = versionsInUse(context.db, context.selection).flatMap((id) => names.versions.get(id) ?? []);
  const isPricedWork = fields.includes('directions');
  return {
    facts: [
      fact('period', periodText(formats, from, to)),
      fact('filter', filter === '' ? t(`reports.fact.${unfiltered(request.reportId)}`) : filter),
      fact('madeAt', momentText(context, request.nowMs)),
      ...(request.reader.madeBy === '' ? [] : [fact('madeBy', request.reader.madeBy)]),
      ...(isPricedWork
        ? [fact('tariffs', versions.length === 0 ? t('report.summary.noTariff') : versions.join(', '))]
        : []),
      fact('formats', formatsText(context)),
    ],
    gaps: gapsOf(context),
  };
}

/** What a report without a filter is about. */
function unfiltered(reportId: ReportId): 'allCalls' | 'allIncoming' | 'everything' {
  if (reportId === 'incoming-service' || reportId === 'missed-calls') return 'allIncoming';
  return reportId === 'code-hygiene' || reportId === 'changes' ? 'everything' : 'allCalls';
}

/** Only what narrows the report; empty for all calls. */
export function filterText(context: ReportContext, fields: readonly (keyof ReportFilter)[]): string {
  const { t, word, request, names, departmentPaths, maskCode } = context;
  const { filter, reader } = request;
  const listed = (field: keyof ReportFilter, label: string, values: readonly string[]): readonly string[] =>
    values.length === 0 || !fields.includes(field) ? [] : [`${label}: ${values.join(', ')}`];
  const scope =
    reader.scope.kind === 'all'
      ? []
      : reader.scope.kind === 'person'
        ? [names.people.get(reader.scope.personId)?.name ?? '']
        : reader.scope.departmentIds.map((id) => departmentPaths.get(id) ?? '');
  return [
    ...(scope.length === 0 ? [] : [t('reports.fact.onlyFor', { whom: scope.join(', ') })]),
    ...listed(
      'departmentIds',
      t('report.column.department'),
      filter.departmentIds.map((id) => departmentPaths.get(id) ?? t('report.row.noDepartment')),
    ),
    ...listed(
      'personIds',
      t('report.column.person'),
      filter.personIds.map((id) => names.people.get(id)?.name ?? t('report.row.nobody')),
    ),
    ...listed('codes', t('report.column.code'), filter.codes.map(maskCode)),
    ...listed('extensions', t('report.column.extension'), filter.extensions),
    ...listed('trunks', t('report.column.trunk'), filter.trunks),
    ...listed(
      'bands',
      t('report.column.band'),
      filter.bands.map((band) => word(`common.band.${band}`)),
    ),
    ...listed(
      'sourceIds',
      t('report.column.source'),
      filter.sourceIds.map((id) => names.sources.get(id) ?? String(id)),
    ),
    ...listed(
      'directions',
      t('report.column.direction'),
      filter.directions.map((direction) => word(`common.direction.${direction}`)),
    ),
  ].join('; ');
}

function formatsText({ db, request, t }: ReportContext): string {
  const chosen = request.filter.sourceIds;
  const definitions = new FormatDefinitionStore(db);
  const texts = new SourceStore(db)
    .listAll()
    .filter(({ id, deletedAtMs }) => (chosen.length === 0 ? deletedAtMs === null : chosen.includes(id)))
    .map(({ name, formatId }) => {
      const version = definitions.newestVersion(formatId);
      return version === undefined
        ? `${name}: ${formatId}`
        : `${name}: ${t('reports.fact.formatVersion', { format: formatId, version })}`;
    });
  return texts.length === 0 ? t('reports.fact.noSource') : texts.join(', ');
}

/** In words; empty where nothing is known to be missing. */
export function gapsOf(context: ReportContext): readonly string[] {
  const { db, t, formats, names, request, settings, selection, localSeconds } = context;
  const { from } = request.filter;
  const { fromMs, toMs } = periodInstants(context);
  const now = localSeconds(request.nowMs);
  const calendar = calendarOf(settings, new HolidayStore(db).days());
  const whole = completenessOf(db, {
    firstDay: selection.days.first,
    endDay: selection.days.end,
    now,
    calendar,
    fromMs,
    toMs,
  });
  const journal = request.journalPath === undefined ? undefined : readJournalGaps(request.journalPath, fromMs, toMs);
  const first = firstCallDay(db);
  const isStillRunning = selection.days.end * DAY_S > now;
  return [
    ...(isStillRunning ? [t('reports.gap.notOver', { now: momentText(context, request.nowMs) })] : []),
    ...(first !== null && first > from ? [t('reports.gap.beforeFirst', { day: formats.day(first) })] : []),
    ...silenceTexts(context, whole.silences),
    ...(whole.quarantinedFrames === 0 ? [] : [t('reports.gap.quarantined', { count: whole.quarantinedFrames })]),
    ...(whole.openCalls === 0 ? [] : [t('reports.gap.openCalls', { count: whole.openCalls })]),
    ...(journal === undefined
      ? []
      : [
          ...[...journal.cuts].map(([id, count]) =>
            t('reports.gap.cut', { count, source: names.sources.get(id) ?? String(id) }),
          ),
          ...[...journal.halfRead].map(([id, count]) =>
            t('reports.gap.halfRead', { count, source: names.sources.get(id) ?? String(id) }),
          ),
          ...(isStillRunning ? quietTexts(context, journal, calendar, now) : []),
        ]),
  ];
}

function silenceTexts({ t, formats }: ReportContext, silences: readonly LocalSpan[]): readonly string[] {
  if (silences.length === 0) return [];
  const clock = (seconds: number): string => {
    const inDay = ((seconds % DAY_S) + DAY_S) % DAY_S;
    return `${String(Math.floor(inDay / 3600)).padStart(2, '0')}:${String(Math.floor(inDay / 60) % 60).padStart(2, '0')}`;
  };
  const shown = silences
    .slice(0, SILENCES_SHOWN)
    .map(({ from, to }) => `${formats.day(localDayOf(from))} ${clock(from)}–${clock(to)}`)
    .join(', ');
  const more = silences.length - SILENCES_SHOWN;
  const hours = more > 0 ? `${shown}, ${t('reports.gap.andMore', { count: more })}` : shown;
  return [t('reports.gap.silent', { hours })];
}

/** Sources that are switched on, and of which nothing came for longer than the site finds usual in office hours. */
function quietTexts(context: ReportContext, journal: JournalGaps, calendar: OfficeCalendar, now: number): string[] {
  const { db, t, settings, localSeconds, request } = context;
  const chosen = request.filter.sourceIds;
  return new SourceStore(db)
    .list()
    .filter(({ id, isEnabled, config }) => {
      return isEnabled && config.kind !== 'file-import' && (chosen.length === 0 || chosen.includes(id));
    })
    .flatMap(({ id, name }): string[] => {
      const lastMs = journal.lastReceivedMs.get(id);
      if (lastMs === undefined) return [t('reports.gap.sourceNeverHeard', { source: name })];
      const quiet = officeSecondsBetween(calendar, localSeconds(lastMs), now);
      return quiet < settings.quietMinutes * 60
        ? []
        : [t('reports.gap.sourceDown', { source: name, since: momentText(context, lastMs) })];
    });
}

function officeSecondsBetween(calendar: OfficeCalendar, from: number, to: number): number {
  let seconds = 0;
  for (let day = Math.floor(from / DAY_S) - 1; day * DAY_S < to; day += 1) {
    if (!isOfficeDay(calendar, day)) continue;
    const opens = day * DAY_S + calendar.opensAtS;
    seconds += Math.max(0, Math.min(to, opens + openSeconds(calendar)) - Math.max(from, opens));
  }
  return seconds;
}

/** From the first midnight of the period to the one after it. */
export function periodInstants({ selection, settings }: Pick<ReportContext, 'selection' | 'settings'>): {
  readonly fromMs: number;
  readonly toMs: number;
} {
  const instant = (day: number): number => instantMs(localDayOf(day * DAY_S), settings.timeZone);
  return { fromMs: instant(selection.days.first), toMs: instant(selection.days.end) };
}

function instantMs(day: LocalDay, timeZone: string): number {
  return Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds;
}
