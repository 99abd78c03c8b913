/**
 * Price lists give each row its own hours; a tariff has one set of periods, of which one holds at any moment. The windows
 * of all rows are cut at each other's borders, and a row becomes one rate for each piece that lies in its window.
 */
import { readTimeOfDay } from '../rating/local-time.ts';
import type { StoredRate, TariffPeriod } from '../rating/tariff.ts';

/** From inclusive, to exclusive, in seconds of one ISO weekday. */
export interface DaySpan {
  readonly day: number;
  readonly from: number;
  readonly to: number;
}

export interface TimeWindow {
  readonly name: string;
  readonly spans: readonly DaySpan[];
}

const DAY_SECONDS = 86_400;
/** Where many rows overlap. */
const LONGEST_NAME = 80;
const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;

function clock(second: number): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const text = `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}`;
  return second % 60 === 0 ? text : `${text}:${two(second % 60)}`;
}

function daysText(days: readonly number[]): string {
  const isRun = days.length > 2 && days.every((day, i) => day === (days[0] ?? 0) + i);
  return isRun ? `${days[0]}-${days.at(-1)}` : days.join(',');
}

function isWholeWeek(spans: readonly DaySpan[]): boolean {
  return WEEK.every((day) => spans.some((span) => span.day === day && span.from === 0 && span.to === DAY_SECONDS));
}

/** Undefined: all the time. `23:59` ends a day; an end before the start is the part of the day outside of it. */
export function windowOf(
  days: readonly number[],
  fromText: string,
  toText: string,
): TimeWindow | undefined | 'unclear' {
  const read = (text: string, absent: number): number | undefined =>
    text === '' ? absent : readTimeOfDay(text.length === 4 || /^\d:/.test(text) ? `0${text}` : text);
  const from = read(fromText, 0);
  const end = read(toText, DAY_SECONDS);
  if (from === undefined || end === undefined) return 'unclear';
  const to = end >= DAY_SECONDS - 60 ? DAY_SECONDS : end;
  const isAround = to <= from;
  const spans = days.flatMap((day) =>
    isAround
      ? [
          { day, from, to: DAY_SECONDS },
          { day, from: 0, to },
        ].filter((span) => span.to > span.from)
      : [{ day, from, to }],
  );
  if (isWholeWeek(spans) || (isAround && to === from && days.length === 7)) return undefined;
  return { name: `${daysText(days)} ${clock(from)}–${clock(to)}`, spans };
}

/** Minutes of a week that begins on Monday, both ends of the window included. Undefined: the whole week. */
export function windowOfWeekMinutes(first: number, last: number): TimeWindow | undefined {
  const spans: DaySpan[] = [];
  for (const day of WEEK) {
    const begin = (day - 1) * 1440;
    const from = Math.max(first, begin) - begin;
    const to = Math.min(last + 1, begin + 1440) - begin;
    if (to > from) spans.push({ day, from: from * 60, to: to * 60 });
  }
  if (isWholeWeek(spans)) return undefined;
  const point = (minute: number): string => `${Math.floor(minute / 1440) + 1} ${clock((minute % 1440) * 60)}`;
  return { name: `${point(first)} – ${point(last)}`, spans };
}

interface Piece {
  readonly name: string;
  readonly windows: ReadonlySet<string>;
  readonly spans: DaySpan[];
}

function piecesOf(windows: readonly TimeWindow[]): readonly Piece[] {
  const pieces = new Map<string, Piece>();
  const shortNames = new Map<string, string>();
  const nameOf = (names: readonly string[]): string => {
    const whole = names.join(' + ');
    if (whole.length <= LONGEST_NAME) return whole;
    const short = shortNames.get(whole) ?? `${names[0] ?? ''} + ${names.length - 1} (${shortNames.size + 1})`;
    shortNames.set(whole, short);
    return short;
  };
  for (const day of WEEK) {
    const here = windows.map(({ name, spans }) => ({ name, spans: spans.filter((span) => span.day === day) }));
    const cuts = [...new Set([0, DAY_SECONDS, ...here.flatMap(({ spans }) => spans.flatMap((s) => [s.from, s.to]))])];
    cuts.sort((a, b) => a - b);
    for (const [i, from] of cuts.entries()) {
      const to = cuts[i + 1];
      if (to === undefined) break;
      const names = here.filter(({ spans }) => spans.some((s) => s.from <= from && s.to >= to)).map(({ name }) => name);
      if (names.length === 0) continue;
      const name = nameOf(names);
      const piece = pieces.get(name) ?? { name, windows: new Set(names), spans: [] };
      const last = piece.spans.at(-1);
      if (last?.day === day && last.to === from) piece.spans[piece.spans.length - 1] = { ...last, to };
      else piece.spans.push({ day, from, to });
      pieces.set(name, piece);
    }
  }
  return [...pieces.values()];
}

function periodsOf({ name, spans }: Piece): readonly TariffPeriod[] {
  const byHours = new Map<string, { readonly from: number; readonly to: number; readonly days: number[] }>();
  for (const { day, from, to } of spans) {
    const key = `${from}-${to}`;
    const same = byHours.get(key);
    if (same === undefined) byHours.set(key, { from, to, days: [day] });
    else same.days.push(day);
  }
  return [...byHours.values()].map(({ from, to, days }) => ({ name, days, from: clock(from), to: clock(to) }));
}

export interface Windowed<T> {
  readonly item: T;
  readonly rate: StoredRate;
  readonly window: TimeWindow | undefined;
}

/** The periods that all windows make, and each rate once for every period that lies in its window. */
export function withPeriods<T>(rows: readonly Windowed<T>[]): {
  readonly periods: readonly TariffPeriod[];
  readonly rates: readonly { readonly item: T; readonly rate: StoredRate }[];
} {
  const windows = new Map<string, TimeWindow>();
  for (const { window } of rows) if (window !== undefined) windows.set(window.name, window);
  if (windows.size === 0) return { periods: [], rates: rows };
  const pieces = piecesOf([...windows.values()]);
  return {
    periods: pieces.flatMap(periodsOf),
    rates: rows.flatMap(({ item, rate, window }) =>
      window === undefined
        ? [{ item, rate }]
        : pieces
            .filter((piece) => piece.windows.has(window.name))
            .map((piece) => ({ item, rate: { ...rate, period: piece.name } })),
    ),
  };
}
