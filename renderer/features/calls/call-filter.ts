/** The filter of the call list and its form in the address: what is not set is not there. */
import type { CallFilter } from '../../../core/api/contract.ts';
import {
  ATTRIBUTION_REASONS,
  BANDS,
  CALL_DIRECTIONS,
  CALL_PURPOSES,
  CALL_VERDICTS,
  RATING_STATES,
} from '../../../core/model/call.ts';

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const DAY = /^\d{4}-\d\d-\d\d$/;

function oneOf<T extends string>(values: readonly T[], text: string | null): T | undefined {
  return values.find((value) => value === text);
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function between(first: number, last: number, text: string | null): number | undefined {
  const number = wholeNumber(text);
  return number !== undefined && number >= first && number <= last ? number : undefined;
}

function day(text: string | null): string | undefined {
  return text !== null && DAY.test(text) ? text : undefined;
}

function monthText(text: string | null): string | undefined {
  return text !== null && MONTH.test(text) ? text : undefined;
}

function yes(text: string | null): true | undefined {
  return text === 'true' ? true : undefined;
}

function words(text: string | null): string | undefined {
  return text === null || text.trim() === '' ? undefined : text.trim();
}

/** Reads the filter from an address. Anything that is no value of its field is left out, so old links still open. */
export function filterFromSearch(search: URLSearchParams): CallFilter {
  return withoutUnset({
    month: monthText(search.get('month')),
    from: day(search.get('from')),
    to: day(search.get('to')),
    personId: wholeNumber(search.get('personId')),
    departmentId: wholeNumber(search.get('departmentId')),
    isDepartmentOnly: yes(search.get('isDepartmentOnly')),
    code: words(search.get('code')),
    extension: words(search.get('extension')),
    trunk: words(search.get('trunk')),
    number: words(search.get('number')),
    direction: oneOf(CALL_DIRECTIONS, search.get('direction')),
    isOutbound: yes(search.get('isOutbound')),
    band: oneOf(BANDS, search.get('band')),
    reason: oneOf(ATTRIBUTION_REASONS, search.get('reason')),
    rating: oneOf(RATING_STATES, search.get('rating')),
    purpose: oneOf(CALL_PURPOSES, search.get('purpose')),
    verdict: oneOf(CALL_VERDICTS, search.get('verdict')),
    isBreach: yes(search.get('isBreach')),
    sourceId: wholeNumber(search.get('sourceId')),
    destinationId: wholeNumber(search.get('destinationId')),
    weekday: between(1, 7, search.get('weekday')),
    hour: between(0, 23, search.get('hour')),
    text: words(search.get('text')),
  });
}

function withoutUnset(filter: CallFilter): CallFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''));
}

export function searchFromFilter(filter: CallFilter): URLSearchParams {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(withoutUnset(filter))) search.set(key, String(value));
  return search;
}

/** Address of the call list with this filter. */
export function callsPath(filter: CallFilter): string {
  const search = searchFromFilter(filter).toString();
  return search === '' ? '/calls' : `/calls?${search}`;
}

/** The calls that a month's figures add up; `month` is `YYYY-MM`. */
export function monthCalls(month: string): CallFilter {
  return { month, isOutbound: true };
}

/** Filters that stand in the second row of the filter bar. */
export const MORE_FILTERS = [
  'departmentId',
  'band',
  'reason',
  'rating',
  'purpose',
  'verdict',
  'isBreach',
  'trunk',
  'sourceId',
  'extension',
  'destinationId',
  'weekday',
  'hour',
] as const;

export function countMoreFilters(filter: CallFilter): number {
  return MORE_FILTERS.filter((name) => filter[name] !== undefined).length;
}
