/**
 * The layout of the plan files (plan/vietnam.json, plan/world.json) and their check. A file from the data folder may be
 * newer than the program, or damaged: what does not hold is named, and nothing of such a file is used.
 */
import type { LocalDay } from '../model/time.ts';
import { isNumberKind, type NumberKind } from './number-kind.ts';
import type { PlaceName } from './place-name.ts';

/** Files of another layout are for another version of the program. */
export const PLAN_LAYOUT = 1;

/** Holds from `from` on and until the day before `to`; open where absent. */
export interface Dated {
  readonly from?: LocalDay;
  readonly to?: LocalDay;
}

export interface VietnamAreaRow extends PlaceName {
  readonly code: string;
  /** Absent where the code did not change. */
  readonly oldCode?: string;
  /** Which of the three changes of 2017, counted from 1. */
  readonly phase?: number;
  readonly subscriberDigits?: number;
}

/** From this day the areas are one province: local to each other, and called by its name. */
export interface ProvinceRow extends PlaceName {
  readonly from: LocalDay;
  readonly areas: string;
}

export interface RangeRow extends Dated {
  readonly prefixes: string;
  /** Digits of the whole number without the 0, several possible. */
  readonly digits: string;
  readonly kind: NumberKind;
  readonly operator?: string;
  readonly en?: string;
  readonly vi?: string;
  /** The prefix that stands for each of `prefixes` in a number's present form. */
  readonly becomes?: string;
  /** Stated by one source only, or by common use. */
  readonly isUnsure?: boolean;
}

export interface VietnamFile {
  readonly plan: 'vietnam';
  readonly layout: number;
  readonly version: LocalDay;
  readonly phases: readonly { readonly from: LocalDay; readonly to: LocalDay }[];
  /** First digits of subscriber numbers, behind the present and behind the old area codes. */
  readonly subscriberFirst: string;
  readonly oldSubscriberFirst: string;
  readonly areas: readonly VietnamAreaRow[];
  readonly provinces: readonly ProvinceRow[];
  /** Whose landlines begin with that digit, by the rule of 2008. */
  readonly fixedOperators: readonly { readonly first: string; readonly operator: string }[];
  readonly national: readonly RangeRow[];
  readonly services: readonly RangeRow[];
  /** First digits of short numbers that no list names. */
  readonly shortNumberFirst: string;
  readonly carriers: readonly { readonly code: string; readonly operator: string; readonly isUnsure?: boolean }[];
}

export interface WorldCodeRow {
  readonly code: string;
  /** ISO 3166 code of the main country, or `+881` for a code of no country. */
  readonly region: string;
  readonly trunkPrefix: string;
  readonly internationalPrefixes: readonly string[];
  /** Digits behind the calling code. */
  readonly shortest: number;
  readonly longest: number;
  /** `GB:mobile` to prefixes behind the calling code. */
  readonly ranges: Readonly<Record<string, string>>;
}

export interface WorldFile {
  readonly plan: 'world';
  readonly layout: number;
  readonly version: LocalDay;
  readonly names: Readonly<Record<string, PlaceName>>;
  /** Countries of one calling code that a country calls at home prices. */
  readonly domestic: Readonly<Record<string, string>>;
  readonly codes: readonly WorldCodeRow[];
}

/** `path` is where in the file, `problem` a stable word. */
export interface PlanProblem {
  readonly path: string;
  readonly problem: 'missing' | 'wrong' | 'twice' | 'unknown-kind' | 'other-layout' | 'no-name' | 'not-known';
}

type Fields = Readonly<Record<string, unknown>>;

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
/** Some countries' lists go past the 15 digits of E.164. */
const MOST_DIGITS = 20;
const DIGITS = /^\d+$/;
const DIGIT_LISTS = /^\d+( \d+)*$/;
const PREFIX_LISTS = /^(\d+( \d+)*)?$/;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

class Checker {
  readonly problems: PlanProblem[] = [];

