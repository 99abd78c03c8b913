/**
 * Rows of one conversation. A transfer gives the original call, the consultation and the transferred call, with other call
 * ids; the leg that goes on keeps its leg id. A conference gives a row for each participant with a new call id.
 *
 * A call here is the life of one outside line: rows that hold the same line's leg are one call, whatever their ids, and rows
 * without a line join by call id or, among themselves, by leg. Two lines are two calls unless one row connects both: each
 * is paid. Which way a line goes is told by its first row: after a transfer its party stands on the other side. A row that
 * came twice (same pkid) counts once.
 */
import type { AssembledCall, CallDirection } from '../../core/model/call.ts';
import type { CallRecord, Doubt } from '../../core/model/call-record.ts';
import { daysFromCivil, partsOfPrinted } from '../../core/model/time.ts';
import { answeredOf, cleanNumber, firstCodeOf, legOf } from '../assembly.ts';
import type { Assembly, AssemblyRecord, FormatOptions } from '../types.ts';
import { CALL_SPLIT, TRANSFER_JOIN } from './cucm-codes.ts';
import { codeFieldsOf } from './options.ts';

/** A row is written at its end; the next leg of a long call comes hours later. */
const WINDOW_SECONDS = 24 * 3600;

const extraOf = (record: CallRecord, key: string): string | undefined => record.extra?.[key];
const origLeg = (record: CallRecord): string | undefined => extraOf(record, 'origLegCallIdentifier');
const destLeg = (record: CallRecord): string | undefined => extraOf(record, 'destLegIdentifier');
const isLeg = (leg: string | undefined): leg is string => leg !== undefined && leg !== '0';

/** Leg ids of the outside lines of a row. */
function linesOf(record: CallRecord): readonly string[] {
  const isIn = record.direction === 'incoming' || record.direction === 'tandem';
  const isOut = record.direction === 'outgoing' || record.direction === 'tandem';
  return [isIn ? origLeg(record) : undefined, isOut ? destLeg(record) : undefined].filter(isLeg);
}

function joins(records: readonly AssemblyRecord[], next: AssemblyRecord): boolean {
  if (records.some((entry) => isRepeat(entry.record, next.record))) return true;
  const isRecorder = next.part || records.every((entry) => entry.part);
  if (isRecorder) return true;
  const lines = linesOf(next.record);
  const known = records.flatMap((entry) => linesOf(entry.record));
  if (lines.length > 0 && known.length > 0) return lines.some((line) => known.includes(line));
  if (lines.length === 0 && known.length === 0) return true;
  return records.some((entry) => entry.record.callId === next.record.callId && entry.record.callId !== undefined);
}

function isRepeat(a: CallRecord, b: CallRecord): boolean {
  const pkid = extraOf(a, 'pkid');
  return pkid !== undefined && pkid === extraOf(b, 'pkid');
}

/** Each row once, in the order the calls began. */
function rowsOf(records: readonly AssemblyRecord[]): readonly AssemblyRecord[] {
  if (records.length === 1) return records;
  const kept = records.filter(
    (entry, index) => !records.slice(0, index).some((before) => isRepeat(before.record, entry.record)),
  );
  const moment = (entry: AssemblyRecord): string => entry.record.answer ?? entry.record.start ?? '';
  return kept.toSorted((a, b) => {
    const [first, second] = [a.record.start ?? '', b.record.start ?? ''];
    if (first !== second) return first < second ? -1 : 1;
    return moment(a) < moment(b) ? -1 : moment(a) > moment(b) ? 1 : 0;
  });
}

interface Lines {
  readonly incoming: ReadonlySet<string>;
  readonly outgoing: ReadonlySet<string>;
}

function wayOf(rows: readonly AssemblyRecord[]): Lines {
  const incoming = new Set<string>();
  const outgoing = new Set<string>();
  for (const { record } of rows) {
    for (const line of linesOf(record)) {
      if (incoming.has(line) || outgoing.has(line)) continue;
      if (line === origLeg(record) && record.direction !== 'outgoing') incoming.add(line);
      else outgoing.add(line);
    }
  }
  return { incoming, outgoing };
}

function directionOf(rows: readonly AssemblyRecord[], { incoming, outgoing }: Lines): CallDirection {
  const [only, ...more] = rows;
  if (only !== undefined && more.length === 0) return only.record.direction ?? 'none';
  if (outgoing.size > 0) return incoming.size > 0 ? 'tandem' : 'outgoing';
  if (incoming.size > 0) return 'incoming';
  return rows.find((entry) => entry.record.direction !== undefined)?.record.direction ?? 'none';
}

