/** Days and months of schedules in words, and results of runs, which are stored as codes. */
import { failureOf } from '../delivery/outcome.ts';
import { createFormats } from '../i18n/format.ts';
import { createTranslate, type Language, type TextValues, translateIfKnown } from '../i18n/translate.ts';
import { SiteZone } from '../ingest/site-zone.ts';
import { AppError } from '../model/errors.ts';
import { type LocalDay, localDayOf } from '../model/time.ts';
import type { Database } from '../store/database.ts';
import { SettingsStore } from '../store/settings.ts';
import { type DayRange, rangeOfMonth } from './period.ts';

/** `March 2026`, `tháng 3/2026`. */
export function monthWords(month: string, language: Language): string {
  const [year = '', number = ''] = month.split('-');
  if (language === 'vi') return `tháng ${Number(number)}/${year}`;
  const format = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return format.format(new Date(`${month}-01T00:00:00Z`));
}

/** A whole month by its name, other days by their dates. */
export function periodWords({ from, to }: DayRange, language: Language): string {
  const month = from.slice(0, 7);
  if (rangeOfMonth(month).from === from && rangeOfMonth(month).to === to) return monthWords(month, language);
  const { day } = createFormats(language);
  return from === to ? day(from) : `${day(from)} – ${day(to)}`;
}

/** The day of the site's clock at a moment, as it is written. */
export function dayWords(db: Database, atMs: number, language: Language): string {
  return createFormats(language).day(siteDay(db, atMs));
}

export function siteDay(db: Database, atMs: number): LocalDay {
  const zone = new SiteZone(new SettingsStore(db).get().timeZone);
  return localDayOf(zone.localOfInstant(Math.floor(atMs / 1000)));
}

/** As it is stored: `error:disk-full {"path":"tollbook.db"}`. */
export function resultOfError(error: unknown): string {
  return error instanceof AppError ? `error:${error.code} ${JSON.stringify(error.values)}` : 'error:internal {}';
}

function errorWords(text: string, language: Language): string {
  const [code = '', ...values] = text.split(' ');
  const known = JSON.parse(values.join(' ')) as TextValues;
  return translateIfKnown(language, `errors.${code}`, known) ?? createTranslate(language)('errors.internal');
}

/** `missed:12:2026-03-01`, `error:...`, `login: 535 no`, `no-address`. */
export function resultWords(result: string, language: Language): string {
  const t = createTranslate(language);
  const failure = failureOf(result);
  if (failure !== undefined) {
    return t(`alert-text.result.${failure}`, { detail: result.slice(failure.length + 1).trim() });
  }
  const [code = '', first = '', second = ''] = result.split(':');
  if (code === 'error') return errorWords(result.slice('error:'.length), language);
  if (code === 'missed') {
    return t('mail.result.missed', { count: Number(first), day: createFormats(language).day(second) });
  }
  const detail = code === 'month-open' ? monthWords(first, language) : first;
  return translateIfKnown(language, `mail.result.${code}`, { detail }) ?? result;
}
