/** Everything the month's report says, read once from one still picture of the file. */
import { Temporal } from 'temporal-polyfill';
import { createFormats, type Formats } from '../i18n/format.ts';
import { createTranslate, type Language, type TextKey, type Translate } from '../i18n/translate.ts';
import { BANDS, type Band } from '../model/call.ts';
import { type AmountMicro, amountMicro } from '../model/money.ts';
import type { CallTotals } from '../store/call-filter.ts';
import type { Database } from '../store/database.ts';
import { departmentPaths } from '../store/departments.ts';
import { MonthStore, type MonthSums } from '../store/month.ts';
import { QuarantineStore } from '../store/quarantine.ts';
import { type PersonFacts, type ReasonSum, ReportQueries } from '../store/report-queries.ts';
import { SettingsStore } from '../store/settings.ts';

export interface MonthReportOptions {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly language: Language;
  /** False for readers who may see personal codes as they are. */
  readonly isMasked: boolean;
  readonly nowMs: number;
}

export interface MonthFacts {
  readonly options: MonthReportOptions;
  readonly t: Translate;
  /** A text with a capital, as it stands in the cells that formulas look at. */
  readonly word: (key: TextKey) => string;
  readonly formats: Formats;
  readonly company: string;
  /** `YYYY-MM-DDTHH:MM:SS` of the site's clock. */
  readonly madeAt: string;
  readonly isClosed: boolean;
  readonly tariffNames: readonly string[];
  readonly byDepartment: MonthSums;
  readonly byPerson: MonthSums;
  readonly byBand: MonthSums;
  readonly reasons: readonly ReasonSum[];
  readonly personFacts: ReadonlyMap<number, PersonFacts>;
  readonly paths: ReadonlyMap<number, string>;
  readonly sourceNames: ReadonlyMap<number, string>;
  readonly callCount: number;
  readonly exceptionCount: number;
  readonly quarantinedFrames: number;
  /** Of the month's charges; the first is the one a month without charges shows. */
  readonly currencies: readonly string[];
  readonly moneyDecimals: number;
  /** Kinds of outside calls that the month has, in their usual order. */
  readonly bands: readonly Band[];
  readonly months: MonthStore;
  readonly queries: ReportQueries;
}

const DEFAULT_CURRENCY = 'VND';

export function readMonthFacts(db: Database, options: MonthReportOptions): MonthFacts {
  const settings = new SettingsStore(db).get();
  const months = new MonthStore(db);
  const queries = new ReportQueries(db, options.month);
  const calls = queries.callFacts();
  const byBand = months.sums(options.month, 'band');
  const currencies = byBand.totals.charges.map((charge) => charge.currency);
  const used = currencies.length === 0 ? [DEFAULT_CURRENCY] : currencies;
  const first = Temporal.PlainYearMonth.from(options.month).toPlainDate({ day: 1 });
  const zoned = (day: Temporal.PlainDate): number => day.toZonedDateTime(settings.timeZone).epochMilliseconds;
  const now = Temporal.Instant.fromEpochMilliseconds(options.nowMs).toZonedDateTimeISO(settings.timeZone);
  const t = createTranslate(options.language);
  return {
    options,
    t,
    word: wordsOf(t),
    formats: createFormats(options.language),
    company: settings.companyName,
    madeAt: now.toPlainDateTime().toString({ smallestUnit: 'second' }),
    isClosed: months.isClosed(options.month),
    tariffNames: calls.tariffNames,
    byDepartment: months.sums(options.month, 'department'),
    byPerson: months.sums(options.month, 'person'),
    byBand,
    reasons: queries.reasons(),
    personFacts: queries.personFacts(),
    paths: new Map([...departmentPaths(db)].map(([id, path]) => [id, path.join(' / ')])),
    sourceNames: queries.sourceNames(),
    callCount: queries.callCount(),
    exceptionCount: calls.exceptionCount,
    quarantinedFrames: new QuarantineStore(db).countReceived(zoned(first), zoned(first.add({ months: 1 }))),
    currencies: used,
    moneyDecimals: Math.max(calls.chargeDecimals, ...used.map(usualDecimals)),
    bands: BANDS.filter((band) => byBand.rows.some((row) => row.key === band)),
    months,
    queries,
  };
}

/** What the currency is written with: đồng none, dollars two. */
function usualDecimals(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 0;
}

export function chargeIn(totals: CallTotals | undefined, currency: string): AmountMicro {
  return totals?.charges.find((charge) => charge.currency === currency)?.amountMicro ?? amountMicro(0n);
}

/** Texts as they stand in cells, where formulas look for them: one text for one key, with a capital. */
function wordsOf(t: Translate): (key: TextKey) => string {
  const known = new Map<TextKey, string>();
  return (key) => {
    let word = known.get(key);
    if (word === undefined) {
      const text = t(key);
      word = text.charAt(0).toUpperCase() + text.slice(1);
      known.set(key, word);
    }
    return word;
  };
}

/** The heading of a column of charges in one currency. */
export function chargeHeading(facts: Pick<MonthFacts, 't'>, currency: string): string {
  return facts.t('report.column.charge', { currency });
}
