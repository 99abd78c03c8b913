/** The default rules over years of an ordinary office, and over the same office with a fraud planted in it. */
import { describe, expect, test } from 'vitest';
import type { AlertKind } from '../../core/model/alert.ts';
import { DAY_S } from '../../core/model/office-calendar.ts';
import { dayNumber, FIRST_DAY, OfficeYear, YEAR_DAYS, type YearCall } from './office-year.ts';
import { Watching } from './watching.ts';

const SEEDS = [1, 3] as const;
const MINUTE_S = 60;
const HOUR_S = 3600;

describe('a year of an ordinary office of 200 people', () => {
  test.each(SEEDS)(
    'raises no more than one false alarm a month (seed %i)',
    (seed) => {
      const office = new OfficeYear(seed);
      const watching = new Watching();
      let calls = 0;
      for (let day = FIRST_DAY; day < FIRST_DAY + YEAR_DAYS; day += 1) {
        const today = office.day(day);
        calls += today.length;
        watching.day(day, today);
        if (day % 30 === 0) watching.state.restart();
      }
      expect(calls).toBeGreaterThan(400_000);
      const months = new Map<number, string[]>();
      for (const [key, { atLocalS }] of watching.told) {
        const month = Math.floor((atLocalS / DAY_S - FIRST_DAY) / 31);
        months.set(month, [...(months.get(month) ?? []), key]);
      }
      expect([...months.values()].filter((keys) => keys.length > 1)).toEqual([]);
      expect(watching.told.size).toBeLessThanOrEqual(4);
    },
    120_000,
  );
});

/** A fraud on one or several days; the days before it are ordinary. */
interface Plot {
  readonly name: string;
  readonly kind: AlertKind;
  /** The whole case is told at the latest so many seconds after its first call began. */
  readonly withinS: number;
  readonly days: number;
  readonly plant: (office: OfficeYear, day: number) => readonly YearCall[];
}

/** A Wednesday after three months. */
const FRAUD_DAY = dayNumber('2025-04-16');

type Part = Partial<Omit<YearCall, 'id'>>;

function planted(office: OfficeYear, day: number, at: number, count: number, everyS: number, part: Part): YearCall[] {
  const worker = office.worker(60);
  return Array.from({ length: count }, (_, i) =>
    office.call({
      direction: 'outgoing',
      startLocalS: day * DAY_S + at + i * everyS,
      isAnswered: true,
      talkSeconds: 120,
      extension: worker.extension,
      personId: worker.id,
      number: `53${String(1_000_000 + i)}`,
      band: 'international',
      country: 'SG',
      ...part,
    }),
  );
}

