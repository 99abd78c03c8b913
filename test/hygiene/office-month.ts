/**
 * A month of an office of 200 people at two sites, made by a seed, with the truth about every call and every planted case.
 * Everyday noise is in it too: mistypes, borrowed telephones, transfers, clocks that print whole minutes, journeys.
 */

import { callIdOf } from '../../core/model/call.ts';
import type { FindingKind } from '../../core/model/code-finding.ts';
import { ALWAYS_FROM, ALWAYS_TO, type DatedAssignment } from '../../core/model/people.ts';
import { localSecondsOfDay } from '../../core/model/time.ts';
import { generateCodes } from '../../core/policy/code-generator.ts';
import type { BookPerson, CodeBookRows } from '../../core/policy/hygiene/code-book.ts';
import type { CodedCall } from '../../core/policy/hygiene/coded-call.ts';
import { createRandom, type Random } from '../../core/simulator/random.ts';

export const FIRST_DAY = '2026-10-01';
export const TODAY = '2026-11-01';

const PEOPLE = 200;
/** The last twenty work at the second site. */
const AT_SECOND_SITE = 20;
const DIGITS = 5;
const RECEPTION = '100';
const WEAK_CODES = ['23456', '55555', '39393'] as const;
const WORKDAYS = [1, 2, 5, 6, 7, 8, 9, 12, 13, 14, 15, 16, 19, 20, 21, 22, 23, 26, 27, 28, 29, 30];

export interface Planted {
  readonly kind: FindingKind;
  /** A code or an extension; of a group of codes, one of them. */
  readonly subject: string;
}

export interface OfficeMonth {
  readonly rows: CodeBookRows;
  /** In the order in which they began. */
  readonly calls: readonly CodedCall[];
  readonly planted: readonly Planted[];
  /** Wrong codes after which the right one was dialled soon, and those after which it was not. */
  readonly redialled: readonly { readonly wrong: string; readonly meant: string }[];
  readonly givenUp: ReadonlySet<string>;
}

interface Worker {
  readonly id: number;
  readonly code: string;
  readonly extension: string;
  readonly sourceId: number;
}

export function at(day: number, clock: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  const midnight = localSecondsOfDay(`2026-10-${String(day).padStart(2, '0')}`);
  if (midnight === undefined) throw new Error(`no day ${day}`);
  return midnight + hours * 3600 + minutes * 60 + seconds;
}

class MonthMaker {
  readonly random: Random;
  readonly calls: CodedCall[] = [];
  readonly planted: Planted[] = [];
  readonly redialled: { wrong: string; meant: string }[] = [];
  readonly givenUp = new Set<string>();
  readonly assignments: DatedAssignment[] = [];
  readonly people: BookPerson[] = [];
  readonly workers: Worker[] = [];
  readonly #spare: string[];
  #offset = 0;

  constructor(seed: number) {
    this.random = createRandom(seed);
    const made = generateCodes({
      count: PEOPLE + 40,
      digits: DIGITS,
      mayStartWithZero: false,
      keepAwayFrom: WEAK_CODES.map((value) => ({ value, lastValue: null })),
      refused: [],
      random: (limit) => this.random.between(0, limit - 1),
    });
    if (!made.isDone) throw new Error('no codes');
    this.#spare = [...made.codes];
  }

  freshCode(): string {
    const code = this.#spare.pop();
    if (code === undefined) throw new Error('codes used up');
    return code;
  }

  plant(kind: FindingKind, subject: string): void {
    this.planted.push({ kind, subject });
  }

  assign(code: string, personId: number, more: Partial<DatedAssignment> = {}): void {
    this.assignments.push({
      kind: 'code',
      value: code,
      lastValue: null,
      personId,
      validFrom: '2026-01-01',
      validTo: ALWAYS_TO,
      ...more,
    });
  }

  hire(more: Partial<BookPerson> & { readonly code?: string; readonly dates?: Partial<DatedAssignment> } = {}): Worker {
    const { code = this.freshCode(), dates = {}, ...person } = more;
    const id = this.people.length + 1;
    const extension = String(100 + id);
    this.people.push({
      id,
      name: `Person ${id}`,
      employeeNumber: `NV${String(id).padStart(3, '0')}`,
      activeFrom: null,
      activeTo: null,
      ...person,
    });
    this.assign(code, id, dates);
    this.assignments.push({
      kind: 'extension',
      value: extension,
      lastValue: null,
      personId: id,
      validFrom: ALWAYS_FROM,
      validTo: ALWAYS_TO,
    });
    return { id, code, extension, sourceId: id > PEOPLE - AT_SECOND_SITE && id <= PEOPLE ? 2 : 1 };
  }

