/** Who owns a call and what it costs: the directory, the numbering plan and the tariff of this moment, put together. */
import type { Attribution, Directory } from '../attribution/directory.ts';
import {
  type AttributionReason,
  type Band,
  type CallDirection,
  type CallId,
  type CallVerdict,
  type RatingState,
  sourceIdOf,
} from '../model/call.ts';
import { type LocalDay, type LocalSeconds, localDayOf } from '../model/time.ts';
import { bandOfCategory } from '../numbering/band-of-category.ts';
import type { NumberNormaliser } from '../numbering/normalise-number.ts';
import type { PlaceName } from '../numbering/place-name.ts';
import type { NormalisedNumber } from '../numbering/site.ts';
import { type Charge, type RatingCall, rateCall } from '../rating/rate-call.ts';
import type { Booking } from '../store/calls.ts';
import type { DestinationName } from '../store/destinations.ts';
import type { SiteZone } from './site-zone.ts';
import type { ChosenVersion, PricingTariffs } from './tariff-set.ts';

/** What booking looks at; the same for a new call and for a stored one. */
export interface BookableCall {
  readonly id: CallId;
  readonly startLocalS: LocalSeconds;
  readonly utcOffsetMin: number;
  readonly direction: CallDirection;
  readonly isAnswered: boolean | null;
  readonly talkSeconds: number;
  readonly code: string | null;
  readonly extension: string | null;
  readonly trunk: string | null;
  /** Outside number without the format's marks; null where there is none or its first digits are hidden. */
  readonly outsideNumber: string | null;
}

/** What the code policy says of an outside call; null where none was in force on its day. */
export type CallJudge = (call: BookableCall, owner: Attribution, band: Band) => CallVerdict | null;

export interface BookingRules {
  readonly directory: Directory;
  readonly normalise: NumberNormaliser;
  readonly tariffs: PricingTariffs;
  readonly judge: CallJudge;
  /** Number of a place for ever; a new one is stored. */
  readonly destinationId: (name: DestinationName) => number;
}

const SECONDS_PER_DAY = 86_400;

type Price = Pick<Booking, 'rating' | 'tariffVersionId' | 'chargeMicro' | 'currency' | 'billedSeconds'>;

const priceless = (rating: RatingState): Price => ({
  rating,
  tariffVersionId: null,
  chargeMicro: null,
  currency: null,
  billedSeconds: null,
});
const NOT_CHARGEABLE = priceless('not-chargeable');
const UNRATED = priceless('unrated');

export class CallBooker {
  readonly rules: BookingRules;
  #day = Number.NaN;
  #dayText: LocalDay = '';

  constructor(rules: BookingRules) {
    this.rules = rules;
  }

  book(call: BookableCall): Booking {
    const day = Math.floor(call.startLocalS / SECONDS_PER_DAY);
    const owner = this.rules.directory.attribute({
      code: call.code ?? undefined,
      extension: call.extension ?? undefined,
      direction: call.direction,
      day,
    });
    const normalised = this.#normalised(call, day);
    const chosen = this.#chosen(call, normalised);
    const charge = this.#charge(call, normalised, chosen);
    const price = this.#price(call, normalised, chosen, charge);
    const rate = charge?.rate;
    const band = bandOf(call, normalised, rate?.category);
    return {
      number: normalised === undefined || normalised.number === '' ? null : normalised.number,
      band,
      destinationId: this.#destinationId(call, rate, normalised?.destination),
      personId: owner.personId ?? null,
      departmentId: owner.departmentId ?? null,
      reason: owner.reason satisfies AttributionReason,
      rating: price.rating,
      tariffVersionId: price.tariffVersionId,
      chargeMicro: price.chargeMicro,
      currency: price.currency,
      billedSeconds: price.billedSeconds,
      monthUse: null,
      verdict: this.rules.judge(call, owner, band),
      purpose: null,
    };
  }

  /** The question that the tariff answers for this call; undefined where nothing is to be priced. */
  ratingCallOf(call: BookableCall, zone: SiteZone | undefined): RatingCall | undefined {
    const day = Math.floor(call.startLocalS / SECONDS_PER_DAY);
    return isChargeable(call) ? this.#ratingCall(call, this.#normalised(call, day), zone) : undefined;
  }

