/** Everything the month's report says, read once from one still picture of the file. */
import { Temporal } from 'temporal-polyfill';
import { createFormats, type Formats } from '../i18n/format.ts';
import { createTranslate, type Language, type TextKey, type Translate } from '../i18n/translate.ts';
import { BANDS, type Band } from '../model/call.ts';
import { type MaskNumber, numberMaskOf } from '../model/masking.ts';
import { type AmountMicro, amountMicro } from '../model/money.ts';
import type { CallTotals, ChargeSum } from '../store/call-filter.ts';
import { ClosingStore } from '../store/closings.ts';
import type { Database } from '../store/database.ts';
import { MonthStore, type MonthSums } from '../store/month.ts';
import { monthFingerprint } from '../store/month-fingerprint.ts';
import { type MonthLine, monthLines } from '../store/month-lines.ts';
import { departmentPathsOf, type MonthNames, monthNames, namesToFreeze } from '../store/month-names.ts';
import type { MonthSources } from '../store/month-sources.ts';
import { QuarantineStore } from '../store/quarantine.ts';
import { type ReasonSum, ReportQueries } from '../store/report-queries.ts';
import { CorrectionLines } from '../store/restatement-lines.ts';
import { SettingsStore } from '../store/settings.ts';

export interface MonthReportOptions {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly language: Language;
  /** False for readers who may see personal codes as they are. */
  readonly isMasked: boolean;
  readonly nowMs: number;
  /** Tax that an invoice adds to the sum of the charges; absent where every charge holds its own. */
  readonly taxOnTotal?: readonly ChargeSum[];
  /** Who asks for it; a closed month says who closed it. Empty: nobody is signed in. */
  readonly madeBy: string;
  /** What was kept of a closed month's sources; absent: as they are now. */
  readonly sources?: MonthSources;
  /** For gaps in the records. */
  readonly journalPath?: string;
  /** False for readers who may not see the last digits of outside numbers. */
  readonly seesNumbers: boolean;
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
  /** Now, or the moment the month was closed. */
  readonly madeAtMs: number;
  readonly madeBy: string;
  readonly isClosed: boolean;
  /** SHA-256 over the month's calls, corrections and names, hexadecimal. */
  readonly fingerprint: string;
  readonly tariffNames: readonly string[];
  readonly byDepartment: MonthSums;
  readonly byPerson: MonthSums;
  readonly byBand: MonthSums;
  readonly reasons: readonly ReasonSum[];
  readonly extensions: readonly MonthLine[];
  readonly trunks: readonly MonthLine[];
  /** Departments that a person's calls of the month are booked to. */
  readonly departmentsOfPeople: ReadonlyMap<number, readonly number[]>;
  /** Of today, or of the day the month was closed. */
  readonly names: MonthNames;
  readonly paths: ReadonlyMap<number, string>;
  readonly callCount: number;
  readonly exceptionCount: number;
  /** Calls of any direction that came after their month was closed. */
  readonly lateCount: number;
  /** Calls that somebody said the purpose of. */
  readonly purposeCount: number;
  /** Lines of corrections of closed months. */
  readonly correctionCount: number;
  readonly quarantinedFrames: number;
  /** Of the month's charges; the first is the one a month without charges shows. */
  readonly currencies: readonly string[];
  readonly moneyDecimals: number;
  readonly currencyDecimals: Readonly<Record<string, number>>;
  /** Kinds of outside calls that the month has, in their usual order. */
  readonly bands: readonly Band[];
  readonly months: MonthStore;
  readonly queries: ReportQueries;
  readonly corrections: CorrectionLines;
  /** An instant on the site's wall clock. */
  readonly localSeconds: (atMs: number) => number;
  /** How outside numbers are written for the reader. */
  readonly maskNumber: MaskNumber;
}

const DEFAULT_CURRENCY = 'VND';

