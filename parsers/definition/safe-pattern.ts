/**
 * Patterns written by people run on every line that any source sends, so none may take long, whatever the line is.
 * JavaScript's patterns try choices one after the other: a choice that the next character does not decide ("free")
 * multiplies the work. This reads a pattern and bounds that product for a line of `NOMINAL_LINE` characters; a pattern
 * above `MOST_WORK` is refused, and so is one with parts this reader does not know (back-references, looking around).
 *
 * Work of a part: a free `*` or `+` costs the line's length, a free `{0,3}` four, alternatives that begin alike their
 * number. A repeated group must be decided by its next character altogether; otherwise its work is exponential.
 */

export type PatternProblem = 'too-long' | 'not-a-pattern' | 'not-allowed' | 'too-slow';

export const LONGEST_PATTERN = 500;
const NOMINAL_LINE = 1024;
const MOST_WORK = 64 * NOMINAL_LINE;
const MOST_REPEATS = 1000;

/** Set of character codes below 256; the last place stands for all others. */
type Chars = Uint8Array;
const SIZE = 257;
const charsOf = (test: (code: number) => boolean, others: boolean): Chars => {
  const set = new Uint8Array(SIZE);
  for (let code = 0; code < SIZE - 1; code++) set[code] = Number(test(code));
  set[SIZE - 1] = Number(others);
  return set;
};
const union = (a: Chars, b: Chars): Chars => a.map((has, at) => has | (b[at] ?? 0));
const areDisjoint = (a: Chars, b: Chars): boolean => a.every((has, at) => has === 0 || b[at] === 0);
const NONE = charsOf(() => false, false);
const ANY = charsOf((code) => code !== 10 && code !== 13, true);

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isWord = (code: number): boolean => /\w/.test(String.fromCharCode(code));
const isSpace = (code: number): boolean => /\s/.test(String.fromCharCode(code));

type Node =
  | { readonly kind: 'chars'; readonly chars: Chars }
  | { readonly kind: 'begin' | 'nothing' }
  | { readonly kind: 'sequence'; readonly parts: readonly Node[] }
  | { readonly kind: 'choice'; readonly branches: readonly Node[] }
  | { readonly kind: 'repeat'; readonly part: Node; readonly least: number; readonly most: number };

class Refusal extends Error {
  readonly problem: PatternProblem;
  constructor(problem: PatternProblem) {
    super(problem);
    this.problem = problem;
  }
}

/** Reads the pattern; JavaScript has accepted it before, so only what is allowed is looked at. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Node {
    const node = this.#choice();
    if (this.#at < this.#text.length) throw new Refusal('not-allowed');
    return node;
  }

  #choice(): Node {
    const branches = [this.#sequence()];
    while (this.#take('|')) branches.push(this.#sequence());
    const [only] = branches;
    return branches.length === 1 && only !== undefined ? only : { kind: 'choice', branches };
  }

  #sequence(): Node {
    const parts: Node[] = [];
    while (this.#at < this.#text.length && this.#next() !== '|' && this.#next() !== ')') parts.push(this.#repeated());
    return { kind: 'sequence', parts };
  }

  #repeated(): Node {
    const part = this.#atom();
    const m = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(this.#text.slice(this.#at));
    if (m === null) return part;
    this.#at += m[0].length;
    const [, sign, least = '0', comma, most = ''] = m;
    if (sign !== undefined) {
      return { kind: 'repeat', part, least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Number.POSITIVE_INFINITY };
    }
    const upTo = comma === '' ? Number(least) : most === '' ? Number.POSITIVE_INFINITY : Number(most);
    if (Number(least) > MOST_REPEATS || (Number.isFinite(upTo) && upTo > MOST_REPEATS)) throw new Refusal('too-slow');
    return { kind: 'repeat', part, least: Number(least), most: upTo };
  }

  #atom(): Node {
    if (this.#take('^')) return { kind: 'begin' };
    if (this.#take('$') || this.#take('\\b')) return { kind: 'nothing' };
    if (this.#take('(')) return this.#group();
    if (this.#take('[')) return { kind: 'chars', chars: this.#set() };
    if (this.#take('.')) return { kind: 'chars', chars: ANY };
    return { kind: 'chars', chars: this.#single(false) };
  }

  #group(): Node {
    if (this.#take('?')) {
      const name = /^(?::|<[A-Za-z_]\w*>)/.exec(this.#text.slice(this.#at));
      if (name === null) throw new Refusal('not-allowed');
      this.#at += name[0].length;
    }
    const node = this.#choice();
    if (!this.#take(')')) throw new Refusal('not-a-pattern');
    return node;
  }

  #set(): Chars {
    const isNot = this.#take('^');
    let chars = NONE;
    while (this.#next() !== ']') {
      if (this.#at >= this.#text.length) throw new Refusal('not-a-pattern');
      const from = this.#single(true);
      if (this.#next() !== '-' || this.#text[this.#at + 1] === ']') {
        chars = union(chars, from);
        continue;
      }
      this.#at += 1;
      const to = this.#single(true);
      const [low, high] = [from.indexOf(1), to.lastIndexOf(1)];
      chars = union(
        chars,
        charsOf((code) => code >= low && code <= high, high === SIZE - 1),
      );
    }
    this.#at += 1;
    // Letters beyond 255 are one class: a set without some of them is taken to hold all of them.
    return isNot ? charsOf((code) => chars[code] === 0, true) : chars;
  }

  #single(isInSet: boolean): Chars {
    const char = this.#text[this.#at] ?? '';
    this.#at += 1;
    if (char !== '\\') {
      const point = this.#text.codePointAt(this.#at - 1) ?? 0;
      if (point > 0xffff) this.#at += 1;
      return charsOf((code) => code === point, point > 255);
    }
    const letter = this.#text[this.#at] ?? '';
    this.#at += 1;
    switch (letter) {
      case 'd':
        return charsOf(isDigit, false);
      case 'D':
        return charsOf((code) => !isDigit(code), true);
      case 'w':
        return charsOf(isWord, false);
      case 'W':
        return charsOf((code) => !isWord(code), true);
      case 's':
        return charsOf(isSpace, false);
      case 'S':
        return charsOf((code) => !isSpace(code), true);
      case 't':
        return charsOf((code) => code === 9, false);
      case 'p': {
        const name = /^\{[A-Za-z=_]+\}/.exec(this.#text.slice(this.#at));
        if (name === null) throw new Refusal('not-allowed');
        this.#at += name[0].length;
        const letters = new RegExp(`\\p${name[0]}`, 'u');
        return charsOf((code) => letters.test(String.fromCharCode(code)), true);
      }
      default:
        if (/[A-Za-z0-9]/.test(letter) && !(isInSet && letter === 'b')) throw new Refusal('not-allowed');
        return charsOf((code) => code === letter.charCodeAt(0), false);
    }
  }

  #next(): string | undefined {
    return this.#text[this.#at];
  }

  #take(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }
}

interface Measured {
  /** What the part may begin with; with what follows where it may be empty. */
  readonly first: Chars;
  readonly work: number;
}