/** A leg that was split off must be followed by another row of its line, and one that was joined must have begun. */
function isLegMissing(rows: readonly AssemblyRecord[], paid: readonly AssemblyRecord[], hasLine: boolean): boolean {
  if (rows.every((entry) => entry.part)) return true;
  if (!hasLine) return false;
  const [first, last] = [paid[0]?.record, paid.at(-1)?.record];
  const isSplit = [extraOf(last ?? {}, 'origCause'), extraOf(last ?? {}, 'destCause')].includes(CALL_SPLIT);
  return isSplit || extraOf(first ?? {}, 'joinOnBehalfOf') === TRANSFER_JOIN;
}

/** Seconds in which at least one of the rows talked: those of a conference run side by side. */
function unionSeconds(rows: readonly AssemblyRecord[]): number {
  const [only, ...more] = rows;
  if (more.length === 0) return only?.record.durationSeconds ?? 0;
  const spans = rows
    .map(({ record }) => {
      const parts = partsOfPrinted(record.answer ?? '');
      const days = daysFromCivil(parts?.year ?? 1970, parts?.month ?? 1, parts?.day ?? 1);
      const from = days * 86400 + (parts?.secondOfDay ?? 0);
      return { from, to: from + (record.durationSeconds ?? 0) };
    })
    .toSorted((a, b) => a.from - b.from);
  let [seconds, reached] = [0, 0];
  for (const { from, to } of spans) {
    seconds += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return seconds;
}

/** A SIP address is a number where its user part is one. */
const numberOf = (printed: string | undefined): string | undefined => cleanNumber(printed?.replace(/@.*$/, '')).number;

function outsideOf(direction: CallDirection, record: CallRecord): string | undefined {
  if (direction === 'incoming') return numberOf(record.callerNumber);
  if (direction !== 'outgoing' && direction !== 'tandem') return undefined;
  // A call to a telephone that forwards goes to the number reached, not to the one dialled.
  return numberOf(extraOf(record, 'finalCalledPartyNumber') ?? record.dialedNumber);
}

function combine(records: readonly AssemblyRecord[], options: FormatOptions): AssembledCall {
  const rows = rowsOf(records);
  const calls = rows.filter((entry) => !entry.part);
  const lines = wayOf(calls);
  const direction = directionOf(calls, lines);
  const payers = lines.outgoing.size > 0 ? lines.outgoing : lines.incoming;
  const overLine = calls.filter((entry) => linesOf(entry.record).some((line) => payers.has(line)));
  const talks = overLine.length > 0 ? overLine : calls;
  const talked = talks.filter((entry) => answeredOf(entry.record) === true);
  const talkSeconds = unionSeconds(talked);
  const main = talks[0] ?? rows[0];
  if (main === undefined) throw new Error('a call has at least one record');
  const answered = calls.length === 0 ? false : talked.length > 0;
  const first = talked[0] ?? main;
  const taker = direction === 'incoming' ? first.record.extension : main.record.extension;
  // An outside caller whom a telephone sent outside again: that telephone is the inside party.
  const extension = taker ?? (direction === 'tandem' ? extraOf(main.record, 'lastRedirectDn') : undefined);
  const end = talks.at(-1)?.record.end;
  const isTransferred = talks.length > 1 || calls.some((entry) => entry.record.transferred === true);
  const record: CallRecord = {
    ...main.record,
    ...(first.record.answer === undefined ? {} : { answer: first.record.answer }),
    ...(end === undefined ? {} : { end }),
    ...(direction === 'none' ? {} : { direction }),
    ...(extension === undefined ? {} : { extension }),
    durationSeconds: talkSeconds,
    answered,
    ...(isTransferred ? { transferred: true } : {}),
  };
  const doubts = new Set<Doubt>(rows.flatMap((entry) => entry.doubts));
  if (isLegMissing(rows, talks, payers.size > 0)) doubts.add('leg-missing');
  return {
    record,
    direction,
    answered,
    talkSeconds,
    ringSeconds: undefined,
    ...firstCodeOf(rows, codeFieldsOf(options)),
    outsideNumber: outsideOf(direction, main.record),
    legs: rows.map(legOf),
    doubts: [...doubts],
  };
}

export const cucmAssembly: Assembly = {
  windowSeconds: WINDOW_SECONDS,
  keys(record) {
    const cluster = extraOf(record, 'globalCallIdClusterId') ?? '';
    const leg = (id: string): string => `leg:${cluster}:${id}`;
    const keys = linesOf(record).map(leg);
    if (record.callId !== undefined) keys.push(`call:${cluster}:${record.callId}`);
    const recorded = extraOf(record, 'origConversationId');
    const isRecorder = record.direction === undefined && recorded !== undefined;
    for (const id of [origLeg(record), destLeg(record), isRecorder ? recorded : undefined]) {
      if (isLeg(id) && !keys.includes(leg(id))) keys.push(leg(id));
    }
    return keys;
  },
  joins,
  combine,
};
