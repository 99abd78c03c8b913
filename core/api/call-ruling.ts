/** Why a call got its verdict: the rules of its day once more, with what a reader needs to know beside them. */
import type { storedJudge } from '../ingest/load-judge.ts';
import { restsOnNoCode } from '../model/code-policy.ts';
import { ALWAYS_FROM, ALWAYS_TO } from '../model/people.ts';
import { findOwners } from '../store/assignments.ts';
import type { CallView } from '../store/calls.ts';
import type { Database } from '../store/database.ts';
import type { CallRuling } from './contract.ts';

/** Stands where an assignment has no first or last day. */
const OPEN_END = '…';

/** Null where no rule says what is stored: the rules have changed, or the month was closed before they did. */
export function rulingOf(db: Database, judge: ReturnType<typeof storedJudge>, call: CallView): CallRuling | null {
  if (call.verdict === null) return null;
  const judgement = judge(call);
  if (judgement?.verdict !== call.verdict) return null;
  const { rule, values } = judgement;
  return { rule, values: { ...values, ...(rule === 'code-of-other-day' ? validityOf(db, call.code) : {}) } };
}

/** Whose the code is or was, and in which days. */
function validityOf(db: Database, code: string | null): CallRuling['values'] {
  const [newest] = code === null ? [] : findOwners(db, 'code', code);
  if (newest === undefined) return { name: '', validFrom: OPEN_END, validTo: OPEN_END };
  return {
    name: newest.personName,
    validFrom: newest.validFrom === ALWAYS_FROM ? OPEN_END : newest.validFrom,
    validTo: newest.validTo === ALWAYS_TO ? OPEN_END : newest.validTo,
  };
}

export function isVerdictInDoubt(
  verdict: CallView['verdict'],
  format: { readonly codeFields: readonly string[] } | undefined,
): boolean {
  return verdict !== null && restsOnNoCode(verdict) && format?.codeFields.length === 0;
}