  fail(path: string, problem: PlanProblem['problem']): void {
    this.problems.push({ path, problem });
  }

  text(fields: Fields, key: string, path: string, pattern: RegExp, isNeeded = true): void {
    const value = fields[key];
    if (value === undefined) {
      if (isNeeded) this.fail(`${path}.${key}`, 'missing');
    } else if (typeof value !== 'string' || !pattern.test(value)) this.fail(`${path}.${key}`, 'wrong');
  }

  count(fields: Fields, key: string, path: string, isNeeded = true): void {
    const value = fields[key];
    if (value === undefined) {
      if (isNeeded) this.fail(`${path}.${key}`, 'missing');
    } else if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > MOST_DIGITS)
      this.fail(`${path}.${key}`, 'wrong');
  }

  rows(fields: Fields, key: string, check: (row: Fields, path: string) => void): void {
    const value = fields[key];
    if (!Array.isArray(value) || value.length === 0) this.fail(key, 'missing');
    else {
      value.forEach((row: unknown, at) => {
        if (isFields(row)) check(row, `${key}[${at}]`);
        else this.fail(`${key}[${at}]`, 'wrong');
      });
    }
  }

  record(fields: Fields, key: string, check: (value: unknown, name: string, path: string) => void): void {
    const value = fields[key];
    if (!isFields(value)) this.fail(key, 'missing');
    else for (const [name, inner] of Object.entries(value)) check(inner, name, `${key}.${name}`);
  }

  name(fields: Fields, path: string, isNeeded = true): void {
    this.text(fields, 'en', path, /\S/, isNeeded);
    this.text(fields, 'vi', path, /\S/, isNeeded);
  }

  dated(fields: Fields, path: string): void {
    this.text(fields, 'from', path, DAY, false);
    this.text(fields, 'to', path, DAY, false);
  }

  head(fields: Fields, plan: string): void {
    if (fields['plan'] !== plan) this.fail('plan', 'wrong');
    if (fields['layout'] !== PLAN_LAYOUT) this.fail('layout', 'other-layout');
    this.text(fields, 'version', '', DAY);
  }

  range(row: Fields, path: string): void {
    this.text(row, 'prefixes', path, DIGIT_LISTS);
    this.text(row, 'digits', path, DIGIT_LISTS);
    this.text(row, 'operator', path, /\S/, false);
    this.text(row, 'becomes', path, DIGITS, false);
    this.dated(row, path);
    const kind = row['kind'];
    if (typeof kind !== 'string' || !isNumberKind(kind)) this.fail(`${path}.kind`, 'unknown-kind');
    this.name(row, path, kind !== 'mobile');
  }
}

function checkVietnam(checker: Checker, file: Fields): void {
  checker.head(file, 'vietnam');
  checker.rows(file, 'phases', (row, path) => {
    checker.text(row, 'from', path, DAY);
    checker.text(row, 'to', path, DAY);
  });
  for (const key of ['subscriberFirst', 'oldSubscriberFirst', 'shortNumberFirst']) checker.text(file, key, '', DIGITS);
  const phases: unknown = file['phases'];
  const phaseCount = Array.isArray(phases) ? phases.length : 0;
  const codes = new Set<unknown>();
  checker.rows(file, 'areas', (row, path) => {
    checker.text(row, 'code', path, DIGITS);
    checker.text(row, 'oldCode', path, DIGITS, false);
    checker.count(row, 'phase', path, row['oldCode'] !== undefined);
    checker.count(row, 'subscriberDigits', path, false);
    checker.name(row, path);
    if (Number(row['phase'] ?? 1) > phaseCount) checker.fail(`${path}.phase`, 'not-known');
    if (codes.has(row['code'])) checker.fail(`${path}.code`, 'twice');
    codes.add(row['code']);
  });
  checker.rows(file, 'provinces', (row, path) => {
    checker.text(row, 'from', path, DAY);
    checker.text(row, 'areas', path, DIGIT_LISTS);
    checker.name(row, path);
    const areas = typeof row['areas'] === 'string' ? row['areas'].split(' ') : [];
    if (areas.some((area) => !codes.has(area))) checker.fail(`${path}.areas`, 'not-known');
  });
  checker.rows(file, 'fixedOperators', (row, path) => {
    checker.text(row, 'first', path, /^\d$/);
    checker.text(row, 'operator', path, /\S/);
  });
  checker.rows(file, 'carriers', (row, path) => {
    checker.text(row, 'code', path, DIGITS);
    checker.text(row, 'operator', path, /\S/);
  });
  checker.rows(file, 'national', (row, path) => checker.range(row, path));
  checker.rows(file, 'services', (row, path) => checker.range(row, path));
}

