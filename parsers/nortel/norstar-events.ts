/**
 * Norstar Real Time: a line for each thing that happens to an incoming call, tied by the outside line.
 *
 *     *041197 094105 0003 7692000 Alan Smith U G             G rings
 *     *041197 094105 0003 7692000 7305432 U D                D the number that was called (DNIS)
 *     *041197 094111 0003 7344 7692000 Alan Smith U A        A answered by station 7344
 *     *041197 094156 0003 7440 7692000 Alan Smith U T        T transferred to 7440
 *     *041197 094414 0003 7440 7692000 Alan Smith U R        R released, N nobody answered
 *
 * What is known of the call on a line is kept with the stream, so each record holds everything up to its moment, and the
 * last one is the call.
 */

import type { CallRecord } from '../../core/model/call-record.ts';
import { daysFromCivil, partsOfPrinted } from '../../core/model/time.ts';
import type { Draft, ReadState } from '../engine.ts';
import { IMPOSSIBLE, readDate, readTime } from '../readers.ts';
import type { DateOrder, ParseOutcome, StreamContext } from '../types.ts';

const LINE = /^\*(\d\d)(\d\d)(\d\d) +(\d\d)(\d\d)(\d\d) +(\d{1,5})(?: +(.*))? +([A-Z]) +(H[VBM]|[GDANTR])$/;
const NUMBER = /^[/+]?[\d*#]+[Xx]*$/;
const SECONDS_PER_DAY = 86_400;

/** Moments of the call so far, kept as JSON under the line's name. */
interface OpenCall {
  readonly rang?: string | undefined;
  readonly answered?: string | undefined;
  readonly record: CallRecord;
}

const NOTHING_OPEN: OpenCall = { record: {} };
/** A telephone that has rung for longer was never released as far as the lines tell. */
const LONGEST_RING_SECONDS = 3600;

const contextKey = (trunk: string): string => `line:${trunk}`;

function openCallOf(context: StreamContext, trunk: string): OpenCall {
  const saved = context[contextKey(trunk)];
  return saved === undefined ? NOTHING_OPEN : (JSON.parse(saved) as OpenCall);
}

function secondsBetween(from: string | undefined, to: string | undefined): number | undefined {
  const [a, b] = [from, to].map((printed) => (printed === undefined ? undefined : partsOfPrinted(printed)));
  if (a?.year === undefined || a.month === undefined || a.day === undefined) return undefined;
  if (b?.year === undefined || b.month === undefined || b.day === undefined) return undefined;
  const days = daysFromCivil(b.year, b.month, b.day) - daysFromCivil(a.year, a.month, a.day);
  const seconds = days * SECONDS_PER_DAY + b.secondOfDay - a.secondOfDay;
  return seconds >= 0 ? seconds : undefined;
}

interface Parties {
  readonly station: string | undefined;
  readonly number: string | undefined;
  /** Name, or the DNIS number of a D line. */
  readonly text: string;
}

/** The station is not printed while nobody has the call. A single number of an N line is the caller's if it rang as such. */
function partiesOf(words: string, event: string, known: CallRecord): Parties {
  const parts = words === '' ? [] : words.split(/\s+/);
  const isNumber = (word: string | undefined): boolean => word !== undefined && NUMBER.test(word);
  const [first, second] = parts;
  const mayHaveStation = event !== 'G' && event !== 'D' && isNumber(first);
  const isCallerAlone =
    event === 'N' && !isNumber(second) && (first === known.callerNumber || (first?.length ?? 0) > 5);
  const station = mayHaveStation && !isCallerAlone ? first : undefined;
  if (event === 'D' && parts.length === 1) return { station: undefined, number: undefined, text: words };
  const rest = station === undefined ? parts : parts.slice(1);
  const number = isNumber(rest[0]) ? rest[0] : undefined;
  return { station, number, text: (number === undefined ? rest : rest.slice(1)).join(' ') };
}

function writeParties(draft: Draft, { station, number, text }: Parties, event: string, state: ReadState): void {
  if (station !== undefined) draft.extension = station;
  if (number !== undefined) {
    draft.callerNumber = withoutMark(number);
    if (number.startsWith('/')) state.doubts.push('number-hidden');
  }
  if (event === 'D') {
    if (NUMBER.test(text)) draft.dialedNumber = text;
    return;
  }
  // An unknown number and an unknown name are both printed as this word.
  const name = text.replace(/^(?:UNKNOWN ?)+/, '');
  if (name !== '') draft.callerName = name;
}

const withoutMark = (number: string): string => (number.startsWith('/') ? number.slice(1) : number);

/** The end of the call before on this line, and the beginning of this one, were lost. */
function isOtherCall(open: OpenCall, { number }: Parties, event: string, at: string | undefined): boolean {
  const known = open.record.callerNumber;
  if (number !== undefined && known !== undefined && withoutMark(number) !== known) return true;
  const isRingOver = event === 'A' || event === 'N';
  return isRingOver && (secondsBetween(open.rang, at) ?? 0) > LONGEST_RING_SECONDS;
}

interface Moments {
  readonly start: string | undefined;
  readonly at: string | undefined;
  readonly event: string;
}

/** The start counts from the answer, as in the header of a report; a call that nobody took has only its ringing. */
function writeMoment(draft: Draft, { start, at, event }: Moments): void {
  if (start !== undefined) {
    draft.start = start;
    draft.startOrEnd = 'start';
  } else if (at !== undefined) {
    // The lines before this one were lost.
    if (event === 'R' || event === 'N') draft.end = at;
    else draft.start = at;
    draft.startOrEnd = event === 'R' || event === 'N' ? 'end' : 'event';
  }
}

/** The record of a line: everything that is known of its call by then. */
export function parseEvent(line: string, state: ReadState, context: StreamContext): ParseOutcome {
  const m = LINE.exec(line);
  if (m === null) return { kind: 'malformed', reason: 'bad-event' };
  const [, one = '', two = '', three = '', hour = '', minute = '', second = ''] = m;
  const [trunk = '', words = '', , event = ''] = m.slice(7);
  if (event.startsWith('H')) return { kind: 'noise', rule: 'hospitality' };
  const order: DateOrder = state.options.dateOrder;
  const date = readDate(`${one}/${two}/${three}`, order);
  const time = readTime(`${hour}:${minute}:${second}`);
  if (date === undefined || time === undefined) return { kind: 'malformed', reason: 'bad-date' };
  state.doubts.length = 0;
  const isPossible = date !== IMPOSSIBLE && time !== IMPOSSIBLE;
  if (!isPossible) state.doubts.push('date-impossible');
  const at = isPossible ? `${date}T${time}` : undefined;

  const before = openCallOf(context, trunk);
  const parties = partiesOf(words.trim(), event, before.record);
  const open = event === 'G' || isOtherCall(before, parties, event, at) ? NOTHING_OPEN : before;
  const draft: Draft = { ...open.record, direction: 'incoming', trunk };
  writeParties(draft, parties, event, state);
  const rang = event === 'G' ? at : open.rang;
  const answered = event === 'A' ? at : open.answered;
  if (event === 'A') draft.answered = true;
  if (event === 'T') draft.transferred = true;
  if (event === 'N') draft.answered = false;
  if (event === 'A' || event === 'N') {
    const ringSeconds = secondsBetween(rang, at);
    if (ringSeconds !== undefined) draft.ringSeconds = ringSeconds;
  }
  const isOver = event === 'R' || event === 'N';
  const key = contextKey(trunk);
  if (isOver) delete context[key];
  else context[key] = JSON.stringify({ rang, answered, record: draft } satisfies OpenCall);

  writeMoment(draft, { start: answered ?? rang, at, event });
  if (event === 'R') {
    const durationSeconds = secondsBetween(answered, at);
    if (durationSeconds !== undefined) draft.durationSeconds = durationSeconds;
    else state.doubts.push('leg-missing');
  }
  const record: CallRecord = { ...draft, extra: { event } };
  const kind = isOver ? 'call' : 'part';
  return state.doubts.length === 0 ? { kind, record } : { kind, record, doubts: state.doubts.slice() };
}
