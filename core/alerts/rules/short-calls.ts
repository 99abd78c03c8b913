/**
 * Many calls of a few seconds within an hour: a dialler that tries numbers from one extension, calls pumped to one number,
 * or one caller that rings once and waits to be called back.
 */

import { type Finding, isTalked, type WatchedCall } from '../../model/alert.ts';
import type { CallId } from '../../model/call.ts';
import { dayOf } from '../../model/office-calendar.ts';
import type { LocalSeconds } from '../../model/time.ts';
import { type CallRule, dayTextOf, findingOf, logCall, type WatchContext } from '../case.ts';

const KIND = 'short-calls';
const WINDOW_S = 3600;
/** Somebody who redials a busy number is no dialler: of one number so many count for the extension. */
const COUNTED_OF_ONE_NUMBER = 5;

interface ShortCall {
  readonly id: CallId;
  readonly startLocalS: LocalSeconds;
  readonly talkSeconds: number;
  readonly isIncoming: boolean;
  readonly number: string;
  readonly extension: string;
}

const STATE = KIND;

/** Short calls of the last hour, by the order in which they came. */
function readRecent({ state, scope }: WatchContext): ShortCall[] {
  const rows = state.get(`${scope}${STATE}`);
  if (!Array.isArray(rows)) return [];
  return (rows as unknown as [number, number, number, boolean, string, string][]).map(
    ([id, startLocalS, talkSeconds, isIncoming, number, extension]) => ({
      id,
      startLocalS,
      talkSeconds,
      isIncoming,
      number,
      extension,
    }),
  );
}

function writeRecent(recent: readonly ShortCall[], { state, scope }: WatchContext): void {
  state.set(
    `${scope}${STATE}`,
    recent.map((call) => [call.id, call.startLocalS, call.talkSeconds, call.isIncoming, call.number, call.extension]),
  );
}

/** The most of these calls that lie in any hour around the moment. */
function mostInAnHour(calls: readonly ShortCall[], at: LocalSeconds): readonly ShortCall[] {
  const near = calls.filter((call) => Math.abs(call.startLocalS - at) < WINDOW_S);
  let best: readonly ShortCall[] = [];
  for (const first of near) {
    if (first.startLocalS > at) continue;
    const within = near.filter(
      (call) => call.startLocalS >= first.startLocalS && call.startLocalS < first.startLocalS + WINDOW_S,
    );
    if (within.length > best.length) best = within;
  }
  return best;
}

function atMostOfEachNumber(calls: readonly ShortCall[], most: number): readonly ShortCall[] {
  const counts = new Map<string, number>();
  return calls.filter(({ number }) => {
    const count = (counts.get(number) ?? 0) + 1;
    counts.set(number, count);
    return count <= most;
  });
}

interface Suspicion {
  readonly key: string;
  readonly way: 'to' | 'from' | 'by';
  readonly calls: readonly ShortCall[];
  readonly limit: number;
}

function suspicionsOf(call: ShortCall, recent: readonly ShortCall[], context: WatchContext): readonly Suspicion[] {
  const rule = context.rules[KIND];
  const sameWay = recent.filter((other) => other.isIncoming === call.isIncoming);
  const ofNumber = call.number === '' ? [] : sameWay.filter((other) => other.number === call.number);
  const way = call.isIncoming ? 'by' : 'to';
  const byNumber = { key: `${way}:${call.number}`, way, calls: ofNumber, limit: rule.toOneNumber } as const;
  if (call.isIncoming || call.extension === '') return [byNumber];
  const ofExtension = sameWay.filter((other) => other.extension === call.extension);
  const calls = atMostOfEachNumber(ofExtension, COUNTED_OF_ONE_NUMBER);
  return [byNumber, { key: `from:${call.extension}`, way: 'from', calls, limit: rule.fromOneExtension }];
}

function findingFor(suspicion: Suspicion, call: WatchedCall, context: WatchContext): readonly Finding[] {
  const { state, scope } = context;
  const rule = context.rules[KIND];
  const day = dayOf(call.startLocalS);
  const key = `${KIND}:${day}:${suspicion.key}`;
  const isTold = state.get(`${scope}${key}`) !== undefined;
  if (!isTold) {
    const inAnHour = mostInAnHour(suspicion.calls, call.startLocalS);
    if (inAnHour.length < suspicion.limit) return [];
    for (const { id, startLocalS, talkSeconds } of inAnHour) {
      logCall({ ...call, id, startLocalS, talkSeconds }, key, context);
    }
  }
  const log = logCall(call, key, context);
  const values = {
    way: suspicion.way,
    day: dayTextOf(day),
    number: suspicion.way === 'from' ? '' : (call.number ?? ''),
    extension: suspicion.way === 'by' ? '' : (call.extension ?? ''),
    seconds: rule.seconds,
    limitCalls: suspicion.limit,
  };
  return [findingOf(KIND, rule.severity, key, log, values, context)];
}

function isShort(call: WatchedCall, seconds: number): boolean {
  if (call.direction === 'outgoing' && call.band === 'internal') return false;
  if (call.direction !== 'outgoing' && call.direction !== 'incoming') return false;
  return !isTalked(call) || call.talkSeconds <= seconds;
}

export const shortCalls: CallRule = (call, context) => {
  const before = readRecent(context);
  const others = before.filter(({ id }) => id !== call.id);
  if (!isShort(call, context.rules[KIND].seconds)) {
    // What looked short was the beginning of a longer call.
    if (others.length < before.length) writeRecent(others, context);
    return [];
  }
  const { id, startLocalS, talkSeconds } = call;
  const short: ShortCall = {
    ...{ id, startLocalS, talkSeconds },
    isIncoming: call.direction === 'incoming',
    number: call.number ?? '',
    extension: call.extension ?? '',
  };
  const recent = [...others.filter((other) => Math.abs(other.startLocalS - startLocalS) < 2 * WINDOW_S), short];
  writeRecent(recent, context);
  return suspicionsOf(short, recent, context).flatMap((suspicion) => findingFor(suspicion, call, context));
};
