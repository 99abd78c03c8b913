/**
 * Prefixes as price lists write them: with +, 00 or nothing, as dialled (0 in front), lists (`61 38,39`), ranges
 * (`32484-32487`), and the patterns of dial plans (`9[1-3]XX.`).
 */
import type { DeckHome } from './deck-layout.ts';

export type NumberForm = 'international' | 'dialled';

export interface ReadPrefixes {
  readonly prefixes: readonly string[];
  /** Bounds of the number's length, where a pattern states them. */
  readonly minimumDigits?: number;
  readonly maximumDigits?: number;
}

/** How a prefix begins, which is what tells numbers as dialled from numbers with their country. */
export type PrefixStart = 'plus' | 'abroad' | 'national' | 'bare';

const LONGEST_PREFIX = 24;
/** A cell that means more prefixes than this is no list of prefixes. */
const MOST_PREFIXES = 20_000;

export function prefixStart(text: string): PrefixStart {
  const shown = text.trim().replace(/^[("']+/, '');
  if (shown.startsWith('+')) return 'plus';
  if (shown.startsWith('00')) return 'abroad';
  return shown.startsWith('0') ? 'national' : 'bare';
}

/** The fewest prefixes that hold all numbers from `first` to `last`, texts of one length. */
export function coverRange(first: string, last: string): readonly string[] {
  if (first === last) return [first];
  if (first.length === 0) return [''];
  let shared = 0;
  while (first[shared] === last[shared]) shared += 1;
  const head = first.slice(0, shared);
  const [low, high] = [first.slice(shared), last.slice(shared)];
  if (/^0*$/.test(low) && /^9*$/.test(high)) return [head];
  const [a, b] = [Number(low[0]), Number(high[0])];
  const nines = '9'.repeat(low.length - 1);
  const zeros = '0'.repeat(low.length - 1);
  const cover: string[] = [];
  cover.push(...coverRange(`${a}${low.slice(1)}`, `${a}${nines}`));
  for (let digit = a + 1; digit < b; digit += 1) cover.push(String(digit));
  cover.push(...coverRange(`${b}${zeros}`, `${b}${high.slice(1)}`));
  return cover.map((tail) => head + tail);
}

/** Both ends in full: `84-24` may be a number with its country code, and `8424-30` either. */
function rangeOf(first: string, last: string, least: number): readonly string[] | undefined {
  if (last.length !== first.length || first.length < least || last < first) return undefined;
  return coverRange(first, last);
}

/** Sets of digits a letter or bracket of a dial pattern stands for; undefined when it is none. */
function setOf(symbol: string): string | undefined {
  if (/^\d$/.test(symbol)) return symbol;
  if (symbol === 'Z') return '123456789';
  if (symbol === 'N') return '23456789';
  if (!symbol.startsWith('[')) return undefined;
  let digits = '';
  for (const [part] of symbol.slice(1, -1).matchAll(/\d-\d|\d/g)) {
    const [from = 0, to = from] = part.split('-').map(Number);
    for (let digit = from; digit <= to; digit += 1) digits += digit;
  }
  return digits === '' ? undefined : digits;
}

/** `0[39]XXXXXXXX`, `00.`: digits and sets, then X for any digit, then `.` or `!` for any more. */
export function readPattern(pattern: string): ReadPrefixes | undefined {
  const m = /^((?:\d|[ZN]|\[[\d-]+\])*)(X*)([.!]?)$/i.exec(pattern.replace(/^_/, '').toUpperCase());
  if (m === null || pattern === '') return undefined;
  let prefixes = [''];
  const symbols = [...(m[1] ?? '').matchAll(/\[[\d-]+\]|./g)].map(([symbol]) => symbol);
  for (const symbol of symbols) {
    const digits = setOf(symbol);
    if (digits === undefined || prefixes.length * digits.length > MOST_PREFIXES) return undefined;
    prefixes = prefixes.flatMap((head) => [...digits].map((digit) => head + digit));
  }
  const any = (m[2] ?? '').length;
  const least = symbols.length + any + (m[3] === '.' ? 1 : 0);
  if (m[3] === '' && any > 0) return { prefixes, minimumDigits: least, maximumDigits: least };
  return least > symbols.length ? { prefixes, minimumDigits: least } : { prefixes };
}

interface PrefixList {
  readonly start: PrefixStart;
  readonly digits: readonly string[];
}

/** `61 38,39`: a code before the blank belongs to every entry of the list. */
function readList(text: string): PrefixList | undefined {
  const start = prefixStart(text);
  const shown = text.trim().replace(/^\+|^00(?=\d)/, '');
  const spread = /^\(?(\d{1,4})\)?\s+(\d[\d\s,;|–-]*)$/.exec(shown);
  const isList = spread !== null && (start === 'plus' || /^[\d,;|–-]+(?:[,;|]\s*[\d–-]+)*$/.test(spread[2] ?? ''));
  const head = isList ? (spread[1] ?? '') : '';
  const rest = isList ? (spread[2] ?? '') : shown;
  const digits: string[] = [];
  for (const entry of rest.split(/[,;|\n]/)) {
    const part = entry.trim().replace(start === 'plus' || head === '' ? /^\+|^00(?=\d)/ : /^\+/, '');
    const range = /^(\d+)\s*[-–]\s*\+?(\d+)$/.exec(part);
    const read =
      range === null ? plainPrefix(part, start) : rangeOf(range[1] ?? '', range[2] ?? '', head === '' ? 3 : 1);
    if (read === undefined || digits.length + read.length > MOST_PREFIXES) return undefined;
    digits.push(...read.map((tail) => head + tail));
  }
  return { start, digits };
}

/** Blanks, points and brackets only in a number that says by its + that it is one. */
function plainPrefix(text: string, start: PrefixStart): readonly string[] | undefined {
  const digits = start === 'plus' ? text.replace(/[\s().-]/g, '') : text.replace(/^\((\d+)\)$/, '$1');
  return /^\d+$/.test(digits) ? [digits] : undefined;
}

/** Country code first, as a rate has it; undefined where the number's form does not say which country. */
function international(digits: string, start: PrefixStart, form: NumberForm, home: DeckHome): string | undefined {
  if (start === 'plus' || start === 'abroad') return digits;
  if (form === 'international') return start === 'national' ? undefined : digits;
  const { countryCode, trunkPrefix } = home;
  const isTrunk = trunkPrefix !== '' && digits.startsWith(trunkPrefix);
  return countryCode + (isTrunk ? digits.slice(trunkPrefix.length) : digits);
}

export type PrefixResult = ReadPrefixes | { readonly problem: 'prefix-unclear' | 'prefix-national' };

export interface PrefixRules {
  readonly form: NumberForm;
  readonly home: DeckHome;
  readonly arePatterns: boolean;
}

/** `*` is every number; `countryCode` stands before each prefix where the file has a column for it. */
export function readPrefixes(text: string, countryCode: string, rules: PrefixRules): PrefixResult {
  if (text === '*') return { prefixes: [''] };
  if (text === '00' && rules.form === 'dialled') return { prefixes: [''] };
  const pattern = rules.arePatterns ? readPattern(text.replace(/^\+/, '')) : undefined;
  const list = pattern === undefined ? readList(text) : { start: prefixStart(text), digits: pattern.prefixes };
  if (list === undefined) return { problem: 'prefix-unclear' };
  const dialsOut = pattern !== undefined && list.start === 'abroad' ? 2 : 0;
  const bounds = { ...pattern };
  const prefixes: string[] = [];
  let longer = 0;
  for (const digits of list.digits) {
    const shown = digits.slice(dialsOut);
    const whole = countryCode === '' ? international(shown, list.start, rules.form, rules.home) : countryCode + shown;
    if (whole === undefined) return { problem: 'prefix-national' };
    if (whole.length > LONGEST_PREFIX) return { problem: 'prefix-unclear' };
    longer = whole.length - digits.length;
    prefixes.push(whole);
  }
  return {
    prefixes,
    ...(bounds.minimumDigits !== undefined && { minimumDigits: bounds.minimumDigits + longer }),
    ...(bounds.maximumDigits !== undefined && { maximumDigits: bounds.maximumDigits + longer }),
  };
}

/** How many digits more the normal number has than the dialled one that begins so. */
export function lengthChange(text: string, form: NumberForm, home: DeckHome): number {
  switch (prefixStart(text)) {
    case 'plus':
      return 0;
    case 'abroad':
      return -2;
    case 'national':
      return form === 'dialled' ? home.countryCode.length - home.trunkPrefix.length : 0;
    case 'bare':
      return form === 'dialled' ? home.countryCode.length : 0;
  }
}
