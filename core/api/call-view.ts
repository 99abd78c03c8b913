/** Stored calls and sums in the shape of the contract. */
import type { Language } from '../i18n/translate.ts';
import { sourceIdOf } from '../model/call.ts';
import { type MaskCode, maskCodeIn, maskNumber, showCode } from '../model/masking.ts';
import { formatAmount } from '../model/money.ts';
import { localText } from '../model/time.ts';
import { isListed } from '../privacy/listed.ts';
import type { CallTotals as StoredTotals } from '../store/call-filter.ts';
import type { CallView } from '../store/calls.ts';
import { bookedDayOf } from '../store/daily-sums.ts';
import { destinationIn } from '../store/destinations.ts';
import { monthOfDay } from '../store/month-days.ts';
import type { Call, CallTotals, Money } from './contract.ts';
import { presentViewer } from './viewing.ts';

export function moneyOf(sum: { readonly amountMicro: bigint; readonly currency: string }): Money {
  return { amount: formatAmount(sum.amountMicro as Parameters<typeof formatAmount>[0]), currency: sum.currency };
}

export function totalsOf(totals: StoredTotals): CallTotals {
  return { calls: totals.calls, talkSeconds: totals.talkSeconds, charges: totals.charges.map(moneyOf) };
}

/** Digits as printed, without a code that was dialled in front of or behind the number. */
function dialledOf(call: CallView, mask: MaskCode): string | null {
  if (call.dialled === null || call.code === null || mask === showCode) return call.dialled;
  return call.codeField === 'dialled' ? maskCodeIn(call.dialled, call.code) : call.dialled;
}

/** Of somebody else's private call: whose it is, how long and how dear; neither with whom nor when, but for its month. */
function withoutWhom(call: Call): Call {
  return {
    ...call,
    startLocal: `${call.startLocal.slice(0, 7)}-01T00:00:00`,
    ...{ extension: null, trunk: null, code: null, dialled: null, caller: null, callerName: null },
    ...{ number: null, destination: null, ringSeconds: null },
  };
}

/** `isToDecide`: for who may say that it was not private after all; its number is masked for everybody then. */
export function callOf(call: CallView, mask: MaskCode, language: Language, isToDecide = false): Call {
  const whole = wholeCall(call, mask, language);
  const viewer = presentViewer();
  if (viewer === undefined || isListed(call, viewer)) return whole;
  return isToDecide ? masked(whole) : withoutWhom(whole);
}

function masked(call: Call): Call {
  const hidden = (text: string | null): string | null => (text === null ? null : maskNumber(text));
  return {
    ...call,
    ...{ dialled: hidden(call.dialled), number: hidden(call.number), caller: hidden(call.caller), callerName: null },
  };
}

function wholeCall(call: CallView, mask: MaskCode, language: Language): Call {
  return {
    id: call.id,
    sourceId: sourceIdOf(call.id),
    startLocal: localText(call.startLocalS),
    direction: call.direction,
    isAnswered: call.isAnswered,
    talkSeconds: call.talkSeconds,
    ringSeconds: call.ringSeconds,
    extension: call.extension,
    trunk: call.trunk,
    code: call.code === null ? null : mask(call.code),
    dialled: dialledOf(call, mask),
    caller: call.caller,
    callerName: call.callerName,
    number: call.number,
    band: call.band,
    destination: destinationIn(call, language),
    personId: call.personId,
    personName: call.personName,
    departmentId: call.departmentId,
    departmentName: call.departmentName,
    reason: call.reason,
    rating: call.rating,
    charge:
      call.chargeMicro === null || call.currency === null
        ? null
        : moneyOf({ amountMicro: call.chargeMicro, currency: call.currency }),
    verdict: call.verdict,
    doubts: [...call.doubts],
    legCount: call.legCount,
    purpose: call.purpose,
    month: monthOfDay(bookedDayOf(call)),
    isLate: call.lateDay !== null,
  };
}