export function readMonthFacts(db: Database, options: MonthReportOptions): MonthFacts {
  const { month, language } = options;
  const settings = new SettingsStore(db).get();
  const closing = new ClosingStore(db).closing(month);
  const timeZone = closing?.timeZone ?? settings.timeZone;
  const madeAtMs = closing?.atMs ?? options.nowMs;
  const months = new MonthStore(db);
  const queries = new ReportQueries(db, month);
  const corrections = new CorrectionLines(db);
  const calls = queries.callFacts();
  const byBand = months.sums(month, 'band');
  const currencies = currenciesOf(byBand);
  const names = monthNames(db, month);
  const corrected = queries.correctionDecimals();
  const decimalsOf = (currency: string): number =>
    Math.max(calls.chargeDecimals.get(currency) ?? 0, corrected.get(currency) ?? 0, usualDecimals(currency));
  const currencyDecimals = Object.fromEntries(currencies.map((currency) => [currency, decimalsOf(currency)]));
  const localTime = (atMs: number): Temporal.PlainDateTime =>
    Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone).toPlainDateTime();
  const t = createTranslate(language);
  return {
    options,
    t,
    word: wordsOf(t),
    formats: createFormats(language),
    company: closing?.company ?? settings.companyName,
    madeAt: localTime(madeAtMs).toString({ smallestUnit: 'second' }),
    madeAtMs,
    madeBy: closing?.by ?? options.madeBy,
    isClosed: closing !== undefined,
    fingerprint: closing?.fingerprint ?? monthFingerprint(db, month, namesToFreeze(db, month)).fingerprint,
    tariffNames: calls.versionIds.map((id) => names.versions.get(id) ?? '').filter((name) => name !== ''),
    byDepartment: months.sums(month, 'department'),
    byPerson: months.sums(month, 'person'),
    byBand,
    reasons: queries.reasons(),
    extensions: monthLines(db, month, 'extension'),
    trunks: monthLines(db, month, 'trunk'),
    departmentsOfPeople: queries.departmentsOfPeople(),
    names,
    paths: departmentPathsOf(names),
    callCount: queries.callCount(),
    exceptionCount: calls.exceptionCount,
    lateCount: calls.lateCount,
    purposeCount: calls.purposeCount,
    correctionCount: corrections.count(month),
    quarantinedFrames: closing?.quarantinedFrames ?? quarantinedIn(db, month, timeZone),
    currencies,
    moneyDecimals: Math.max(...Object.values(currencyDecimals)),
    currencyDecimals,
    bands: BANDS.filter((band) => byBand.rows.some((row) => row.key === band && row.calls > 0)),
    months,
    queries,
    corrections,
    localSeconds: (atMs) => localTime(atMs).toZonedDateTime('UTC').epochMilliseconds / 1000,
    maskNumber: numberMaskOf(options),
  };
}

function currenciesOf({ totals, extra }: MonthSums): readonly string[] {
  const used = new Set([...totals.charges, ...extra.corrections].map((charge) => charge.currency));
  return used.size === 0 ? [DEFAULT_CURRENCY] : [...used].sort();
}

function quarantinedIn(db: Database, month: string, timeZone: string): number {
  const first = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 });
  const instantMs = (day: Temporal.PlainDate): number => day.toZonedDateTime(timeZone).epochMilliseconds;
  return new QuarantineStore(db).countReceived(instantMs(first), instantMs(first.add({ months: 1 })));
}

/** What the currency is written with: đồng none, dollars two. */
export function usualDecimals(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 0;
}

export function chargeIn(totals: CallTotals | undefined, currency: string): AmountMicro {
  return amountIn(totals?.charges ?? [], currency);
}

export function amountIn(sums: readonly ChargeSum[], currency: string): AmountMicro {
  return sums.find((sum) => sum.currency === currency)?.amountMicro ?? amountMicro(0n);
}

export function plus(...amounts: readonly AmountMicro[]): AmountMicro {
  return amountMicro(amounts.reduce<bigint>((sum, amount) => sum + amount, 0n));
}

/** Texts as they stand in cells, where formulas look for them: one text for one key, with a capital. */
export function wordsOf(t: Translate): (key: TextKey) => string {
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