/** `follow`: what may come after the part; all zeros when nothing is asked of what follows. */
function measure(node: Node, follow: Chars): Measured {
  switch (node.kind) {
    case 'begin':
    case 'nothing':
      return { first: follow, work: 1 };
    case 'chars':
      return { first: node.chars, work: 1 };
    case 'sequence': {
      let first = follow;
      let work = 1;
      for (const part of node.parts.toReversed()) {
        const measured = measure(part, first);
        first = measured.first;
        work *= measured.work;
      }
      return { first, work };
    }
    case 'choice': {
      const measured = node.branches.map((branch) => measure(branch, follow));
      const isDecided = measured.every((one, at) =>
        measured.slice(at + 1).every((other) => areDisjoint(one.first, other.first)),
      );
      const works = measured.map(({ work }) => work);
      return {
        first: measured.map((one) => one.first).reduce(union, NONE),
        work: isDecided ? Math.max(...works) : works.reduce((sum, work) => sum + work, 0),
      };
    }
    case 'repeat': {
      const { part, least, most } = node;
      const begin = measure(part, NONE).first;
      const inside = measure(part, union(follow, begin));
      const isFree = least !== most && !areDisjoint(begin, follow);
      const first = least === 0 ? union(begin, follow) : begin;
      const times = most === Number.POSITIVE_INFINITY ? NOMINAL_LINE : most - least + 1;
      if (most <= 1) return { first, work: inside.work * (isFree ? 2 : 1) };
      if (inside.work > 1 || mayBeEmpty(part)) {
        if (most === Number.POSITIVE_INFINITY) throw new Refusal('too-slow');
        return { first, work: inside.work ** most * (isFree ? times : 1) };
      }
      return { first, work: isFree ? times : 1 };
    }
  }
}

function mayBeEmpty(node: Node): boolean {
  switch (node.kind) {
    case 'begin':
    case 'nothing':
      return true;
    case 'chars':
      return false;
    case 'sequence':
      return node.parts.every(mayBeEmpty);
    case 'choice':
      return node.branches.some(mayBeEmpty);
    case 'repeat':
      return node.least === 0 || mayBeEmpty(node.part);
  }
}

/** Tried at the begin of the line only. */
function isAnchored(node: Node): boolean {
  switch (node.kind) {
    case 'begin':
      return true;
    case 'sequence': {
      const [first] = node.parts;
      return first !== undefined && isAnchored(first);
    }
    case 'choice':
      return node.branches.every(isAnchored);
    case 'chars':
    case 'nothing':
    case 'repeat':
      return false;
  }
}

/** Why a pattern may not be used; undefined when it may. `isWhole`: it is held against the whole line. */
export function patternProblem(text: string, isWhole = false): PatternProblem | undefined {
  if (text.length > LONGEST_PATTERN) return 'too-long';
  try {
    new RegExp(text, 'u');
  } catch {
    return 'not-a-pattern';
  }
  try {
    const node = new Reader(text).read();
    const { work } = measure(node, NONE);
    return work * (isWhole || isAnchored(node) ? 1 : NOMINAL_LINE) > MOST_WORK ? 'too-slow' : undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.problem;
    throw error;
  }
}

/** Names of the groups, in order. */
export function groupsOf(pattern: string): readonly string[] {
  return [...pattern.matchAll(/\(\?<([A-Za-z_]\w*)>/g)].map((m) => m[1] ?? '');
}
