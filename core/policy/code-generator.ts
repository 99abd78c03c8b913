/**
 * New personal codes: each drawn uniformly from all that are still allowed. Never one that somebody would try first, never
 * within one slip of the keypad (a digit wrong, neighbours swapped) of another new code, of one that is or was in use, or
 * of an extension. Random numbers come from the caller.
 */
import { oneWrong, swapped } from '../attribution/slips.ts';
import { patternReasons } from './hygiene/weak-codes.ts';

export interface CodeRequest {
  readonly count: number;
  /** From `CODE_DIGITS_MIN` to `CODE_DIGITS_MAX` (core/model/code-finding.ts). */
  readonly digits: number;
  /** Some PBXs and all spreadsheets drop zeros in front. */
  readonly mayStartWithZero: boolean;
  /** Codes in use and retired ones, and extensions: nothing near them. A range holds numbers of one length. */
  readonly keepAwayFrom: readonly { readonly value: string; readonly lastValue: string | null }[];
  /** Not to be given, though near ones may be: employee numbers, codes that were dialled by mistake. */
  readonly refused: Iterable<string>;
  /** A whole number from 0 to below the limit, each as likely as the other. */
  readonly random: (limit: number) => number;
}

/** `fits`: so many codes of these digits could be made beside those that there are. */
export type CodeResult =
  | { readonly isDone: true; readonly codes: readonly string[] }
  | { readonly isDone: false; readonly fits: number };

export function generateCodes(request: CodeRequest): CodeResult {
  const drawn = drawCodes(request);
  if (drawn.length === request.count) return { isDone: true, codes: drawn };
  // Codes drawn one by one leave gaps too narrow for another; a check digit packs as many as there can be.
  const packed = packCodes(request);
  if (packed.length >= request.count) return { isDone: true, codes: packed.slice(0, request.count) };
  return { isDone: false, fits: Math.max(drawn.length, packed.length) };
}

/** Draws one after the other; fewer than asked for when nothing allowed is left. */
function drawCodes(request: CodeRequest): string[] {
  const { count, digits, random } = request;
  const space = new CodeSpace(request);
  const codes: string[] = [];
  const take = (number: number): void => {
    if (!space.isOpen(number)) return;
    const code = textOf(number, digits);
    space.closeAround(code);
    codes.push(code);
  };
  // Each miss makes the sweep below cheaper than going on.
  for (let misses = 0; codes.length < count && misses < MISSES_LIMIT; ) {
    const number = random(space.size);
    if (space.isOpen(number)) {
      take(number);
      misses = 0;
    } else {
      misses += 1;
    }
  }
  if (codes.length === count) return codes;
  for (const number of shuffled(space.openNumbers(), random)) {
    if (codes.length === count) break;
    take(number);
  }
  return codes;
}

const MISSES_LIMIT = 200;

/**
 * Codes whose last digit checks the others by a table in which no wrong digit and no swap stays unseen (H. M. Damm, 2004).
 * The digits are renamed at random, so that the rule is another one each time.
 */
function packCodes(request: CodeRequest): string[] {
  const { digits, random } = request;
  const space = new CodeSpace(request);
  const relabel = shuffled([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], random);
  const codes: string[] = [];
  const heads = 10 ** (digits - 1);
  const first = random(10);
  for (const head of shuffled(countTo(heads), random)) {
    const plain = textOf(head, digits - 1);
    let check = first;
    for (const digit of plain) check = DAMM[check]?.[Number(digit)] ?? 0;
    const code = [...plain, String(check)].map((digit) => String(relabel[Number(digit)])).join('');
    if (!space.isOpen(Number(code))) continue;
    codes.push(code);
    if (codes.length === request.count) break;
  }
  return codes;
}

/** Totally anti-symmetric: x*x = 0, and (c*x)*y = (c*y)*x only for x = y. */
const DAMM: readonly (readonly number[])[] = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/** Every number of the digits, with those marked that must not be given any more. One bit each. */
class CodeSpace {
  readonly size: number;
  readonly #digits: number;
  readonly #closed: Uint8Array;
  readonly #lowest: number;

  constructor({ digits, mayStartWithZero, keepAwayFrom, refused }: CodeRequest) {
    this.#digits = digits;
    this.size = 10 ** digits;
    this.#lowest = mayStartWithZero ? 0 : 10 ** (digits - 1);
    this.#closed = new Uint8Array(Math.ceil(this.size / 8));
    for (const { value, lastValue } of keepAwayFrom) {
      if (value.length !== digits || !/^\d+$/.test(value)) continue;
      const last = Number(lastValue ?? value);
      for (let number = Number(value); number <= last; number += 1) this.closeAround(textOf(number, digits));
    }
    for (const value of refused) if (value.length === digits && /^\d+$/.test(value)) this.#close(Number(value));
  }

  isOpen(number: number): boolean {
    if (number < this.#lowest || ((this.#closed[number >>> 3] ?? 0) & (1 << (number & 7))) !== 0) return false;
    if (patternReasons(textOf(number, this.#digits)).length === 0) return true;
    this.#close(number);
    return false;
  }

  /** The code itself and all that are one slip away. */
  closeAround(code: string): void {
    this.#close(Number(code));
    for (const slip of swapped(code)) this.#close(Number(slip));
    for (const slip of oneWrong(code)) this.#close(Number(slip));
  }

  openNumbers(): number[] {
    const open: number[] = [];
    for (let number = this.#lowest; number < this.size; number += 1) if (this.isOpen(number)) open.push(number);
    return open;
  }

  #close(number: number): void {
    const at = number >>> 3;
    this.#closed[at] = (this.#closed[at] ?? 0) | (1 << (number & 7));
  }
}

function textOf(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}

function countTo(limit: number): number[] {
  return Array.from({ length: limit }, (_, number) => number);
}

/** Fisher and Yates: every order is as likely as the other. */
function shuffled(items: number[], random: (limit: number) => number): number[] {
  for (let i = items.length - 1; i > 0; i -= 1) {
    const j = random(i + 1);
    [items[i], items[j]] = [items[j] ?? 0, items[i] ?? 0];
  }
  return items;
}
