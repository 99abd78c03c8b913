/** The sheet that says what the month's figures were made from, and what may be missing among them. */
import { Temporal } from 'temporal-polyfill';
import { calendarOf } from '../ingest/office-calendar-of.ts';
import { completenessOf } from '../store/completeness.ts';
import type { Database } from '../store/database.ts';
import { HolidayStore } from '../store/holidays.ts';
import { daysOfMonth } from '../store/month-days.ts';
import { type MonthSources, monthSources } from '../store/month-sources.ts';
import { SettingsStore } from '../store/settings.ts';
import type { MonthFacts } from './month-facts.ts';
import { SOURCES } from './month-keys.ts';
import { aboutPairs } from './month-summary.ts';
import type { PageCell, PageLine, PageSheet } from './report.ts';

/** More lines of hours help nobody; the sum of all is said. */
const SILENCES_SHOWN = 100;

export interface MonthSourcesOptions {
  readonly month: string;
  readonly nowMs: number;
  readonly journalPath?: string | undefined;
}

export function readMonthSources(db: Database, { month, nowMs, journalPath }: MonthSourcesOptions): MonthSources {
  const settings = new SettingsStore(db).get();
  const { timeZone } = settings;
  const { first, end } = daysOfMonth(month);
  const firstDay = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 });
  const instantMs = (day: Temporal.PlainDate): number => day.toZonedDateTime(timeZone).epochMilliseconds;
  const [fromMs, toMs] = [instantMs(firstDay), instantMs(firstDay.add({ months: 1 }))];
  const now = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone).toPlainDateTime();
  const whole = completenessOf(db, {
    firstDay: first,
    endDay: end,
    now: Math.floor(now.toZonedDateTime('UTC').epochMilliseconds / 1000),
    calendar: calendarOf(settings, new HolidayStore(db).days()),
    fromMs,
    toMs,
  });
  return monthSources(db, { month, fromMs, toMs, whole, journalPath });
}

const text = (cell: string): PageCell => ({ type: 'text', cell });
const BLANK: PageLine = { style: 'blank', cells: [] };

export function sourcesSheet(facts: MonthFacts, sources: MonthSources): PageSheet {
  const { t, tariffNames, fingerprint } = facts;
  const pair = (label: string, value: string): PageLine => ({ style: 'pair', cells: [text(label), text(value)] });
  const header = (...labels: readonly PageCell[]): PageLine => ({ style: 'header', cells: labels });
  const tariffs = tariffNames.length === 0 ? [t('report.summary.noTariff')] : tariffNames;
  return {
    kind: 'page',
    id: SOURCES,
    title: t('report.sheet.sources'),
    widths: [44, 32, 14, 16, 14],
    lines: [
      { style: 'title', cells: [text(t('report.sources.title'))] },
      ...aboutPairs(facts),
      pair(t('report.sources.fingerprint'), fingerprint),
      BLANK,
      header(text(t('report.sources.tariffs'))),
      ...tariffs.map((name): PageLine => ({ style: 'row', cells: [text(name)] })),
      BLANK,
      ...recordLines(facts, sources),
      BLANK,
      header(text(t('report.sources.gaps')), text('')),
      ...gapLines(facts, sources),
    ],
  };
}

function recordLines({ t, names }: MonthFacts, { sources }: MonthSources): readonly PageLine[] {
  const number = (cell: number | null): PageCell => ({ type: 'integer', cell });
  const heading = (label: string): PageCell => ({ type: 'integer', cell: label });
  const knowsCuts = sources.some(({ cuts }) => cuts !== null);
  return [
    {
      style: 'header',
      cells: [
        text(t('report.sources.source')),
        text(t('report.sources.format')),
        heading(t('report.sources.calls')),
        heading(t('report.sources.unread')),
        ...(knowsCuts ? [heading(t('report.sources.cuts'))] : []),
      ],
    },
    ...sources.map(({ id, formatId, formatVersion, calls, unreadFrames, cuts }): PageLine => {
      const format = formatVersion === null ? formatId : t('report.sources.formatVersion', { formatId, formatVersion });
      return {
        style: 'row',
        cells: [
          text(names.sources.get(id) ?? String(id)),
          text(format),
          number(calls),
          number(unreadFrames),
          ...(knowsCuts ? [number(cuts)] : []),
        ],
      };
    }),
  ];
}

function gapLines({ t, quarantinedFrames }: MonthFacts, sources: MonthSources): readonly PageLine[] {
  const { openSeconds, silentSeconds, silences, openCalls } = sources;
  const row = (label: string, value: PageCell): PageLine => ({ style: 'row', cells: [text(label), value] });
  const more = silences.length - SILENCES_SHOWN;
  return [
    row(t('report.sources.openHours'), { type: 'duration', cell: openSeconds }),
    row(t('report.sources.silentHours'), { type: 'duration', cell: silentSeconds }),
    ...silences.slice(0, SILENCES_SHOWN).map(
      ({ from, to }, i): PageLine => ({
        style: 'row',
        cells: [
          text(i === 0 ? t('report.sources.silence') : ''),
          { type: 'dateTime', cell: from },
          { type: 'duration', cell: to - from },
        ],
      }),
    ),
    ...(more > 0 ? [row(t('report.sources.moreSilences'), { type: 'integer', cell: more })] : []),
    row(t('report.summary.quarantined'), { type: 'integer', cell: quarantinedFrames }),
    row(t('report.sources.openCalls'), { type: 'integer', cell: openCalls }),
  ];
}
