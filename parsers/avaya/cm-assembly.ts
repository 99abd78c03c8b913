/**
 * Records of one Communication Manager call: the parties of a split call (transfer, conference), the ten-hour parts of a
 * long one, the ring time of an answered one. A universal call id ties them where the site prints it. Otherwise only the
 * trunk can, since it carries one call at a time: the legs have the same outside number and touch. An incoming call
 * without a caller's number stays alone, for the next call of a busy trunk touches it too.
 */
import type { AssembledCall } from '../../core/model/call.ts';
import type { CallRecord, Doubt } from '../../core/model/call-record.ts';
import { daysFromCivil, partsOfPrinted } from '../../core/model/time.ts';
import { answeredOf, assembleSingle, firstCodeOf, legOf, outsideNumberOf } from '../assembly.ts';
import type { Assembly, AssemblyRecord, FormatOptions } from '../types.ts';
import { codeFieldsOf } from './options.ts';

/** Parts of a long call come ten hours apart. */
const WINDOW_SECONDS = 12 * 3600;
/** Ends are printed in whole minutes, durations in tenths of one. */
const TOUCH_SECONDS = 90;
const DAY_SECONDS = 86400;

function secondsOf(printed: string | undefined): { readonly at: number; readonly hasDate: boolean } | undefined {
  const parts = printed === undefined ? undefined : partsOfPrinted(printed);
  if (parts === undefined) return undefined;
  const { year = 2000, month, day, secondOfDay } = parts;
  if (month === undefined || day === undefined) return { at: secondOfDay, hasDate: false };
  return { at: daysFromCivil(year, month, day) * DAY_SECONDS + secondOfDay, hasDate: true };
}

/** Seconds from the end of one record to the beginning of the next. */
function secondsBetween(a: CallRecord, b: CallRecord): number | undefined {
  const [end, nextEnd] = [secondsOf(a.end), secondsOf(b.end)];
  if (end === undefined || nextEnd === undefined) return undefined;
  const pause = nextEnd.at - (b.durationSeconds ?? 0) - end.at;
  if (end.hasDate && nextEnd.hasDate) return pause;
  const days = Math.round(pause / DAY_SECONDS);
  return pause - days * DAY_SECONDS;
}

const isRing = (record: CallRecord): boolean => record.conditionCode === 'G' && record.ringSeconds !== undefined;
const isLongPart = (record: CallRecord): boolean => record.conditionCode === '4' || record.conditionCode === 'D';

function isSameParty(a: CallRecord, b: CallRecord): boolean {
  if (a.direction !== b.direction) return false;
  if (a.direction === 'outgoing') return a.dialedNumber !== undefined && a.dialedNumber === b.dialedNumber;
  return a.callerNumber !== undefined && a.callerNumber === b.callerNumber;
}

/** The trunk's line: its group and the circuit in it. Without a circuit many calls share the name. */
function lineOf(record: CallRecord): string | undefined {
  const { extra } = record;
  if (record.direction === 'incoming') {
    const circuit = extra?.['in-crt-id'];
    return circuit === undefined ? undefined : `in:${record.trunk}:${circuit}`;
  }
  const circuit = extra?.['out-crt-id'];
  if (circuit === undefined || record.direction !== 'outgoing') return undefined;
  return `out:${extra?.['code-used'] ?? extra?.['code-dial'] ?? ''}:${circuit}`;
}

function keys(record: CallRecord): readonly string[] {
  const found = record.callId === undefined ? [] : [`id:${record.callId}`];
  const line = lineOf(record);
  if (line !== undefined) found.push(line);
  return found;
}

/** Names a record by what it prints, for the second line that belongs to it. */
export function firstLineName(record: CallRecord): string {
  const { end = '', durationSeconds = '', callerNumber = '', dialedNumber = '' } = record;
  return `first:${end}:${durationSeconds}:${callerNumber}:${dialedNumber}`;
}

function joins(records: readonly AssemblyRecord[], { record: next }: AssemblyRecord): boolean {
  const last = records.at(-1)?.record;
  if (last === undefined) return false;
  if (next.extra?.['secondLineOf'] !== undefined) return last.extra?.['secondLineOf'] === undefined;
  if (last.callId !== undefined && last.callId === next.callId) return true;
  const line = lineOf(last);
  if (line === undefined || line !== lineOf(next)) return false;
  const pause = secondsBetween(last, next);
  if (pause === undefined || Math.abs(pause) > TOUCH_SECONDS) return false;
  if (isRing(last)) return !isRing(next) && next.direction === 'incoming' && next.answered !== false;
  if (isLongPart(last)) return next.dialedNumber === last.dialedNumber && next.extension === last.extension;
  return isSameParty(last, next) && last.extension !== next.extension && next.answered !== false;
}

/** `#` ends dialling and is no part of the number. */
function withoutEndMark(call: AssembledCall): AssembledCall {
  return call.outsideNumber?.endsWith('#') === true
    ? { ...call, outsideNumber: call.outsideNumber.replace(/#+$/, '') }
    : call;
}

function combine(records: readonly AssemblyRecord[], options: FormatOptions): AssembledCall {
  const codeFields = codeFieldsOf(options);
  const [first] = records;
  if (first === undefined) throw new RangeError('a call has at least one record');
  if (records.length === 1) return withoutEndMark(assembleSingle(first, codeFields));
  const whole = records.filter(({ record, part }) => !part && record.answered !== false);
  const main = whole[0] ?? first;
  const talkSeconds = whole.reduce((sum, { record }) => sum + (record.durationSeconds ?? 0), 0);
  const ringSeconds = records.find(({ record }) => record.ringSeconds !== undefined)?.record.ringSeconds;
  const { direction = 'none' } = main.record;
  const end = (whole.at(-1) ?? main).record.end;
  const talkers = new Set(whole.map(({ record }) => record.extension));
  const details: Record<string, string> = {};
  for (const { record } of records) Object.assign(details, record.extra);
  delete details['secondLineOf'];
  const found = firstCodeOf(records, codeFields);
  const single = assembleSingle(main, codeFields);
  const record: CallRecord = {
    ...main.record,
    ...(end === undefined ? {} : { end }),
    ...(whole.some((entry) => entry.record.durationSeconds !== undefined) ? { durationSeconds: talkSeconds } : {}),
    ...(ringSeconds === undefined ? {} : { ringSeconds }),
    ...(talkers.size > 1 ? { transferred: true } : {}),
    ...(Object.keys(details).length === 0 ? {} : { extra: details }),
  };
  const isAnsweredRing = records.some((entry) => isRing(entry.record));
  return {
    ...single,
    record,
    direction: single.direction === 'none' ? direction : single.direction,
    answered: isAnsweredRing ? true : answeredOf(record),
    talkSeconds,
    ringSeconds,
    ...found,
    outsideNumber: outsideNumberOf(record, single.direction).number?.replace(/#+$/, ''),
    legs: records.filter(({ record: leg }) => leg.extra?.['secondLineOf'] === undefined).map(legOf),
    doubts: [...new Set<Doubt>([...single.doubts, ...records.flatMap((entry) => entry.doubts)])],
  };
}

export const cmAssembly: Assembly = { windowSeconds: WINDOW_SECONDS, keys, joins, combine };

/** For the page whose records may come in two lines. */
export const cmTwoLineAssembly: Assembly = {
  ...cmAssembly,
  keys(record) {
    const firstLine = record.extra?.['secondLineOf'];
    return firstLine === undefined ? [...keys(record), firstLineName(record)] : [firstLine];
  },
};