const PLOTS: readonly Plot[] = [
  {
    name: 'forty calls abroad in one night from a telephone that was broken into',
    kind: 'night-international',
    withinS: 15 * MINUTE_S,
    days: 1,
    plant: (office, day) => planted(office, day, 2 * HOUR_S, 40, 200, { country: 'CN' }),
  },
  {
    name: 'calls abroad on a Sunday from many telephones in turn',
    kind: 'night-international',
    withinS: 2 * HOUR_S,
    days: 1,
    plant: (office, day) =>
      Array.from({ length: 24 }, (_, i) => i).flatMap((i) => {
        const { id, extension } = office.worker(20 + i);
        return planted(office, day - 3, 3 * HOUR_S + i * 600, 1, 0, { personId: id, extension, country: 'CN' });
      }),
  },
  {
    name: 'a telephone that calls premium numbers all afternoon',
    kind: 'premium',
    withinS: HOUR_S,
    days: 1,
    plant: (office, day) =>
      planted(office, day, 14 * HOUR_S, 20, 400, { band: 'premium', number: '8419004321', country: null }),
  },
  {
    name: 'a country that was never called, several times in office hours',
    kind: 'new-country',
    withinS: HOUR_S,
    days: 1,
    plant: (office, day) => planted(office, day, 10 * HOUR_S, 6, 600, { country: 'SO' }),
  },
  {
    name: 'a country that was never called, once at night',
    kind: 'new-country',
    withinS: 10 * MINUTE_S,
    days: 1,
    plant: (office, day) => planted(office, day, 23 * HOUR_S, 1, 0, { country: 'LV' }),
  },
  {
    name: 'a dialler that tries number after number',
    kind: 'short-calls',
    withinS: HOUR_S,
    days: 1,
    plant: (office, day) =>
      Array.from({ length: 150 }, (_, i) => i).flatMap((i) =>
        planted(office, day, 15 * HOUR_S + i * 25, 1, 0, {
          band: 'mobile',
          country: null,
          number: `8491${String(2_000_000 + i)}`,
          talkSeconds: i % 7,
        }),
      ),
  },
  {
    name: 'calls pumped to one number',
    kind: 'short-calls',
    withinS: HOUR_S,
    days: 1,
    plant: (office, day) =>
      Array.from({ length: 40 }, (_, i) => i).flatMap((i) => {
        const { id, extension } = office.worker(20 + i);
        const part = { personId: id, extension, band: 'mobile', country: null, number: '84912000000' } as const;
        return planted(office, day, 15 * HOUR_S + i * 80, 1, 0, { ...part, talkSeconds: 3 });
      }),
  },
  {
    name: 'one caller that rings once, again and again',
    kind: 'short-calls',
    withinS: HOUR_S,
    days: 1,
    plant: (office, day) =>
      planted(office, day, 11 * HOUR_S, 40, 60, {
        direction: 'incoming',
        band: 'incoming',
        isAnswered: false,
        talkSeconds: 0,
        number: '2252012345',
      }),
  },
  {
    name: 'calls that come in and go abroad through the PBX',
    kind: 'transfers',
    withinS: HOUR_S,
    days: 1,
    plant: (office, day) =>
      planted(office, day, 13 * HOUR_S, 10, 600, { direction: 'tandem', extension: null, personId: 0 }),
  },
  {
    name: 'calls that come in and go out again at night',
    kind: 'transfers',
    withinS: HOUR_S,
    days: 1,
    plant: (office, day) =>
      planted(office, day, 23 * HOUR_S, 8, 300, {
        ...{ direction: 'tandem', extension: null, personId: 0, band: 'mobile', country: null },
      }),
  },
  {
    name: 'a line to abroad that stays open for hours',
    kind: 'long-call',
    withinS: 10 * HOUR_S,
    days: 1,
    plant: (office, day) => planted(office, day, 9 * HOUR_S, 1, 0, { talkSeconds: 9 * HOUR_S }),
  },
  {
    name: 'a call that costs more than a million',
    kind: 'costly-call',
    withinS: 6 * HOUR_S,
    days: 1,
    plant: (office, day) => planted(office, day, 9 * HOUR_S, 1, 0, { talkSeconds: 5 * HOUR_S }),
  },
  {
    name: 'a slow leak: a code that calls abroad for an hour and a half of each day',
    kind: 'volume',
    withinS: 7 * DAY_S,
    days: 10,
    plant: (office, day) => planted(office, day, 9 * HOUR_S, 9, 45 * MINUTE_S, { talkSeconds: 600 }),
  },
  {
    name: 'a slow leak of calls that nobody owns',
    kind: 'volume',
    withinS: 7 * DAY_S,
    days: 10,
    plant: (office, day) =>
      planted(office, day, 9 * HOUR_S, 9, 45 * MINUTE_S, { talkSeconds: 600, personId: 0, extension: '2999' }),
  },
];

/** The office up to some days before the fraud, and its ordinary days from then on. */
function officeBefore(seed: number) {
  const office = new OfficeYear(seed);
  const watching = new Watching();
  const firstDay = FRAUD_DAY - 4;
  for (let day = FIRST_DAY; day < firstDay; day += 1) watching.day(day, office.day(day));
  const days = Array.from({ length: 14 }, (_, i) => ({ day: firstDay + i, calls: office.day(firstDay + i) }));
  const undisturbed = watching.fork();
  for (const { day, calls } of days) undisturbed.day(day, calls);
  return { office, watching, days, ordinary: undisturbed.told };
}

// One office is enough here: each plot is an office of its own.
describe.each([SEEDS[1]])('a fraud planted in the office (seed %i)', (seed) => {
  const before = officeBefore(seed);
  test.each(PLOTS)('is found in time: $name', ({ kind, withinS, days, plant }) => {
    const watching = before.watching.fork();
    const calls = Array.from({ length: days }, (_, i) => plant(before.office, FRAUD_DAY + i)).flat();
    const firstS = Math.min(...calls.map((call) => call.startLocalS));
    const endOf = (call: YearCall): number => call.startLocalS + call.talkSeconds;
    for (const ordinary of before.days) {
      const plantedToday = calls.filter((call) => Math.floor(call.startLocalS / DAY_S) === ordinary.day);
      watching.day(
        ordinary.day,
        [...ordinary.calls, ...plantedToday].sort((a, b) => endOf(a) - endOf(b)),
      );
    }
    const fromThePlot = [...watching.told].filter(([key]) => !before.ordinary.has(key)).map(([, one]) => one);
    const ofKind = fromThePlot.filter(({ finding }) => finding.kind === kind);
    const [told] = ofKind;
    expect(ofKind).toHaveLength(1);
    expect((told?.atLocalS ?? Number.POSITIVE_INFINITY) - firstS).toBeLessThanOrEqual(withinS);
    const ids = new Set(calls.map(({ id }) => id));
    const evidence = told?.finding.callIds ?? [];
    expect(evidence.filter((id) => ids.has(id)).length).toBeGreaterThanOrEqual(Math.ceil(evidence.length * 0.8));
  });
});
