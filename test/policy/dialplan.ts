/**
 * Enough of Asterisk to follow a call through a dialplan fragment: contexts, the most exact pattern, labels, variables,
 * expressions and the applications that code rules are made of. Whatever it does not know is an error, so that a typing
 * mistake in a generated plan is one.
 */
interface Step {
  readonly application: string;
  readonly argument: string;
  readonly label: string | undefined;
}
type Context = Map<string, Step[]>;
export type Dialplan = ReadonlyMap<string, Context>;

const LINE = /^(?:exten => ([^,]+),1|\s*same => n(?:\((\w+)\))?),(\w+)\((.*)\)$/;
const APPLICATIONS = new Set([
  'Set',
  'Goto',
  'GotoIf',
  'GotoIfTime',
  'Gosub',
  'Return',
  'Authenticate',
  'Playback',
  'Hangup',
  'Dial',
]);

/** Throws on every line that is no comment, heading or step of a known application with balanced brackets. */
export function readDialplan(text: string): Dialplan {
  const contexts = new Map<string, Context>();
  let context: Context | undefined;
  let steps: Step[] | undefined;
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith(';')) continue;
    const heading = /^\[([\w-]+)\]$/.exec(line)?.[1];
    if (heading !== undefined) {
      if (contexts.has(heading)) throw new Error(`context ${heading} twice`);
      context = new Map();
      contexts.set(heading, context);
      steps = undefined;
      continue;
    }
    const match = LINE.exec(line);
    const [, exten, label, application = '', argument = ''] = match ?? [];
    if (context === undefined || !APPLICATIONS.has(application) || !isBalanced(argument)) {
      throw new Error(`no step of a dialplan: ${line}`);
    }
    if (exten !== undefined) {
      if (context.has(exten)) throw new Error(`extension ${exten} twice`);
      steps = [];
      context.set(exten, steps);
    }
    if (steps === undefined) throw new Error(`nothing before: ${line}`);
    steps.push({ application, argument, label });
  }
  return contexts;
}

function isBalanced(text: string): boolean {
  const closing: Record<string, string> = { '(': ')', '[': ']', '{': '}' };
  const open: string[] = [];
  for (const character of text) {
    if (closing[character] !== undefined) open.push(closing[character]);
    else if (')]}'.includes(character) && open.pop() !== character) return false;
  }
  return open.length === 0 && (text.match(/"/g)?.length ?? 0) % 2 === 0;
}

/** One entry a digit: how many digits fit there; undefined: any number of them from here. */
function placesOf(pattern: string): readonly (ReadonlySet<string> | '.' | '!')[] {
  const places: (ReadonlySet<string> | '.' | '!')[] = [];
  for (const part of pattern.match(/\[[^\]]+\]|./g) ?? []) {
    if (part === '.' || part === '!') places.push(part);
    else if (part === 'X') places.push(new Set('0123456789'));
    else if (part.startsWith('[')) places.push(new Set(expanded(part.slice(1, -1))));
    else places.push(new Set(part));
  }
  return places;
}

function expanded(text: string): string {
  return text.replace(/(\d)-(\d)/g, (_, from: string, to: string) =>
    Array.from({ length: Number(to) - Number(from) + 1 }, (_one, i) => Number(from) + i).join(''),
  );
}

/** How many digits fit at each place; undefined where the extension does not. */
function exactness(exten: string, dialled: string): readonly number[] | undefined {
  if (!exten.startsWith('_')) return exten === dialled ? [...dialled].map(() => 1) : undefined;
  const places = placesOf(exten.slice(1));
  const sizes: number[] = [];
  for (const [i, place] of places.entries()) {
    if (place === '!') return [...sizes, 100];
    const character = dialled[i];
    if (character === undefined) return undefined;
    if (place === '.') return [...sizes, 99];
    if (!place.has(character)) return undefined;
    sizes.push(place.size);
  }
  return places.length === dialled.length ? sizes : undefined;
}

function isMoreExact(a: readonly number[], b: readonly number[]): boolean {
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0];
    if (x !== y) return x < y;
  }
  return false;
}

