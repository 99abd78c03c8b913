import type { AttributionReason } from '../../core/model/call.ts';
import { amountMicro } from '../../core/model/money.ts';
import { localSecondsOfDay } from '../../core/model/time.ts';
import { type CallRow, CallStore } from '../../core/store/calls.ts';
import { DailySums } from '../../core/store/daily-sums.ts';
import type { Database } from '../../core/store/database.ts';

export interface StoredCallFacts {
  readonly start: string;
  readonly code?: string;
  readonly extension?: string;
  readonly personId?: number;
  readonly departmentId?: number;
  readonly reason: AttributionReason;
  readonly chargeMicro?: bigint;
}

let offset = 0;

/** Stores one outgoing call as ingest would, with its daily sums. */
export function putCall(db: Database, facts: StoredCallFacts): void {
  offset += 1;
  const [day = '', clock = ''] = facts.start.split('T');
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  const call: CallRow = {
    id: 2 ** 40 + offset,
    startLocalS: Number(localSecondsOfDay(day)) + hours * 3600 + minutes * 60 + seconds,
    utcOffsetMin: 420,
    endOffset: offset + 1,
    direction: 'outgoing',
    isAnswered: true,
    talkSeconds: 60,
    ringSeconds: null,
    extension: facts.extension ?? null,
    trunk: '01',
    code: facts.code ?? null,
    codeField: facts.code === undefined ? null : 'account',
    dialled: '0900000000',
    caller: null,
    callerName: null,
    cleaned: null,
    number: '84900000000',
    band: 'mobile',
    destinationId: null,
    personId: facts.personId ?? null,
    departmentId: facts.departmentId ?? null,
    reason: facts.reason,
    rating: facts.chargeMicro === undefined ? 'unrated' : 'rated',
    tariffVersionId: null,
    chargeMicro: facts.chargeMicro === undefined ? null : amountMicro(facts.chargeMicro),
    currency: facts.chargeMicro === undefined ? null : 'VND',
    billedSeconds: null,
    monthUse: null,
    verdict: null,
    purpose: null,
    lateDay: null,
    pbxCost: null,
    conditionCode: null,
    doubts: [],
    legCount: 1,
  };
  const sums = new DailySums(db);
  const calls = new CallStore(db, sums);
  db.transaction(() => {
    calls.put(call, undefined);
    sums.flush();
  })();
}
