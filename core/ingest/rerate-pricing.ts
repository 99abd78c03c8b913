/** What a stored call costs with the tariffs of now, or with others: its owner is not asked for and stays as it is. */
import { buildDirectory } from '../attribution/directory.ts';
import type { Booking } from '../store/calls.ts';
import type { CallPlace, CallPrice, PriceableCall } from '../store/rerate-changes.ts';
import type { RerateKind } from '../store/rerate-sums.ts';
import { type BookableCall, type BookingRules, CallBooker } from './book-call.ts';
import { outsideNumberOf } from './call-row.ts';

export type PricingRules = Omit<BookingRules, 'directory' | 'judge'>;

const NOBODY = buildDirectory({ people: [], memberships: [], assignments: [] });

export class StoredCallPricer {
  readonly #booker: CallBooker;

  constructor(rules: PricingRules) {
    this.#booker = new CallBooker({ ...rules, directory: NOBODY, judge: () => null });
  }

  price(call: PriceableCall): Booking {
    return this.#booker.book(bookableOf(call));
  }
}

function bookableOf(call: PriceableCall): BookableCall {
  return {
    id: call.id,
    startLocalS: call.startLocalS,
    utcOffsetMin: call.utcOffsetMin,
    direction: call.direction,
    isAnswered: call.isAnswered,
    talkSeconds: call.talkSeconds,
    code: null,
    extension: null,
    trunk: call.trunk,
    dialled: call.dialled,
    outsideNumber: outsideNumberOf(call),
    pbxCost: call.pbxCost,
  };
}

/** Undefined: nothing changes. */
export function kindOfChange(before: CallPrice & CallPlace, after: CallPrice & CallPlace): RerateKind | undefined {
  if (before.rating !== after.rating) {
    if (after.rating === 'rated') return 'newly-rated';
    return before.rating === 'rated' ? 'no-longer-rated' : 'same-price';
  }
  if (before.chargeMicro !== after.chargeMicro || before.currency !== after.currency) return 'repriced';
  const isSame =
    before.tariffVersionId === after.tariffVersionId &&
    before.billedSeconds === after.billedSeconds &&
    before.monthUse === after.monthUse &&
    isSamePlace(before, after);
  return isSame ? undefined : 'same-price';
}

/** The verdict follows the place. */
export function isSamePlace(before: CallPlace, after: CallPlace): boolean {
  return before.number === after.number && before.band === after.band && before.destinationId === after.destinationId;
}
