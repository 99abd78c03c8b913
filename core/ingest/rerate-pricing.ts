/** What a stored call costs with the tariffs of now, or with others: its owner is not asked for and stays as it is. */
import { buildDirectory } from '../attribution/directory.ts';
import type { RerateKind } from '../model/rerate.ts';
import { HeldDecisions } from '../store/call-decisions.ts';
import type { Booking } from '../store/calls.ts';
import type { CallPlace, CallPrice, PriceableCall } from '../store/priceable-calls.ts';
import { type BookableCall, type BookingRules, CallBooker } from './book-call.ts';
import { outsideNumberOf } from './call-row.ts';
import type { PricingTariffs, UsableVersion } from './tariff-set.ts';

export type PricingRules = Omit<BookingRules, 'directory' | 'judge' | 'decisions'>;

const NOBODY = buildDirectory({ people: [], memberships: [], assignments: [] });

/** What people decided about a call moves no price. */
const UNDECIDED = new HeldDecisions([]);

export class StoredCallPricer {
  readonly booker: CallBooker;

  constructor(rules: PricingRules) {
    this.booker = new CallBooker({ ...rules, directory: NOBODY, judge: () => null, decisions: UNDECIDED });
  }

  get tariffs(): PricingTariffs {
    return this.booker.rules.tariffs;
  }

  /** As if no other call had used anything of its month. */
  price(call: PriceableCall): Booking {
    return this.booker.book(bookableOfPriceable(call));
  }

  version(id: number | null): UsableVersion | undefined {
    return id === null ? undefined : this.tariffs.version(id);
  }
}

export function bookableOfPriceable(call: PriceableCall): BookableCall {
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
