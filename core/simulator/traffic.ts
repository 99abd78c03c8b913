/**
 * The calls of the simulated office, with the truth about each: who really made it, how long it really took, and what
 * the telephone company would charge. Prices are the ones of the default deck, worked out here by plain integer
 * arithmetic of its own, so that the truth does not come from the code it is to check.
 */
import type { Office, OfficePerson } from './office.ts';
import { createRandom, type Random } from './random.ts';

export interface SimulatedCall {
  readonly serial: number;
  /** Seconds on the office's wall clock (as if UTC) at which the telephone was lifted or began to ring. */
  readonly startLocalSeconds: number;
  readonly ringSeconds: number;
  readonly talkSeconds: number;
  readonly isAnswered: boolean;
  readonly direction: 'outgoing' | 'incoming' | 'internal';
  /** Telephone used, whoever used it. */
  readonly extension: string;
  readonly trunk: string;
  /** As dialled or, for an incoming call, the caller. */
  readonly outsideNumber: string;
  readonly insideNumber: string;
  readonly codeDialled: string;
  /** The person to be booked; empty where nobody can be (a wrong code). */
  readonly person: string;
  /** Who is booked where the records carry no code; empty where the telephone is nobody's. */
  readonly extensionOwner: string;
  /** Whole đồng; undefined where the call costs nothing. */
  readonly charge: number | undefined;
  /** Another extension takes the outside line over for the last part of the talk. */
  readonly transfer: { readonly extension: string; readonly talkSeconds: number } | undefined;
}

interface Destination {
  readonly weight: number;
  readonly prefix: RegExp;
  /** Price a minute in tenths of a đồng. */
  readonly tenthsPerMinute: number;
  readonly initialSeconds: number;
  readonly incrementSeconds: number;
  number(random: Random): string;
}

const destinations: readonly Destination[] = [
  {
    weight: 30,
    prefix: /^024/,
    tenthsPerMinute: 1320,
    initialSeconds: 60,
    incrementSeconds: 60,
    number: (r) => `024${r.between(30000000, 39999999)}`,
  },
  {
    weight: 34,
    prefix: /^09[678]/,
    tenthsPerMinute: 7898,
    initialSeconds: 6,
    incrementSeconds: 1,
    number: (r) => `09${r.pick(['6', '7', '8'])}${r.digits(7)}`,
  },
  {
    weight: 18,
    prefix: /^09[14]/,
    tenthsPerMinute: 9801,
    initialSeconds: 6,
    incrementSeconds: 1,
    number: (r) => `09${r.pick(['1', '4'])}${r.digits(7)}`,
  },
  {
    weight: 9,
    prefix: /^028/,
    tenthsPerMinute: 9801,
    initialSeconds: 6,
    incrementSeconds: 1,
    number: (r) => `028${r.between(38000000, 38999999)}`,
  },
  {
    weight: 3,
    prefix: /^1800/,
    tenthsPerMinute: 0,
    initialSeconds: 1,
    incrementSeconds: 1,
    number: (r) => `1800${r.digits(4)}`,
  },
];

const abroad: Destination = {
  weight: 6,
  prefix: /^00/,
  tenthsPerMinute: 36000,
  initialSeconds: 6,
  incrementSeconds: 1,
  number: (r) => `00${r.pick(['65', '81', '82', '86', '44'])}${r.between(2, 9)}${r.digits(8)}`,
};

/** What the telephone company's bill would say, rounded half up to the đồng; undefined for a call it does not bill. */
function billOf(destination: Destination, talkSeconds: number): number {
  const { initialSeconds, incrementSeconds, tenthsPerMinute } = destination;
  const rest = Math.max(0, talkSeconds - initialSeconds);
  const billedSeconds = initialSeconds + Math.ceil(rest / incrementSeconds) * incrementSeconds;
  return Math.floor((billedSeconds * tenthsPerMinute + 300) / 600);
}

/** The bill for so many seconds to a number that this office dials, for records that count longer than the talk. */
export function chargeFor(outsideNumber: string, talkSeconds: number): number | undefined {
  const destination = [...destinations, abroad].find((d) => d.prefix.test(outsideNumber));
  return destination === undefined ? undefined : billOf(destination, talkSeconds);
}

function pickDestination(random: Random): Destination {
  const all = [...destinations, abroad];
  let left = random.next() * all.reduce((sum, d) => sum + d.weight, 0);
  for (const d of all) {
    left -= d.weight;
    if (left < 0) return d;
  }
  return abroad;
}

/** One digit of the code dialled wrong; codes are two digits apart, so this is never another person's. */
function mistype(random: Random, code: string): string {
  const at = random.between(0, code.length - 1);
  const digit = (Number(code[at]) + random.between(1, 9)) % 10;
  return `${code.slice(0, at)}${digit}${code.slice(at + 1)}`;
}

function talkTime(random: Random): number {
  return Math.min(5400, 1 + Math.floor(random.exponential(random.chance(0.15) ? 600 : 110)));
}

function otherExtension(random: Random, office: Office, not: string): string {
  const found = random.pick(office.people).extension;
  return found === not ? (office.people.find((p) => p.extension !== not)?.extension ?? not) : found;
}

interface Moment {
  readonly serial: number;
  readonly startLocalSeconds: number;
  /** Free at this moment; left unused by an internal call. */
  readonly trunk: string;
}

