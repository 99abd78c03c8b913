/**
 * How far a table of call records is read. Rows do not become visible in the order of their keys: a longer transaction
 * shows its row after the next one's. So each look begins a little before the highest key, and the rows of that stretch
 * are remembered by their content. A row is new when it is there more often than it was taken.
 */
import { createHash } from 'node:crypto';

/** Looked at again on every turn: keys, seconds. */
const OVERLAP_KEYS = 500;
const OVERLAP_SECONDS = 600;
/** Where keys are plain texts nothing can be counted back. */
const MOST_REMEMBERED = 5000;
const TIME = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)?(.*)$/;
/** Asterisk's uniqueid: seconds since 1970, then a running number. */
const UNIQUE_ID = /^(\d{9,10})\.\d+$/;
const HASH_CHARACTERS = 16;

interface SavedPosition {
  readonly key: string;
  /** Hash, key and how often. */
  readonly taken: readonly (readonly [string, string, number])[];
}

interface Taken {
  readonly key: string;
  count: number;
}

export class TablePosition {
  #key: string | undefined;
  #isNumeric = false;
  readonly #taken = new Map<string, Taken>();

  /** `saved`: what `save` gave. */
  constructor(saved?: string) {
    if (saved === undefined || saved === '') return;
    const { key, taken } = JSON.parse(saved) as SavedPosition;
    this.#key = key;
    for (const [hash, at, count] of taken) this.#taken.set(hash, { key: at, count });
  }

  /** Begins behind this key: what is there already is not wanted. */
  static behind(key: string): TablePosition {
    const position = new TablePosition();
    position.#key = key;
    return position;
  }

  get isNew(): boolean {
    return this.#key === undefined;
  }

  set isNumeric(isNumeric: boolean) {
    this.#isNumeric = isNumeric;
  }

  /** From which key the next look begins. */
  get from(): string | undefined {
    return this.#key === undefined ? undefined : before(this.#key, this.#isNumeric);
  }

  /** The rows of a page that were not taken yet; they count as taken now. */
  take(rows: readonly { readonly key: string; readonly line: string }[]): readonly string[] {
    const here = new Map<string, number>();
    const lines: string[] = [];
    for (const { key, line } of rows) {
      const hash = createHash('sha256').update(line).digest('base64').slice(0, HASH_CHARACTERS);
      const count = (here.get(hash) ?? 0) + 1;
      here.set(hash, count);
      const taken = this.#taken.get(hash);
      if (taken !== undefined && taken.count >= count) continue;
      if (taken === undefined) this.#taken.set(hash, { key, count });
      else taken.count = count;
      lines.push(line);
    }
    const last = rows.at(-1)?.key;
    if (last !== undefined && (this.#key === undefined || isAfter(last, this.#key, this.#isNumeric))) this.#key = last;
    this.#forget();
    return lines;
  }

  save(): string {
    if (this.#key === undefined) return '';
    const taken = [...this.#taken].map(([hash, { key, count }]): [string, string, number] => [hash, key, count]);
    return JSON.stringify({ key: this.#key, taken } satisfies SavedPosition);
  }

  /** Rows before the stretch that is looked at again never come again. */
  #forget(): void {
    const from = this.from;
    if (from === undefined) return;
    for (const [hash, { key }] of this.#taken) {
      if (isAfter(from, key, this.#isNumeric)) this.#taken.delete(hash);
    }
    for (const hash of this.#taken.keys()) {
      if (this.#taken.size <= MOST_REMEMBERED) return;
      this.#taken.delete(hash);
    }
  }
}

function isAfter(a: string, b: string, isNumeric: boolean): boolean {
  return isNumeric ? Number(a) > Number(b) : a > b;
}

/** A little before this key, in the form that the key has. */
function before(key: string, isNumeric: boolean): string {
  if (isNumeric) return /^\d+$/.test(key) ? String(Math.max(0, Number(key) - OVERLAP_KEYS)) : key;
  const [, day, time, zone] = TIME.exec(key) ?? [];
  if (day !== undefined && time !== undefined) {
    const ms = Date.parse(`${day}T${time}Z`) - OVERLAP_SECONDS * 1000;
    return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')}${zone ?? ''}`;
  }
  const [, seconds] = UNIQUE_ID.exec(key) ?? [];
  return seconds === undefined ? key : String(Number(seconds) - OVERLAP_SECONDS);
}
