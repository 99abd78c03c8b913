/** Calls as rows of the store: their columns, and what SQLite gives and takes. */
import type {
  AttributionReason,
  Band,
  CallDirection,
  CallId,
  CallLeg,
  CallPurpose,
  CallVerdict,
  RatingState,
} from '../model/call.ts';
import type { Doubt } from '../model/call-record.ts';
import { type AmountMicro, amountMicro } from '../model/money.ts';

/** One row of `calls`. Times are seconds on the site's wall clock, money is millionths of `currency`. */
export interface CallRow {
  readonly id: CallId;
  readonly startLocalS: number;
  readonly utcOffsetMin: number;
  /** Offset past the last byte of the call's last record. */
  readonly endOffset: number;
  readonly direction: CallDirection;
  /** Null where the record does not say. */
  readonly isAnswered: boolean | null;
  readonly talkSeconds: number;
  readonly ringSeconds: number | null;
  readonly extension: string | null;
  readonly trunk: string | null;
  readonly code: string | null;
  readonly codeField: string | null;
  readonly dialled: string | null;
  readonly caller: string | null;
  readonly callerName: string | null;
  /** Outside number without the format's marks, only where it differs from `dialled` (outgoing) or `caller` (incoming). */
  readonly cleaned: string | null;
  readonly number: string | null;
  readonly band: Band;
  /** Of `destinations`, which names it. */
  readonly destinationId: number | null;
  readonly personId: number | null;
  readonly departmentId: number | null;
  readonly reason: AttributionReason;
  readonly rating: RatingState;
  readonly tariffVersionId: number | null;
  readonly chargeMicro: AmountMicro | null;
  readonly currency: string | null;
  readonly billedSeconds: number | null;
  /** JSON of what it took out of the month's bundles and added to its volumes. */
  readonly monthUse: string | null;
  /** Null where no code policy was in force. */
  readonly verdict: CallVerdict | null;
  readonly purpose: CallPurpose | null;
  /** Day it is summed at (days since 1970) where it came after its own month was closed. */
  readonly lateDay: number | null;
  readonly pbxCost: string | null;
  readonly conditionCode: string | null;
  readonly doubts: readonly Doubt[];
  readonly legCount: number;
}

/** A stored call with the names that go with it today. */
export interface CallView extends CallRow {
  readonly personName: string | null;
  readonly departmentName: string | null;
  readonly destinationEn: string | null;
  readonly destinationVi: string | null;
}

/** What booking and pricing decide; the rest of a call comes from the PBX. */
export type Booking = Pick<
  CallRow,
  | 'number'
  | 'band'
  | 'destinationId'
  | 'personId'
  | 'departmentId'
  | 'reason'
  | 'rating'
  | 'tariffVersionId'
  | 'chargeMicro'
  | 'currency'
  | 'billedSeconds'
  | 'monthUse'
  | 'verdict'
  | 'purpose'
>;

export interface StoredLeg {
  readonly sourceOffset: number;
  readonly byteLength: number;
  readonly leg: CallLeg;
}

export const COLUMNS = `id, start_local_s, utc_offset_min, end_offset, direction, is_answered, talk_s, ring_s, extension, trunk,
  code, code_field, dialled, caller, caller_name, cleaned, number, band, destination_id, person_id, department_id, reason,
  rating, tariff_version_id, charge_micro, currency, billed_s, month_use, verdict, purpose, late_day, pbx_cost, condition,
  doubts, leg_count`;

/** Columns of one call for `callRowOf`; the charge as text, because a double cannot hold every amount. */
export const CALL_COLUMNS = `c.id, c.start_local_s, c.utc_offset_min, c.end_offset, c.direction, c.is_answered, c.talk_s,
  c.ring_s, c.extension, c.trunk, c.code, c.code_field, c.dialled, c.caller, c.caller_name, c.cleaned, c.number, c.band,
  c.destination_id, c.person_id, c.department_id, c.reason, c.rating, c.tariff_version_id,
  CAST(c.charge_micro AS TEXT) AS charge_text, c.currency, c.billed_s, c.month_use, c.verdict, c.purpose, c.late_day,
  c.pbx_cost, c.condition, c.doubts, c.leg_count`;

