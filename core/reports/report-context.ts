/** What every report is made with: whom it is for, in which language, which calls, and the names in them. */
import { createFormats, type Formats } from '../i18n/format.ts';
import { createTranslate, type Language, type TextKey, type Translate } from '../i18n/translate.ts';
import { type MaskCode, type MaskNumber, maskCode, numberMaskOf, showCode } from '../model/masking.ts';
import type { ReportFilter, ReportId, ReportReader } from '../model/report-request.ts';
import { type LocalDay, localText } from '../model/time.ts';
import { createZoneClock } from '../model/zone-clock.ts';
import type { Database } from '../store/database.ts';
import { departmentPathsOf, type MonthNames, monthNames } from '../store/month-names.ts';
import { ReportSelection } from '../store/report-selection.ts';
import { ReportSums } from '../store/report-sums.ts';
import { SettingsStore, type SiteSettings } from '../store/settings.ts';
import { usualDecimals, wordsOf } from './month-facts.ts';
import type { Report } from './report.ts';
import type { Tally } from './tally.ts';

export interface ReportRequest {
  readonly reportId: ReportId;
  readonly filter: ReportFilter;
  readonly language: Language;
  readonly reader: ReportReader;
  readonly nowMs: number;
  /** Where the bytes are, for what is known to be missing; absent: the report says only what the calls show. */
  readonly journalPath?: string;
}

export interface ReportContext {
  readonly db: Database;
  readonly request: ReportRequest;
  readonly settings: SiteSettings;
  readonly t: Translate;
  /** A text with a capital, as it stands in cells. */
  readonly word: (key: TextKey) => string;
  readonly formats: Formats;
  /** As they are called now; of one closed month, as they were called when it was closed. */
  readonly names: MonthNames;
  readonly departmentPaths: ReadonlyMap<number, string>;
  readonly selection: ReportSelection;
  readonly sums: ReportSums;
  readonly maskNumber: MaskNumber;
  readonly maskCode: MaskCode;
  /** An instant on the site's wall clock. */
  readonly localSeconds: (atMs: number) => number;
}

const DEFAULT_CURRENCY = 'VND';
const MICRO_UNITS = [1_000_000n, 100_000n, 10_000n, 1_000n, 100n, 10n] as const;

export function reportContext(db: Database, request: ReportRequest): ReportContext {
  const settings = new SettingsStore(db).get();
  const clock = createZoneClock(settings.timeZone);
  const selection = new ReportSelection(db, request.filter, request.reader.scope);
  const t = createTranslate(request.language);
  // Only a period within one month can have the names of its closing.
  const month = request.filter.to.slice(0, 7);
  const names = monthNames(db, month === request.filter.from.slice(0, 7) ? month : '');
  return {
    db,
    request,
    settings,
    t,
    word: wordsOf(t),
    formats: createFormats(request.language),
    names,
    departmentPaths: departmentPathsOf(names),
    selection,
    sums: new ReportSums(db, selection),
    maskNumber: numberMaskOf(request.reader),
    maskCode: request.reader.seesCodes ? showCode : maskCode,
    localSeconds: (atMs) => Math.floor(clock(atMs / 1000)),
  };
}

/** What the sheets are of; the rest of a report is the same for all. */
export type ReportParts = Pick<Report, 'sheets'> &
  Partial<Pick<Report, 'title' | 'moneyDecimals' | 'signatures' | 'isLandscape'>>;

export function reportTitle({ t, request }: Pick<ReportContext, 't' | 'request'>): string {
  return t(`reports.name.${request.reportId}`);
}

/** `12/03/2026`, or `01/03/2026 – 31/03/2026`. */
export function periodText(formats: Formats, from: LocalDay, to: LocalDay): string {
  return from === to ? formats.day(from) : `${formats.day(from)} – ${formats.day(to)}`;
}

export function momentText(
  { formats, localSeconds }: Pick<ReportContext, 'formats' | 'localSeconds'>,
  atMs: number,
): string {
  return formats.localDateTime(localText(localSeconds(atMs)));
}

/** Of all that is charged or corrected; the first is the one a report without charges shows. */
export function currenciesOf({ charges, corrections }: Tally): readonly string[] {
  return usedCurrencies([...charges.currencies, ...corrections.currencies]);
}

/** Each once; an empty text is none. */
export function usedCurrencies(currencies: readonly string[]): readonly string[] {
  const used = new Set(currencies.filter((currency) => currency !== ''));
  return used.size === 0 ? [DEFAULT_CURRENCY] : [...used].sort();
}

/** As many as the amounts really have, and the usual ones of their currencies. */
export function decimalsFor(amounts: Iterable<bigint>, currencies: readonly string[]): number {
  let decimals = Math.max(0, ...currencies.map(usualDecimals));
  for (const amount of amounts) {
    while (decimals < MICRO_UNITS.length && amount % (MICRO_UNITS[decimals] ?? 1n) !== 0n) decimals += 1;
  }
  return decimals;
}