  call(
    worker: Pick<Worker, 'code' | 'extension' | 'sourceId'>,
    startS: number,
    more: Partial<CodedCall> = {},
  ): CodedCall {
    this.#offset += 80;
    const call: CodedCall = {
      id: callIdOf(worker.sourceId, this.#offset),
      sourceId: worker.sourceId,
      startLocalS: startS,
      utcOffsetMin: 420,
      talkSeconds: 20 + Math.floor(this.random.exponential(120)),
      extension: worker.extension,
      code: worker.code,
      isOutbound: true,
      isJoined: false,
      isTimeSure: true,
      ...more,
    };
    this.calls.push(call);
    return call;
  }

  /** One digit wrong, two swapped, or now and then one left out. */
  slip(code: string): string {
    const kind = this.random.next();
    const i = this.random.between(0, code.length - 2);
    if (kind < 0.2 && code[i] !== code[i + 1]) return `${code.slice(0, i)}${code[i + 1]}${code[i]}${code.slice(i + 2)}`;
    if (kind < 0.3) return code.slice(0, i) + code.slice(i + 1);
    const digit = (Number(code[i]) + this.random.between(1, 9)) % 10;
    return `${code.slice(0, i)}${digit}${code.slice(i + 1)}`;
  }

  /** A wrong code, given up quickly, and mostly the right one after it. */
  mistype(worker: Worker, startS: number, extension = worker.extension): void {
    const wrong = this.slip(worker.code);
    this.call({ ...worker, extension, code: wrong }, startS, { talkSeconds: 0 });
    if (this.random.chance(0.9)) {
      this.redialled.push({ wrong, meant: worker.code });
      this.call({ ...worker, extension }, startS + this.random.between(15, 120));
    } else {
      this.givenUp.add(wrong);
    }
  }
}

/** What everybody does all month: about five calls a day, 1.5 % mistypes, 4 % from somebody else's telephone. */
function everyday(maker: MonthMaker, workers: readonly Worker[]): void {
  const { random } = maker;
  for (const day of WORKDAYS) {
    for (const worker of workers) {
      let clock = 8 * 3600 + random.between(0, 3600);
      while (clock < 17 * 3600) {
        const startS = at(day, '00:00') + clock;
        const isAway = random.chance(0.04);
        const colleague = workers[random.between(0, workers.length - 1)];
        const extension = isAway && colleague?.sourceId === worker.sourceId ? colleague.extension : worker.extension;
        const talkSeconds = 20 + Math.floor(random.exponential(120));
        if (random.chance(0.015)) {
          maker.mistype(worker, startS, extension);
        } else if (random.chance(0.02)) {
          // Passed on to a colleague, who goes on talking while the caller makes the next call.
          maker.call({ ...worker, extension: '150' }, startS, { talkSeconds: 1500, isJoined: true });
        } else {
          // The PBX prints whole minutes, so the next call may seem to begin before this one ended.
          maker.call({ ...worker, extension }, startS - (startS % 60), { talkSeconds });
        }
        clock += talkSeconds + 90 + Math.floor(random.exponential(5400));
      }
    }
  }
}

function plantLapsed(maker: MonthMaker): void {
  const left = maker.hire({ activeTo: '2026-10-09' });
  maker.call({ ...left, extension: '120' }, at(15, '12:10'));
  maker.call({ ...left, extension: '120' }, at(16, '12:05'));
  maker.plant('leaver-code', left.code);
  maker.plant('open-leaver-code', left.code);

  const ended = maker.hire({ activeTo: '2026-09-30', dates: { validTo: '2026-10-01' } });
  maker.call({ ...ended, extension: '131' }, at(20, '18:40'));
  maker.plant('leaver-code', ended.code);

  const open = maker.hire({ activeTo: '2026-08-31' });
  maker.plant('open-leaver-code', open.code);

  const changed = maker.hire({ dates: { validTo: '2026-10-01' } });
  const newCode = maker.freshCode();
  maker.assign(newCode, changed.id, { validFrom: '2026-10-01' });
  for (const day of WORKDAYS) maker.call({ ...changed, code: newCode }, at(day, '09:30'));
  maker.call({ ...changed, extension: '177' }, at(28, '19:20'));
  maker.plant('withdrawn-code', changed.code);

  const habit = maker.hire({ dates: { validTo: '2026-10-05' } });
  const habitNew = maker.freshCode();
  maker.assign(habitNew, habit.id, { validFrom: '2026-10-05' });
  maker.call(habit, at(2, '10:00'));
  maker.call(habit, at(6, '10:00'));
  for (const day of WORKDAYS.slice(4)) maker.call({ ...habit, code: habitNew }, at(day, '11:30'));
  maker.plant('withdrawn-code', habit.code);

  const coming = maker.hire({ activeFrom: '2026-11-01', dates: { validFrom: '2026-11-01' } });
  maker.call({ ...coming, extension: '118' }, at(22, '15:00'));
  maker.plant('early-code', coming.code);
}

function plantElsewhere(maker: MonthMaker): void {
  const twice = maker.hire();
  maker.call(twice, at(13, '10:00'), { talkSeconds: 900 });
  maker.call({ ...twice, extension: '144' }, at(13, '10:04'), { talkSeconds: 300 });
  maker.plant('two-telephones', twice.code);

  const travels = maker.hire();
  maker.call(travels, at(14, '10:00'), { talkSeconds: 60 });
  maker.call({ ...travels, sourceId: 2 }, at(14, '10:06'), { talkSeconds: 60 });
  maker.plant('two-places', travels.code);

  // A real journey: an hour and a half between the sites.
  const driver = maker.hire();
  for (const day of WORKDAYS) {
    maker.call(driver, at(day, '09:00'), { talkSeconds: 120 });
    maker.call({ ...driver, sourceId: 2 }, at(day, '10:30'), { talkSeconds: 120 });
  }

  const shared = maker.hire();
  for (let i = 0; i < 9; i += 1) {
    maker.call({ ...shared, extension: String(160 + i) }, at(21, '09:00') + i * 1500, { talkSeconds: 200 });
  }
  maker.plant('many-telephones', shared.code);
}

function plantWrong(maker: MonthMaker, workers: readonly Worker[]): void {
  const { random } = maker;
  const start = at(17, '22:10');
  for (let i = 0; i < 12; i += 1) {
    maker.call({ code: random.digits(DIGITS), extension: '199', sourceId: 1 }, start + i * 40, { talkSeconds: 0 });
  }
  const victim = workers[50];
  if (victim === undefined) throw new Error('nobody at 50');
  maker.call({ ...victim, extension: '199' }, start + 12 * 40, { talkSeconds: 2400 });
  maker.plant('guessing', '199');

  for (const day of [5, 7, 9, 13, 20, 27]) {
    maker.call({ code: '7777', extension: '133', sourceId: 1 }, at(day, '16:20'), { talkSeconds: 200 });
  }
  maker.plant('unknown-code', '7777');

  // A worn keypad in the reception: every fourth try goes wrong, whoever calls.
  for (const day of WORKDAYS) {
    for (let i = 0; i < 6; i += 1) {
      const guest = workers[random.between(0, 150)];
      if (guest === undefined) continue;
      const startS = at(day, '19:00') + i * 1800;
      if (i % 4 === 3) maker.mistype(guest, startS, RECEPTION);
      else maker.call({ ...guest, extension: RECEPTION }, startS);
    }
  }
  maker.plant('mistyping-telephone', RECEPTION);

  const clumsy = maker.hire();
  for (const day of WORKDAYS) {
    maker.call(clumsy, at(day, '09:10'));
    maker.call(clumsy, at(day, '11:10'));
    if (day % 2 === 0) maker.mistype(clumsy, at(day, '14:10'));
  }
  maker.plant('mistyped-code', clumsy.code);
}

function plantStanding(maker: MonthMaker): void {
  const unused = maker.hire();
  maker.plant('never-used', unused.code);
  const own = String(100 + maker.people.length + 1);
  for (const [code, kind] of [[own, 'weak-code'], ...WEAK_CODES.map((code) => [code, 'weak-code'] as const)] as const) {
    const weak = maker.hire({ code });
    for (const day of WORKDAYS) maker.call(weak, at(day, '10:15'));
    maker.plant(kind, code);
  }
  const one = maker.hire();
  const other = maker.hire({ code: `${one.code.slice(0, 4)}${(Number(one.code[4]) + 3) % 10}` });
  for (const worker of [one, other]) for (const day of WORKDAYS) maker.call(worker, at(day, '13:45'));
  maker.plant('near-codes', other.code);
}

export function makeOfficeMonth(seed: number): OfficeMonth {
  const maker = new MonthMaker(seed);
  const workers = Array.from({ length: PEOPLE }, () => maker.hire());
  everyday(maker, workers);
  plantLapsed(maker);
  plantElsewhere(maker);
  plantWrong(maker, workers);
  plantStanding(maker);
  return {
    rows: { people: maker.people, memberships: [], assignments: maker.assignments },
    calls: maker.calls.sort((a, b) => a.startLocalS - b.startLocalS || a.id - b.id),
    planted: maker.planted,
    redialled: maker.redialled,
    givenUp: maker.givenUp,
  };
}
