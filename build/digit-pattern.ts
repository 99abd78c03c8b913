/** Patterns of digits (groups, choices, classes, repeats) walked digit by digit: what may still follow is a pattern too. */

export type Pattern =
  | { readonly kind: 'end' }
  | { readonly kind: 'digits'; readonly allowed: string }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly options: readonly Pattern[] };

const END: Pattern = { kind: 'end' };

function sequence(parts: readonly Pattern[]): Pattern {
  const kept = parts.filter((part) => part.kind !== 'end');
  const [only] = kept;
  if (only === undefined) return END;
  return kept.length === 1 ? only : { kind: 'sequence', parts: kept };
}

function choice(options: readonly Pattern[]): Pattern {
  const [only] = options;
  return options.length === 1 && only !== undefined ? only : { kind: 'choice', options };
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  all(): Pattern {
    const found = this.#choice();
    if (this.#at !== this.#text.length) throw new Error(`cannot read ${this.#text} at ${this.#at}`);
    return found;
  }

  #choice(): Pattern {
    const options = [this.#sequence()];
    while (this.#text[this.#at] === '|') {
      this.#at += 1;
      options.push(this.#sequence());
    }
    return choice(options);
  }

  #sequence(): Pattern {
    const parts: Pattern[] = [];
    while (this.#at < this.#text.length && !'|)'.includes(this.#text[this.#at] ?? '')) {
      const atom = this.#atom();
      const [from, to] = this.#repeat();
      for (let n = 0; n < from; n += 1) parts.push(atom);
      let rest: Pattern = END;
      for (let n = from; n < to; n += 1) rest = choice([END, sequence([atom, rest])]);
      parts.push(rest);
    }
    return sequence(parts);
  }

  #atom(): Pattern {
    const rest = this.#text.slice(this.#at);
    if (rest.startsWith('(?:') || rest.startsWith('(')) {
      this.#at += rest.startsWith('(?:') ? 3 : 1;
      const inner = this.#choice();
      this.#at += 1;
      return inner;
    }
    const found = /^(\\d|\d|\[[\d-]+\])/.exec(rest)?.[0];
    if (found === undefined) throw new Error(`cannot read ${this.#text} at ${this.#at}`);
    this.#at += found.length;
    const allowed = [...'0123456789'].filter((digit) => new RegExp(`^${found}$`).test(digit)).join('');
    return { kind: 'digits', allowed };
  }

  #repeat(): readonly [from: number, to: number] {
    const found = /^(\?|\{(\d+)(?:,(\d+))?\})/.exec(this.#text.slice(this.#at));
    if (found === null) return [1, 1];
    this.#at += found[0].length;
    return found[0] === '?' ? [0, 1] : [Number(found[2]), Number(found[3] ?? found[2])];
  }
}

export function patternOf(text: string): Pattern {
  return new Reader(text).all();
}

function mayEnd(pattern: Pattern): boolean {
  if (pattern.kind === 'end') return true;
  if (pattern.kind === 'digits') return false;
  return pattern.kind === 'choice' ? pattern.options.some(mayEnd) : pattern.parts.every(mayEnd);
}

/** What may follow `digit`; undefined when the pattern cannot begin with it. */
export function step(pattern: Pattern, digit: string): Pattern | undefined {
  if (pattern.kind === 'end') return undefined;
  if (pattern.kind === 'digits') return pattern.allowed.includes(digit) ? END : undefined;
  if (pattern.kind === 'choice') {
    const found = pattern.options.flatMap((option) => step(option, digit) ?? []);
    return found.length === 0 ? undefined : choice(found);
  }
  const found: Pattern[] = [];
  for (const [at, part] of pattern.parts.entries()) {
    const rest = step(part, digit);
    if (rest !== undefined) found.push(sequence([rest, ...pattern.parts.slice(at + 1)]));
    if (!mayEnd(part)) break;
  }
  return found.length === 0 ? undefined : choice(found);
}
