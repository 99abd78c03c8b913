/** The row of an assembled call: when it was, whose it is, what it costs. */
import type { AssembledCall, CallDirection, CallId } from '../model/call.ts';
import type { CallRecord, Doubt } from '../model/call-record.ts';
import type { ByteSpan, CallBytes } from '../store/call-decisions.ts';
import type { CallRow, StoredLeg } from '../store/calls.ts';
import type { BookableCall, CallBooker } from './book-call.ts';
import { type CallTime, callTimeOf } from './call-time.ts';
import type { SiteZone } from './site-zone.ts';

export interface CallPlace {
  readonly id: CallId;
  readonly endOffset: number;
  readonly receivedAtMs: number;
  readonly isLive: boolean;
  /** Minutes ahead of UTC, where the record itself proves them. */
  readonly provedOffsetMin: number | undefined;
}

export function callRowOfAssembled(call: AssembledCall, place: CallPlace, zone: SiteZone, booker: CallBooker): CallRow {
  const { record } = call;
  const time = callTimeOf(record, call.talkSeconds, place, zone);
  const printed = printedNumber(call.direction, record.dialedNumber ?? null, record.callerNumber ?? null);
  const outside = call.outsideNumber ?? null;
  const base = {
    id: place.id,
    startLocalS: time.startLocalS,
    utcOffsetMin: time.utcOffsetMin,
    direction: call.direction,
    isAnswered: call.answered ?? null,
    talkSeconds: call.talkSeconds,
    extension: record.extension ?? null,
    trunk: record.trunk ?? null,
    code: call.code ?? null,
    dialled: record.dialedNumber ?? null,
    caller: record.callerNumber ?? null,
    cleaned: outside === printed ? null : (outside ?? ''),
    pbxCost: pbxCostOf(record),
  };
  const bytes: CallBytes = {
    endOffset: place.endOffset,
    legs: () => call.legs.map((leg) => [leg.sourceOffset, leg.byteLength]),
  };
  const booking = booker.book({ ...base, bytes, outsideNumber: outsideNumberOf(base) });
  return {
    id: base.id,
    startLocalS: base.startLocalS,
    utcOffsetMin: base.utcOffsetMin,
    endOffset: place.endOffset,
    direction: base.direction,
    isAnswered: base.isAnswered,
    talkSeconds: base.talkSeconds,
    ringSeconds: call.ringSeconds ?? null,
    extension: base.extension,
    trunk: base.trunk,
    code: base.code,
    codeField: call.codeField ?? null,
    dialled: base.dialled,
    caller: base.caller,
    callerName: record.callerName ?? null,
    cleaned: base.cleaned,
    number: booking.number,
    band: booking.band,
    destinationId: booking.destinationId,
    personId: booking.personId,
    departmentId: booking.departmentId,
    reason: booking.reason,
    rating: booking.rating,
    tariffVersionId: booking.tariffVersionId,
    chargeMicro: booking.chargeMicro,
    currency: booking.currency,
    billedSeconds: booking.billedSeconds,
    monthUse: booking.monthUse,
    verdict: booking.verdict,
    purpose: booking.purpose,
    lateDay: null,
    pbxCost: base.pbxCost,
    conditionCode: record.conditionCode ?? null,
    doubts: doubtsOf(call, time, place, booker.rules.decisions.isMoved(base.id, bytes)),
    legCount: call.legs.length,
  };
}

function doubtsOf(call: AssembledCall, time: CallTime, place: CallPlace, isDecisionMoved: boolean): readonly Doubt[] {
  const { provedOffsetMin } = place;
  const isContradicted = provedOffsetMin !== undefined && provedOffsetMin !== time.utcOffsetMin;
  if (time.doubts.length === 0 && !isContradicted && !isDecisionMoved) return call.doubts;
  const own = [
    ...(isContradicted ? (['zone-contradicted'] as const) : []),
    ...(isDecisionMoved ? (['decision-moved'] as const) : []),
  ];
  return [...new Set([...call.doubts, ...time.doubts, ...own])];
}

/** A stored call as booking sees it. `legs` are those of a call of several records. */
export function bookableOf(row: CallRow, legs?: () => readonly StoredLeg[]): BookableCall {
  const call = { ...row, outsideNumber: outsideNumberOf(row) };
  if (row.legCount > 1 && legs === undefined) return call;
  const spans = (): readonly ByteSpan[] => (legs?.() ?? []).map((leg) => [leg.sourceOffset, leg.byteLength]);
  return { ...call, bytes: { endOffset: row.endOffset, legs: spans } };
}

/**
 * The number to look up: as cleaned by the format where that differs from the print. A number whose first digits are
 * hidden (dots in front) says nothing about where the call went.
 */
export function outsideNumberOf(row: Pick<CallRow, 'direction' | 'dialled' | 'caller' | 'cleaned'>): string | null {
  const printed = printedNumber(row.direction, row.dialled, row.caller);
  if (printed?.startsWith('.') === true) return null;
  const number = row.cleaned ?? printed;
  return number === '' ? null : number;
}

function printedNumber(direction: CallDirection, dialled: string | null, caller: string | null): string | null {
  switch (direction) {
    case 'incoming':
      return caller;
    case 'tandem':
      return dialled ?? caller;
    case 'outgoing':
      return dialled;
    case 'internal':
    case 'none':
      return null;
  }
}

function pbxCostOf(record: CallRecord): string | null {
  if (record.cost === undefined) return null;
  return record.currency === undefined ? record.cost : `${record.cost} ${record.currency}`;
}
