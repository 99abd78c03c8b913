/**
 * An ordinary office of 200 people, day after day: busy and quiet people, overtime, a few nights and Sundays, redialling,
 * conferences of hours, customer care with many short calls, month ends, campaigns, leave, new colleagues, holidays, banks
 * and taxis at premium numbers, telephones forwarded to mobiles, and now and then a country nobody called before.
 */
import type { WatchedCall } from '../../core/model/alert.ts';
import type { Band, CallDirection } from '../../core/model/call.ts';
import { amountMicro } from '../../core/model/money.ts';
import { DAY_S, isoWeekday, type OfficeCalendar } from '../../core/model/office-calendar.ts';
import { localDayOf, localSecondsOfDay } from '../../core/model/time.ts';
import { createRandom, type Random } from '../../core/simulator/random.ts';

export interface YearCall extends WatchedCall {
  readonly personId: number;
}

export function dayNumber(text: string): number {
  const seconds = localSecondsOfDay(text);
  if (seconds === undefined) throw new Error(`not a day: ${text}`);
  return seconds / DAY_S;
}

const days = (from: string, count: number): number[] => Array.from({ length: count }, (_, i) => dayNumber(from) + i);

/** Việt Nam's public holidays of 2025. */
export const HOLIDAYS: ReadonlySet<number> = new Set([
  dayNumber('2025-01-01'),
  ...days('2025-01-25', 9),
  dayNumber('2025-04-07'),
  ...days('2025-04-30', 2),
  ...days('2025-09-01', 2),
]);

export const CALENDAR: OfficeCalendar = {
  opensAtS: 8 * 3600,
  closesAtS: 17.5 * 3600,
  weekdays: new Set([1, 2, 3, 4, 5, 6]),
  holidays: HOLIDAYS,
};

export const FIRST_DAY = dayNumber('2025-01-01');
export const YEAR_DAYS = 365;
const PEOPLE = 200;
const CARE = 12;

interface Worker {
  readonly id: number;
  readonly extension: string;
  /** Outgoing calls of an ordinary day. */
  readonly calls: number;
  readonly isCare: boolean;
  readonly startsOn: number;
  readonly leave: ReadonlySet<number>;
}

const COUNTRIES: readonly string[] = [
  ...['SG', 'JP', 'KR', 'CN', 'TW', 'US', 'TH', 'DE', 'MY', 'HK', 'AU', 'GB', 'FR', 'IN', 'ID', 'NL', 'LA', 'KH'],
  ...[
    'PH',
    'IT',
    'CA',
    'CH',
    'RU',
    'AE',
    'ES',
    'BE',
    'DK',
    'SE',
    'NZ',
    'PL',
    'CZ',
    'TR',
    'BR',
    'MX',
    'ZA',
    'IL',
    'FI',
    'NO',
  ],
];

/** Đồng a second. */
const PRICES: Readonly<Partial<Record<Band, number>>> = {
  local: 2,
  national: 14,
  mobile: 14,
  international: 60,
  premium: 50,
  service: 3,
};

function workersOf(random: Random): readonly Worker[] {
  return Array.from({ length: PEOPLE }, (_, i): Worker => {
    const isCare = i < CARE;
    const firstLeave = FIRST_DAY + random.between(20, 330);
    return {
      id: i + 1,
      extension: String(1001 + i),
      calls: isCare ? 30 : Math.max(0.3, random.exponential(5)),
      isCare,
      startsOn: random.chance(0.1) ? FIRST_DAY + random.between(30, 320) : FIRST_DAY,
      leave: new Set(Array.from({ length: random.between(5, 12) }, (__, day) => firstLeave + day)),
    };
  });
}

function poisson(random: Random, mean: number): number {
  let count = 0;
  for (let time = random.exponential(1); time < mean; time += random.exponential(1)) count += 1;
  return count;
}

function talkSeconds(random: Random, isCare: boolean, band: Band): number {
  // Nobody holds a conference with a hotline.
  if (band === 'premium' || band === 'free' || band === 'service')
    return Math.min(2700, 1 + Math.floor(random.exponential(240)));
  if (random.chance(0.003)) return random.between(3600, 10_500);
  if (isCare && random.chance(0.3)) return random.between(2, 10);
  return Math.min(5400, 1 + Math.floor(random.exponential(random.chance(0.15) ? 600 : 110)));
}

function countryOf(random: Random): string {
  // Few countries are called often, many hardly ever.
  const place = Math.floor(COUNTRIES.length * random.next() ** 3.2);
  return COUNTRIES[place] ?? 'SG';
}

interface Dialled {
  readonly band: Band;
  readonly number: string;
  readonly country: string | null;
}

function dialledNumber(random: Random, abroad: number): Dialled {
  const kind = random.next();
  const home = (band: Band, number: string): Dialled => ({ band, number, country: null });
  if (kind < abroad) {
    const country = countryOf(random);
    return { band: 'international', number: `${country}${random.digits(7)}`, country };
  }
  if (kind < 0.35) return home('local', `8424${random.between(30_000_000, 39_999_999)}`);
  if (kind < 0.84) return home('mobile', `849${random.digits(8)}`);
  if (kind < 0.93) return home('national', `8428${random.between(38_000_000, 38_999_999)}`);
  if (kind < 0.95) return home('premium', `841900${random.digits(4)}`);
  return home(kind < 0.98 ? 'free' : 'service', `841800${random.digits(4)}`);
}

