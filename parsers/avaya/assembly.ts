/**
 * Segments of one IP Office call: same Call ID and the same start (the ID begins again when the system restarts), the
 * last one printed with continuation 0. Segments come in order of their ends and mix with those of other calls.
 */
import type { AssembledCall, CallDirection, CodeField } from '../../core/model/call.ts';
import type { CallRecord, Doubt } from '../../core/model/call-record.ts';
import { comparableSeconds } from '../../core/model/time.ts';
import { legOf } from '../assembly.ts';
import type { Assembly, AssemblyRecord, FormatOptions } from '../types.ts';
import { deviceKind } from './devices.ts';
import { codeSourceOf } from './options.ts';

/** A twinned mobile's segment starts later by the dial delay; a restart takes longer than this. */
const SAME_CALL_SECONDS = 120;

const party1 = (record: CallRecord): string | undefined => record.extra?.['Party1Device'];
const party2 = (record: CallRecord): string | undefined => record.extra?.['Party2Device'];

function joins(records: readonly AssemblyRecord[], next: AssemblyRecord): boolean {
  const last = records.at(-1);
  if (last === undefined) return false;
  const [known, start] = [comparableSeconds(last.record.start), comparableSeconds(next.record.start)];
  return known !== undefined && start !== undefined && Math.abs(start - known) <= SAME_CALL_SECONDS;
}

const isTalked = (record: CallRecord): boolean => (record.durationSeconds ?? 0) > 0;

function directionOf(records: readonly CallRecord[]): CallDirection {
  const over = new Set(records.filter((record) => record.trunk !== undefined).map((record) => record.direction));
  const hasTargeted = records.some((record) => record.extra?.['ExternalTargetedNumber'] !== undefined);
  if (records.some((record) => record.trunkOut !== undefined)) return 'tandem';
  if (over.has('incoming')) return over.has('outgoing') ? 'tandem' : 'incoming';
  if (over.has('outgoing') || (hasTargeted && records.some((record) => record.direction === 'outgoing'))) {
    return 'outgoing';
  }
  if (records.some((record) => record.direction === 'incoming')) return 'incoming';
  const hasSecondParty = records.some(
    (record) => record.direction === 'internal' || deviceKind(party2(record)) === 'voicemail',
  );
  return hasSecondParty ? 'internal' : 'none';
}

/** Segments over a line; without one, all of them. */
function talkSegments(records: readonly CallRecord[]): readonly CallRecord[] {
  const overLine = records.filter((record) => record.trunk !== undefined);
  return overLine.length > 0 ? overLine : records;
}

/** The first telephone that talked; the trunk segment of a conference has none and takes it from an earlier one. */
function extensionOf(records: readonly CallRecord[]): string | undefined {
  const own = records.filter((record) => record.extension !== undefined && deviceKind(party1(record)) === 'extension');
  const found = own.find(isTalked) ?? own[0] ?? records.find((record) => record.extension !== undefined);
  return found?.extension;
}

interface Code {
  readonly code: string;
  readonly field: CodeField;
}

/** The vendor prints the last code attached to the call, so a later segment's code stands before an earlier one's. */
function codeOf(records: readonly CallRecord[], options: FormatOptions): Code | undefined {
  const authorization = records.findLast((record) => record.authCode !== undefined)?.authCode;
  const account = records.findLast((record) => record.accountCode !== undefined)?.accountCode;
  const asAuthorization =
    authorization === undefined ? undefined : ({ code: authorization, field: 'authorization' } as const);
  const asAccount = account === undefined ? undefined : ({ code: account, field: 'account' } as const);
  switch (codeSourceOf(options)) {
    case 'authorization':
      return asAuthorization;
    case 'account':
      return asAccount;
    case 'account-then-authorization':
      return asAccount ?? asAuthorization;
    case 'authorization-then-account':
      return asAuthorization ?? asAccount;
  }
}

function dialledNumber(record: CallRecord): string | undefined {
  // `#` ends dialling; a name from the directory (`?GRABOWA`) is no number.
  const number = record.dialedNumber?.replace(/#+$/, '');
  return number !== undefined && /^\+?[\d*#]+$/.test(number) ? number : undefined;
}

function outsideNumberOf(records: readonly CallRecord[], direction: CallDirection): string | undefined {
  switch (direction) {
    case 'incoming':
      return records.find((record) => record.trunk !== undefined && record.callerNumber !== undefined)?.callerNumber;
    case 'outgoing':
    case 'tandem': {
      const out = records.find((record) => record.direction === 'outgoing') ?? records[0];
      const targeted = out?.extra?.['ExternalTargetedNumber'];
      return targeted ?? (out === undefined ? undefined : dialledNumber(out));
    }
    case 'internal':
    case 'none':
      return undefined;
  }
}

function combine(items: readonly AssemblyRecord[], options: FormatOptions): AssembledCall {
  const records = items.map((item) => item.record);
  const direction = directionOf(records);
  const segments = talkSegments(records);
  const talkSeconds = segments.reduce((sum, record) => sum + (record.durationSeconds ?? 0), 0);
  const isAnswered = direction !== 'none' && segments.some(isTalked);
  const isOver = records.some((record) => record.continues === false);
  const extension = extensionOf(records);
  const out = records.find((record) => record.direction === 'outgoing' && record.trunk !== undefined);
  const outTrunk = records.find((record) => record.trunkOut !== undefined)?.trunkOut ?? out?.trunk;
  const trunk =
    (direction === 'tandem' ? records.find((record) => record.direction === 'incoming')?.trunk : undefined) ??
    records.find((record) => record.trunk !== undefined)?.trunk;
  const code = direction === 'incoming' ? undefined : codeOf(records, options);
  const talkers = new Set(segments.filter(isTalked).map(party1));
  const first = records.find((record) => record.start !== undefined) ?? records[0] ?? {};
  const principal = segments.find(isTalked) ?? first;
  const { direction: _direction, answered: _answered, ...printed } = principal;
  return {
    record: {
      ...printed,
      ...(first.start === undefined ? {} : { start: first.start }),
      durationSeconds: talkSeconds,
      ...(direction === 'none' ? {} : { direction }),
      ...(extension === undefined ? {} : { extension }),
      ...(trunk === undefined ? {} : { trunk }),
      ...(direction === 'tandem' && outTrunk !== undefined ? { trunkOut: outTrunk } : {}),
      answered: isAnswered,
      ...(talkers.size > 1 ? { transferred: true } : {}),
    },
    direction,
    answered: isAnswered || isOver ? isAnswered : undefined,
    talkSeconds: isAnswered ? talkSeconds : 0,
    ringSeconds: first.ringSeconds,
    code: code?.code,
    codeField: code?.field,
    outsideNumber: outsideNumberOf(records, direction),
    legs: items.map(legOf),
    doubts: [...new Set<Doubt>(items.flatMap((item) => item.doubts))],
  };
}

export const avayaIpOfficeAssembly: Assembly = {
  windowSeconds: 12 * 3600,
  keys: (record) => (record.callId === undefined ? [] : [`id:${record.callId}`]),
  joins,
  combine,
  isComplete: (records) => records.at(-1)?.record.continues === false,
};