function checkWorld(checker: Checker, file: Fields): void {
  checker.head(file, 'world');
  const names = new Set<string>();
  checker.record(file, 'names', (value, name, path) => {
    names.add(name);
    if (isFields(value)) checker.name(value, path);
    else checker.fail(path, 'wrong');
  });
  checker.record(file, 'domestic', (value, _name, path) => {
    if (typeof value !== 'string') checker.fail(path, 'wrong');
  });
  const codes = new Set<unknown>();
  checker.rows(file, 'codes', (row, path) => {
    checker.text(row, 'code', path, DIGITS);
    checker.text(row, 'trunkPrefix', path, /^\d*$/);
    checker.count(row, 'shortest', path);
    checker.count(row, 'longest', path);
    if (codes.has(row['code'])) checker.fail(`${path}.code`, 'twice');
    codes.add(row['code']);
    const prefixes: unknown = row['internationalPrefixes'];
    if (!Array.isArray(prefixes) || prefixes.some((item) => typeof item !== 'string' || !DIGITS.test(item)))
      checker.fail(`${path}.internationalPrefixes`, 'wrong');
    if (typeof row['region'] !== 'string' || !names.has(row['region'])) checker.fail(`${path}.region`, 'no-name');
    checkRanges(checker, row, path, names);
  });
}

function checkRanges(checker: Checker, row: Fields, path: string, names: ReadonlySet<string>): void {
  const taken = new Set<string>();
  const ranges = row['ranges'];
  if (!isFields(ranges)) {
    checker.fail(`${path}.ranges`, 'missing');
    return;
  }
  for (const [label, prefixes] of Object.entries(ranges)) {
    const [region = '', kind = ''] = label.split(':');
    if (!names.has(region)) checker.fail(`${path}.ranges.${label}`, 'no-name');
    if (!isNumberKind(kind)) checker.fail(`${path}.ranges.${label}`, 'unknown-kind');
    if (typeof prefixes !== 'string' || !PREFIX_LISTS.test(prefixes)) checker.fail(`${path}.ranges.${label}`, 'wrong');
    else
      for (const prefix of prefixes.split(' ')) {
        if (taken.has(prefix)) checker.fail(`${path}.ranges.${label}`, 'twice');
        taken.add(prefix);
      }
  }
}

type Checked<T> = { readonly file: T } | { readonly problems: readonly PlanProblem[] };

function checked<T>(value: unknown, check: (checker: Checker, file: Fields) => void, isWhole: (v: unknown) => v is T) {
  const checker = new Checker();
  if (isFields(value)) check(checker, value);
  else checker.fail('', 'wrong');
  const result: Checked<T> =
    checker.problems.length === 0 && isWhole(value) ? { file: value } : { problems: checker.problems };
  return result;
}

export function checkVietnamFile(value: unknown): Checked<VietnamFile> {
  return checked(value, checkVietnam, (whole): whole is VietnamFile => isFields(whole));
}

export function checkWorldFile(value: unknown): Checked<WorldFile> {
  return checked(value, checkWorld, (whole): whole is WorldFile => isFields(whole));
}