/** Columns and joins of a call with its names, for `callViewOf`. */
export const CALL_VIEW = `SELECT ${CALL_COLUMNS}, p.name AS person_name, d.name AS department_name,
    t.name_en AS destination_en, t.name_vi AS destination_vi
  FROM calls c LEFT JOIN people p ON p.id = c.person_id LEFT JOIN departments d ON d.id = c.department_id
    LEFT JOIN destinations t ON t.id = c.destination_id`;

/** A row of `CALL_COLUMNS` as SQLite gives it. */
export interface CallColumns {
  readonly id: number;
  readonly start_local_s: number;
  readonly utc_offset_min: number;
  readonly end_offset: number;
  readonly direction: CallDirection;
  readonly is_answered: number | null;
  readonly talk_s: number;
  readonly ring_s: number | null;
  readonly extension: string | null;
  readonly trunk: string | null;
  readonly code: string | null;
  readonly code_field: string | null;
  readonly dialled: string | null;
  readonly caller: string | null;
  readonly caller_name: string | null;
  readonly cleaned: string | null;
  readonly number: string | null;
  readonly band: Band;
  readonly destination_id: number | null;
  readonly person_id: number | null;
  readonly department_id: number | null;
  readonly reason: AttributionReason;
  readonly rating: RatingState;
  readonly tariff_version_id: number | null;
  readonly charge_text: string | null;
  readonly currency: string | null;
  readonly billed_s: number | null;
  readonly month_use: string | null;
  readonly verdict: CallVerdict | null;
  readonly purpose: CallPurpose | null;
  readonly late_day: number | null;
  readonly pbx_cost: string | null;
  readonly condition: string | null;
  readonly doubts: string | null;
  readonly leg_count: number;
}

export interface CallViewColumns extends CallColumns {
  readonly person_name: string | null;
  readonly department_name: string | null;
  readonly destination_en: string | null;
  readonly destination_vi: string | null;
}

export function callRowOf(c: CallColumns): CallRow {
  return {
    id: c.id,
    startLocalS: c.start_local_s,
    utcOffsetMin: c.utc_offset_min,
    endOffset: c.end_offset,
    direction: c.direction,
    isAnswered: c.is_answered === null ? null : c.is_answered !== 0,
    talkSeconds: c.talk_s,
    ringSeconds: c.ring_s,
    extension: c.extension,
    trunk: c.trunk,
    code: c.code,
    codeField: c.code_field,
    dialled: c.dialled,
    caller: c.caller,
    callerName: c.caller_name,
    cleaned: c.cleaned,
    number: c.number,
    band: c.band,
    destinationId: c.destination_id,
    personId: c.person_id,
    departmentId: c.department_id,
    reason: c.reason,
    rating: c.rating,
    tariffVersionId: c.tariff_version_id,
    chargeMicro: c.charge_text === null ? null : amountMicro(BigInt(c.charge_text)),
    currency: c.currency,
    billedSeconds: c.billed_s,
    monthUse: c.month_use,
    verdict: c.verdict,
    purpose: c.purpose,
    lateDay: c.late_day,
    pbxCost: c.pbx_cost,
    conditionCode: c.condition,
    doubts: c.doubts === null ? [] : (c.doubts.split(',') as Doubt[]),
    legCount: c.leg_count,
  };
}

export function callViewOf(c: CallViewColumns): CallView {
  return {
    ...callRowOf(c),
    personName: c.person_name,
    departmentName: c.department_name,
    destinationEn: c.destination_en,
    destinationVi: c.destination_vi,
  };
}

/** In the order of `COLUMNS`. */
export function valuesOf(call: CallRow): (string | number | bigint | null)[] {
  return [
    call.id,
    call.startLocalS,
    call.utcOffsetMin,
    call.endOffset,
    call.direction,
    call.isAnswered === null ? null : Number(call.isAnswered),
    call.talkSeconds,
    call.ringSeconds,
    call.extension,
    call.trunk,
    call.code,
    call.codeField,
    call.dialled,
    call.caller,
    call.callerName,
    call.cleaned,
    call.number,
    call.band,
    call.destinationId,
    call.personId,
    call.departmentId,
    call.reason,
    call.rating,
    call.tariffVersionId,
    call.chargeMicro,
    call.currency,
    call.billedSeconds,
    call.monthUse,
    call.verdict,
    call.purpose,
    call.lateDay,
    call.pbxCost,
    call.conditionCode,
    call.doubts.length === 0 ? null : call.doubts.join(','),
    call.legCount,
  ];
}