  /** The version that would price this call as of now. */
  versionOf(call: BookableCall): ChosenVersion | undefined {
    return this.#chosen(call, this.#normalised(call, Math.floor(call.startLocalS / SECONDS_PER_DAY)));
  }

  #ratingCall(
    call: BookableCall,
    normalised: NormalisedNumber | undefined,
    zone: SiteZone | undefined,
  ): RatingCall | undefined {
    if (normalised === undefined || normalised.number === '' || normalised.isInternal) return undefined;
    const startLocal =
      zone === undefined ? call.startLocalS : zone.localOfInstant(call.startLocalS - call.utcOffsetMin * 60);
    return {
      startLocal,
      durationSeconds: call.talkSeconds,
      number: normalised.number,
      accessCode: normalised.accessCode,
      trunk: call.trunk ?? undefined,
      direction: call.direction === 'none' ? undefined : call.direction,
    };
  }

  #chosen(call: BookableCall, normalised: NormalisedNumber | undefined): ChosenVersion | undefined {
    if (!isChargeable(call) || normalised === undefined) return undefined;
    const chosen = {
      accessCode: normalised.accessCode,
      trunk: call.trunk ?? undefined,
      site: String(sourceIdOf(call.id)),
    };
    return this.rules.tariffs.versionFor(chosen, this.#dayText);
  }

  #charge(
    call: BookableCall,
    normalised: NormalisedNumber | undefined,
    chosen: ChosenVersion | undefined,
  ): Charge | undefined {
    if (chosen === undefined) return undefined;
    const question = this.#ratingCall(call, normalised, chosen.version.zone);
    return question === undefined ? undefined : rateCall(chosen.version.compiled, question);
  }

  #price(
    call: BookableCall,
    normalised: NormalisedNumber | undefined,
    chosen: ChosenVersion | undefined,
    charge: Charge | undefined,
  ): Price {
    if (!isChargeable(call) || normalised?.isInternal === true) return NOT_CHARGEABLE;
    if (chosen === undefined || charge?.isRated !== true || charge.amountMicro === undefined) return UNRATED;
    return {
      rating: 'rated',
      tariffVersionId: chosen.version.id,
      chargeMicro: charge.amountMicro,
      currency: charge.currency,
      billedSeconds: charge.billedSeconds,
    };
  }

  #normalised(call: BookableCall, day: number): NormalisedNumber | undefined {
    if (call.outsideNumber === null || call.outsideNumber === '') return undefined;
    if (day !== this.#day) {
      this.#day = day;
      this.#dayText = localDayOf(call.startLocalS);
    }
    const isOverTrunk = call.trunk !== null && (call.direction === 'outgoing' || call.direction === 'tandem');
    return this.rules.normalise(call.outsideNumber, this.#dayText, isOverTrunk);
  }

  /** The tariff's own name of the place before the numbering plan's; one language stands in for the other. */
  #destinationId(call: BookableCall, rate: Charge['rate'], place: PlaceName | undefined): number | null {
    if (call.direction !== 'outgoing' && call.direction !== 'tandem') return null;
    const en = rate?.name ?? place?.en ?? rate?.nameVi;
    if (en === undefined) return null;
    return this.rules.destinationId({ en, vi: rate?.nameVi ?? rate?.name ?? place?.vi ?? en });
  }
}

/** Only what left by an outside line and was talked on costs anything. */
export function isChargeable(call: BookableCall): boolean {
  if (call.direction !== 'outgoing' && call.direction !== 'tandem') return false;
  return call.isAnswered === true || (call.isAnswered === null && call.talkSeconds > 0);
}

function bandOf(call: BookableCall, normalised: NormalisedNumber | undefined, category: string | undefined): Band {
  switch (call.direction) {
    case 'incoming':
      return 'incoming';
    case 'internal':
      return 'internal';
    case 'none':
      return 'unknown';
    case 'outgoing':
    case 'tandem':
      return (category === undefined ? undefined : bandOfCategory(category)) ?? normalised?.band ?? 'unknown';
  }
}
