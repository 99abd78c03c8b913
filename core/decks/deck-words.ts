/** Small cells: seconds, blocks, yes and no, directions, days, steps and volume prices as one text. */
import { foldText } from '../model/fold.ts';
import type { RateDirection, RateStep, VolumePrice } from '../rating/tariff.ts';

const UNIT_SECONDS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    '': 1,
    s: 1,
    sec: 1,
    giay: 1,
    m: 60,
    min: 60,
    phut: 60,
    h: 3600,
  }),
);

/** Whole seconds of `60`, `60s`, `1 min`, `00:01:00`. */
export function readSeconds(text: string): number | undefined {
  const clock = /^(\d{1,2}):(\d\d)(?::(\d\d))?$/.exec(text);
  if (clock !== null) {
    const [a, b] = [Number(clock[1]), Number(clock[2])];
    return clock[3] === undefined ? a * 60 + b : a * 3600 + b * 60 + Number(clock[3]);
  }
  const m = /^(\d{1,9})(?:[.,]0+)?\s*(\p{L}*)\.?$/u.exec(text);
  if (m === null) return undefined;
  const unit = UNIT_SECONDS.get(foldText(m[2] ?? ''));
  return unit === undefined ? undefined : Number(m[1]) * unit;
}

export interface Blocks {
  readonly initialSeconds: number;
  readonly incrementSeconds: number;
}

/** `60/6`, `6+1`, `60s/60s`; one number is both. */
export function readBlocks(text: string): Blocks | undefined {
  const parts = text.split(/\s*[/+;:-]\s*/);
  if (parts.length > 2) return undefined;
  const [initial, increment = initial] = parts.map((part) => readSeconds(part.trim()));
  if (initial === undefined || increment === undefined || increment < 1) return undefined;
  return { initialSeconds: initial, incrementSeconds: increment };
}

const YES: ReadonlySet<string> = new Set(['true', 'yes', 'y', '1', 'x', 'co', 'on']);
const NO: ReadonlySet<string> = new Set(['false', 'no', 'n', '0', 'khong', 'off']);

export function readFlag(text: string): boolean | undefined {
  const word = foldText(text);
  if (YES.has(word)) return true;
  return NO.has(word) ? false : undefined;
}

const DIRECTION_WORDS: Readonly<Record<RateDirection, readonly string[]>> = {
  outgoing: ['outgoing', 'outbound', 'out', 'goi di', 'di'],
  incoming: ['incoming', 'inbound', 'in', 'goi den', 'den'],
  internal: ['internal', 'noi bo'],
  tandem: ['tandem', 'transit', 'trung chuyen'],
};

/** Several directions may stand in one cell; `any` is no condition. */
export function readDirections(text: string): readonly RateDirection[] | undefined {
  const found: RateDirection[] = [];
  const words = foldText(text.replace(/[[\]"']/g, ''));
  if (['any', 'both', 'all', '*', 'hai chieu'].includes(words)) return [];
  for (const word of words.split(/\s*[,;|/]\s*/)) {
    const direction = (['outgoing', 'incoming', 'internal', 'tandem'] as const).find((name) =>
      DIRECTION_WORDS[name].includes(word),
    );
    if (direction === undefined) return undefined;
    found.push(direction);
  }
  return found;
}

const DAY_WORDS: readonly (readonly string[])[] = [
  ['1', 'mon', 'monday', 't2', 'thu 2', 'thu hai'],
  ['2', 'tue', 'tuesday', 't3', 'thu 3', 'thu ba'],
  ['3', 'wed', 'wednesday', 't4', 'thu 4', 'thu tu'],
  ['4', 'thu', 'thursday', 't5', 'thu 5', 'thu nam'],
  ['5', 'fri', 'friday', 't6', 'thu 6', 'thu sau'],
  ['6', 'sat', 'saturday', 't7', 'thu 7', 'thu bay'],
  ['7', 'sun', 'sunday', 'cn', 'chu nhat'],
];
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7] as const;

function dayOf(word: string): number | undefined {
  const at = DAY_WORDS.findIndex((words) => words.includes(word));
  return at < 0 ? undefined : at + 1;
}

/** ISO weekdays of `Mon-Fri`, `1;2;3`, `T2, T7`, `all`. */
export function readDays(text: string): readonly number[] | undefined {
  const words = foldText(text);
  if (['', '*', '*any', '*all', 'all', 'any', 'everyday', 'every day', 'moi ngay'].includes(words)) return EVERY_DAY;
  const days = new Set<number>();
  for (const part of words.split(/\s*[,;|&]\s*/)) {
    const [first, last] = part.split(/\s*[-–]\s*/).map(dayOf);
    if (first === undefined || (part.includes('-') && last === undefined)) return undefined;
    for (let day = first; ; day = (day % 7) + 1) {
      days.add(day);
      if (day === (last ?? first)) break;
    }
  }
  return [...days].sort((a, b) => a - b);
}

const DECIMAL = String.raw`\d+(?:\.\d+)?`;

/** `0:80/6/6 6:13.33/1/1`: from second, price, per seconds, increment. */
export function readSteps(text: string): readonly RateStep[] | undefined {
  const steps: RateStep[] = [];
  for (const part of text.trim().split(/[\s;]+/)) {
    const m = new RegExp(`^(\\d+):(${DECIMAL})/(\\d+)/(\\d+)$`).exec(part);
    if (m === null) return undefined;
    steps.push({
      fromSecond: Number(m[1]),
      price: m[2] ?? '',
      perSeconds: Number(m[3]),
      incrementSeconds: Number(m[4]),
    });
  }
  return steps;
}

export function writeSteps(steps: readonly RateStep[]): string {
  return steps
    .map(
      ({ fromSecond, price, perSeconds, incrementSeconds }) =>
        `${fromSecond}:${price}/${perSeconds}/${incrementSeconds}`,
    )
    .join(' ');
}

/** `3000000:500 6000000:450`: seconds of the month, price of a minute from there on. */
export function readVolumes(text: string): readonly VolumePrice[] | undefined {
  const prices: VolumePrice[] = [];
  for (const part of text.trim().split(/[\s;]+/)) {
    const m = new RegExp(`^(\\d+):(${DECIMAL})$`).exec(part);
    if (m === null) return undefined;
    prices.push({ fromMonthSeconds: Number(m[1]), ratePerMinute: m[2] ?? '' });
  }
  return prices;
}

export function writeVolumes(prices: readonly VolumePrice[]): string {
  return prices.map(({ fromMonthSeconds, ratePerMinute }) => `${fromMonthSeconds}:${ratePerMinute}`).join(' ');
}