function outgoingCall(random: Random, office: Office, moment: Moment): SimulatedCall {
  const caller: OfficePerson = random.pick(office.people);
  const destination = pickDestination(random);
  const isAnswered = random.chance(0.88);
  const talkSeconds = isAnswered ? talkTime(random) : 0;
  const extension = random.chance(0.35) ? random.pick(office.people).extension : caller.extension;
  const kind = random.next();
  const isWrong = kind < 0.05;
  const hasNoCode = kind >= 0.05 && kind < 0.13;
  const ownerOfExtension = office.people.find((p) => p.extension === extension)?.name ?? '';
  const mayTransfer = isAnswered && talkSeconds > 40 && random.chance(0.04);
  return {
    ...moment,
    direction: 'outgoing',
    isAnswered,
    talkSeconds,
    ringSeconds: random.between(2, 25),
    extension,
    outsideNumber: destination.number(random),
    insideNumber: '',
    codeDialled: isWrong ? mistype(random, caller.code) : hasNoCode ? '' : caller.code,
    person: isWrong ? '' : hasNoCode ? ownerOfExtension : caller.name,
    extensionOwner: ownerOfExtension,
    charge: isAnswered ? billOf(destination, talkSeconds) : undefined,
    transfer: mayTransfer
      ? { extension: otherExtension(random, office, extension), talkSeconds: random.between(10, talkSeconds - 20) }
      : undefined,
  };
}

function incomingCall(random: Random, office: Office, moment: Moment): SimulatedCall {
  const taker = random.pick(office.people);
  const isAnswered = random.chance(0.78);
  return {
    ...moment,
    direction: 'incoming',
    isAnswered,
    talkSeconds: isAnswered ? talkTime(random) : 0,
    ringSeconds: random.between(2, 40),
    extension: taker.extension,
    outsideNumber: `09${random.digits(8)}`,
    insideNumber: '',
    codeDialled: '',
    person: taker.name,
    extensionOwner: taker.name,
    charge: undefined,
    transfer: undefined,
  };
}

function internalCall(random: Random, office: Office, moment: Moment): SimulatedCall {
  const caller = random.pick(office.people);
  return {
    ...moment,
    direction: 'internal',
    isAnswered: true,
    talkSeconds: Math.min(900, talkTime(random)),
    ringSeconds: random.between(1, 12),
    extension: caller.extension,
    trunk: '',
    outsideNumber: '',
    insideNumber: otherExtension(random, office, caller.extension),
    codeDialled: '',
    person: caller.name,
    extensionOwner: caller.name,
    charge: undefined,
    transfer: undefined,
  };
}

const OPENS_AT = 8 * 3600;
const CLOSES_AT = 17.5 * 3600;

/** Moves a moment outside office hours (Monday to Friday, Saturday morning) to the next opening. */
function intoOfficeHours(localSeconds: number): number {
  for (let at = localSeconds; ; ) {
    const day = Math.floor(at / 86400);
    const second = at - day * 86400;
    // 1970-01-01 was a Thursday: 0 = Sunday.
    const weekday = (day + 4) % 7;
    const closes = weekday === 6 ? 12 * 3600 : CLOSES_AT;
    if (weekday !== 0 && second < closes) return Math.max(at, day * 86400 + OPENS_AT);
    at = (day + 1) * 86400 + OPENS_AT;
  }
}

export interface TrafficOptions {
  readonly seed: number;
  readonly count: number;
  /** The first call does not start before this moment of the office's wall clock. */
  readonly fromLocalSeconds: number;
  readonly meanSecondsBetweenCalls: number;
  /** False: calls at any hour, as the live demo wants. */
  readonly isOfficeHoursOnly: boolean;
}

/** Which outside line is free when. A line carries one call at a time, and rests a little after each. */
class TrunkPool {
  readonly #freeAt: Map<string, number>;

  constructor(trunks: readonly string[]) {
    this.#freeAt = new Map(trunks.map((trunk) => [trunk, Number.NEGATIVE_INFINITY]));
  }

  /** A random free line, and the moment itself; when all are busy, the first to become free and that moment. */
  take(random: Random, at: number): { readonly trunk: string; readonly at: number } {
    const entries = [...this.#freeAt];
    const free = entries.filter(([, freeAt]) => freeAt <= at).map(([trunk]) => trunk);
    const [first, ...rest] = free;
    if (first !== undefined) return { trunk: random.pick([first, ...rest]), at };
    const [trunk, freeAt] = entries.reduce((a, b) => (b[1] < a[1] ? b : a));
    return { trunk, at: freeAt };
  }

  occupy(call: SimulatedCall): void {
    if (call.trunk === '') return;
    this.#freeAt.set(call.trunk, call.startLocalSeconds + call.ringSeconds + call.talkSeconds + LINE_REST_SECONDS);
  }
}

/** Records print whole minutes: two calls of one line must not seem to touch. */
const LINE_REST_SECONDS = 120;

/** Calls in the order they start: about three in five go out, a quarter come in, the rest are internal. */
export function* simulateTraffic(office: Office, options: TrafficOptions): Generator<SimulatedCall> {
  const random = createRandom(options.seed ^ 0x5eed);
  const trunks = new TrunkPool(office.trunks);
  let at = options.fromLocalSeconds;
  for (let serial = 1; serial <= options.count; serial += 1) {
    at += random.exponential(options.meanSecondsBetweenCalls);
    if (options.isOfficeHoursOnly) at = intoOfficeHours(at);
    const line = trunks.take(random, at);
    at = line.at;
    const moment = { serial, startLocalSeconds: Math.floor(at), trunk: line.trunk };
    const kind = random.next();
    const make = kind < 0.6 ? outgoingCall : kind < 0.85 ? incomingCall : internalCall;
    const call = make(random, office, moment);
    trunks.occupy(call);
    yield call;
  }
}