export class OfficeYear {
  readonly #random: Random;
  readonly #workers: readonly Worker[];
  readonly #campaign: number;
  #offset = 0;

  constructor(seed: number) {
    this.#random = createRandom(seed);
    this.#workers = workersOf(this.#random);
    this.#campaign = FIRST_DAY + this.#random.between(60, 300);
  }

  worker(index: number): { readonly id: number; readonly extension: string } {
    const worker = this.#workers[index];
    if (worker === undefined) throw new Error(`no worker ${index}`);
    return worker;
  }

  /** A call that takes the next place in the order of the records. */
  call(call: Omit<YearCall, 'id' | 'chargeMicro' | 'currency' | 'trunk'>): YearCall {
    this.#offset += 120;
    const price = call.direction === 'incoming' ? undefined : PRICES[call.band];
    const isPaid = price !== undefined && call.isAnswered === true;
    return {
      ...call,
      id: this.#offset,
      trunk: '01',
      chargeMicro: isPaid ? amountMicro(BigInt(price * call.talkSeconds) * 1_000_000n) : null,
      currency: isPaid ? 'VND' : null,
    };
  }

  /** Ordinary calls of a day, in the order in which they end. */
  day(day: number, planted: readonly YearCall[] = []): readonly YearCall[] {
    const calls = [...this.#outgoing(day), ...this.#incoming(day), ...this.#forwarded(day), ...planted];
    return calls.sort((a, b) => a.startLocalS + a.talkSeconds - b.startLocalS - b.talkSeconds);
  }

  #isHoliday(day: number): boolean {
    return HOLIDAYS.has(day) || isoWeekday(day) === 7;
  }

  #activity(day: number): number {
    if (this.#isHoliday(day)) return 0.01;
    const ofMonth = Number(localDayOf(day * DAY_S).slice(8));
    const monthEnd = ofMonth >= 27 ? 1.25 : 1;
    return (isoWeekday(day) === 6 ? 0.4 : 1) * monthEnd * (0.85 + 0.3 * this.#random.next());
  }

  #moment(day: number): number {
    const random = this.#random;
    const start = day * DAY_S;
    if (this.#isHoliday(day)) return start + random.between(9 * 3600, 18 * 3600);
    const kind = random.next();
    if (kind < 0.002) return start + random.between(20.5 * 3600, 24 * 3600 - 1);
    if (kind < 0.04) return start + random.between(17.5 * 3600, 20.5 * 3600);
    if (kind < 0.05) return start + random.between(6.5 * 3600, 8 * 3600);
    return start + random.between(8 * 3600, 17.5 * 3600);
  }

  *#outgoing(day: number): Generator<YearCall> {
    const random = this.#random;
    const activity = this.#activity(day);
    for (const worker of this.#workers) {
      if (day < worker.startsOn || worker.leave.has(day)) continue;
      const campaign = worker.isCare && day >= this.#campaign && day < this.#campaign + 14 ? 1.6 : 1;
      const count = poisson(random, worker.calls * activity * campaign);
      for (let i = 0; i < count; i += 1) yield* this.#dialled(worker, this.#moment(day));
    }
  }

  *#dialled(worker: Worker, startLocalS: number): Generator<YearCall> {
    const random = this.#random;
    const dialled = dialledNumber(random, worker.isCare ? 0.005 : 0.06);
    const base = {
      direction: 'outgoing' as CallDirection,
      extension: worker.extension,
      personId: worker.id,
      ...dialled,
    };
    if (random.chance(0.03)) {
      const tries = random.between(2, 7);
      for (let i = 0; i < tries; i += 1) {
        yield this.call({ ...base, startLocalS: startLocalS + i * 90, isAnswered: false, talkSeconds: 0 });
      }
    }
    const isAnswered = random.chance(0.88);
    yield this.call({
      ...base,
      startLocalS: startLocalS + 700,
      isAnswered,
      talkSeconds: isAnswered ? talkSeconds(random, worker.isCare, dialled.band) : 0,
    });
  }

  *#incoming(day: number): Generator<YearCall> {
    const random = this.#random;
    const count = poisson(random, 500 * this.#activity(day));
    for (let i = 0; i < count; i += 1) {
      const taker = this.worker(random.between(0, PEOPLE - 1));
      const isAnswered = random.chance(0.78);
      yield this.call({
        direction: 'incoming',
        startLocalS: this.#moment(day),
        isAnswered,
        talkSeconds: isAnswered ? talkSeconds(random, false, 'incoming') : 0,
        extension: taker.extension,
        personId: taker.id,
        number: `849${random.digits(8)}`,
        band: 'incoming',
        country: null,
      });
    }
  }

  *#forwarded(day: number): Generator<YearCall> {
    const random = this.#random;
    const make = (startLocalS: number): YearCall =>
      this.call({
        direction: 'tandem',
        startLocalS,
        isAnswered: true,
        talkSeconds: talkSeconds(random, false, 'mobile'),
        extension: null,
        personId: 0,
        number: `849${random.digits(8)}`,
        band: 'mobile',
        country: null,
      });
    const count = poisson(random, 6 * this.#activity(day));
    for (let i = 0; i < count; i += 1) yield make(this.#moment(day));
    if (random.chance(0.15)) yield make(day * DAY_S + 22 * 3600 + random.between(0, 3600));
  }
}