export function findExten(context: Context, dialled: string): string | undefined {
  let best: { readonly exten: string; readonly sizes: readonly number[] } | undefined;
  for (const exten of context.keys()) {
    const sizes = exactness(exten, dialled);
    if (sizes !== undefined && (best === undefined || isMoreExact(sizes, best.sizes))) best = { exten, sizes };
  }
  return best?.exten;
}

export interface DialplanCall {
  readonly dialled: string;
  readonly callerId: string;
  /** What is keyed when a code is asked for. */
  readonly code: string | undefined;
  readonly minuteOfDay: number;
  /** `mon` to `sun`. */
  readonly weekday: string;
  /** The value of a key of AstDB; undefined: there is none. */
  readonly database: (path: string) => string | undefined;
  /** The lines of a file of codes. */
  readonly file: (path: string) => readonly string[];
}

export interface DialplanResult {
  /** The number sent to the outside line; undefined: the call was refused. */
  readonly sent: string | undefined;
  readonly accountCode: string;
  readonly wasAsked: boolean;
}

interface Frame {
  context: string;
  exten: string;
  dialled: string;
  place: number;
}

class Run {
  readonly #plan: Dialplan;
  readonly #call: DialplanCall;
  readonly #variables = new Map<string, string>();
  readonly #returns: Frame[] = [];
  #frame: Frame;
  #accountCode = '';
  #wasAsked = false;

  constructor(plan: Dialplan, call: DialplanCall) {
    this.#plan = plan;
    this.#call = call;
    this.#frame = this.#place('tollbook-outside', call.dialled);
  }

  result(): DialplanResult {
    for (let steps = 0; steps < 10_000; steps += 1) {
      const step = this.#steps()[this.#frame.place];
      if (step === undefined) throw new Error(`the plan ends in ${this.#frame.context}, ${this.#frame.exten}`);
      this.#frame.place += 1;
      const sent = this.#do(step, this.#replaced(step.argument));
      if (sent !== undefined) {
        return { sent: sent === '' ? undefined : sent, accountCode: this.#accountCode, wasAsked: this.#wasAsked };
      }
    }
    throw new Error('the plan goes round and round');
  }

  #steps(): readonly Step[] {
    return this.#plan.get(this.#frame.context)?.get(this.#frame.exten) ?? [];
  }

  #place(context: string, dialled: string): Frame {
    const found = this.#plan.get(context);
    const exten = found === undefined ? undefined : findExten(found, dialled);
    if (exten === undefined) throw new Error(`nothing for ${dialled} in ${context}`);
    return { context, exten, dialled, place: 0 };
  }

  /** The number of a call that went out; empty: it was refused; undefined: it goes on. */
  #do({ application }: Step, argument: string): string | undefined {
    switch (application) {
      case 'Set': {
        const [name = '', value = ''] = argument.split(/=(.*)/s);
        this.#variables.set(name, value);
        return undefined;
      }
      case 'Goto':
        return this.#goTo(argument);
      case 'GotoIf': {
        const [condition = '', target = ''] = argument.split('?');
        return condition === '0' || condition === '' ? undefined : this.#goTo(target);
      }
      case 'GotoIfTime': {
        const [times = '', target = ''] = argument.split('?');
        return this.#isTime(times) ? this.#goTo(target) : undefined;
      }
      case 'Gosub': {
        const [context = '', dialled = ''] = argument.split(',');
        this.#returns.push(this.#frame);
        this.#frame = this.#place(context, dialled);
        return undefined;
      }
      case 'Return': {
        const back = this.#returns.pop();
        if (back === undefined) throw new Error('a return from nowhere');
        this.#variables.set('GOSUB_RETVAL', argument);
        this.#frame = back;
        return undefined;
      }
      case 'Authenticate':
        return this.#authenticate(argument);
      case 'Hangup':
        return '';
      case 'Dial':
        return argument;
      default:
        return undefined;
    }
  }

  #goTo(target: string): undefined {
    const parts = target.split(',');
    if (parts.length === 1) {
      const place = this.#steps().findIndex(({ label }) => label === target);
      if (place < 0 && target !== '1') throw new Error(`no label ${target} in ${this.#frame.context}`);
      this.#frame.place = Math.max(place, 0);
      return undefined;
    }
    const [context = '', dialled = ''] = parts.length === 2 ? [this.#frame.context, parts[0]] : parts;
    this.#frame = this.#place(context, dialled);
    return undefined;
  }

  #authenticate(argument: string): '' | undefined {
    const [place = '', options = ''] = argument.split(',');
    this.#wasAsked = true;
    const { code, database, file } = this.#call;
    const isKnown = options.includes('d')
      ? code !== undefined && database(`${place.slice(1)}/${code}`) !== undefined
      : code !== undefined && file(place).includes(code);
    if (!isKnown || code === undefined) return '';
    if (options.includes('a')) this.#accountCode = code;
    return undefined;
  }

  #isTime(text: string): boolean {
    const [times = '', days = '', dates, months] = text.split(',');
    if (dates !== '*' || months !== '*') throw new Error(`no times: ${text}`);
    const minutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
    const [from = '', to = ''] = times.split('-');
    const { minuteOfDay, weekday } = this.#call;
    const isHour = times === '*' || (minuteOfDay >= minutes(from) && minuteOfDay <= minutes(to));
    return isHour && days.split('&').includes(weekday);
  }

  /** Innermost first, then the expression around. */
  #replaced(text: string): string {
    let done = text;
    for (let i = 0; i < 100 && done.includes('${'); i += 1) {
      done = done.replace(/\$\{([^${}]*)\}/, (_, name: string) => this.#value(name));
    }
    return done.replace(/\$\[(.*)\]/, (_, expression: string) => evaluate(expression));
  }

  #value(name: string): string {
    const exten = /^EXTEN(?::(\d+))?$/.exec(name);
    if (exten !== null) return this.#frame.dialled.slice(Number(exten[1] ?? 0));
    const filtered = /^FILTER\(([^,]+),(.*)\)$/.exec(name);
    if (filtered !== null) {
      const allowed = new RegExp(`[^${filtered[1]?.replaceAll('*', '\\*')}]`, 'g');
      return (filtered[2] ?? '').replace(allowed, '');
    }
    const length = /^LEN\((.*)\)$/.exec(name);
    if (length !== null) return String(length[1]?.length);
    const stored = /^DB\((.*)\)$/.exec(name);
    if (stored !== null) return this.#call.database(stored[1] ?? '') ?? '';
    if (name === 'CALLERID(num)') return this.#call.callerId;
    if (name === 'CHANNEL(accountcode)') return this.#accountCode;
    if (!/^[A-Z_]+$/.test(name)) throw new Error(`no variable: ${name}`);
    return this.#variables.get(name) ?? '';
  }
}

/** Comparisons joined by `&`, as Asterisk evaluates them; numbers where both sides are. */
function evaluate(expression: string): string {
  const results = expression.split(' & ').map((comparison) => {
    const match = /^(".*?"|\d+) (=~|=|>=|<=) (".*?"|\d+)$/.exec(comparison);
    if (match === null) throw new Error(`no comparison: ${comparison}`);
    const [, left = '', operator, right = ''] = match;
    if (operator === '=~') return new RegExp(right.slice(1, -1)).test(left.slice(1, -1));
    if (operator === '=') return left.startsWith('"') ? left === right : Number(left) === Number(right);
    return operator === '>=' ? Number(left) >= Number(right) : Number(left) <= Number(right);
  });
  return results.every(Boolean) ? '1' : '0';
}

export function follow(plan: Dialplan, call: DialplanCall): DialplanResult {
  return new Run(plan, call).result();
}
