/** Who owns a call and what it costs: the directory, the numbering plan and the tariffs of this moment, put together. */
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
import { type PbxCostUse, readPbxCost } from '../rating/pbx-cost.ts';
import { type Charge, type RatingCall, rateCall } from '../rating/rate-call.ts';
import type { StoredRate } from '../rating/tariff.ts';
import type { CallBytes, HeldDecisions } from '../store/call-decisions.ts';
import type { Booking, CallRow } from '../store/calls.ts';
import type { DestinationName } from '../store/destinations.ts';
import type { ChosenVersion, PricingTariffs, UsableVersion } from './tariff-set.ts';

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
  /** Digits as printed: of an incoming call the number that was called, where the PBX says it. */
  readonly dialled: string | null;
  /** Outside number without the format's marks; null where there is none or its first digits are hidden. */
  readonly outsideNumber: string | null;
  readonly pbxCost: string | null;
  /** Where its records lie; without it a decision of people is found by the call's first byte only. */
  readonly bytes?: CallBytes;
}

/** What the code policy says of an outside call; null where none was in force on its day. */
export type CallJudge = (call: BookableCall, owner: Attribution, band: Band) => CallVerdict | null;

export interface BookingRules {
  readonly directory: Directory;
  readonly normalise: NumberNormaliser;
  readonly tariffs: PricingTariffs;
  readonly judge: CallJudge;
  /** What people decided about single calls. */
  readonly decisions: HeldDecisions;
  /** Country and area code of the site: where its calls come from, for tariffs that do not say it. */
  readonly origin: string;
  readonly pbxCostUse: PbxCostUse;
  /** Number of a place for ever; a new one is stored. */
  readonly destinationId: (name: DestinationName) => number;
}

const SECONDS_PER_DAY = 86_400;

type Price = Pick<Booking, 'rating' | 'tariffVersionId' | 'chargeMicro' | 'currency' | 'billedSeconds' | 'monthUse'>;

/** A price that is kept for as long as the call's number stays what it was. */
export type StoredPrice = Price & Pick<CallRow, 'number'>;

const priceless = (rating: RatingState, tariffVersionId: number | null = null): Price => ({
  rating,
  tariffVersionId,
  chargeMicro: null,
  currency: null,
  billedSeconds: null,
  monthUse: null,
});
const NOT_CHARGEABLE = priceless('not-chargeable');
const UNRATED = priceless('unrated');

interface Priced {
  readonly price: Price;
  readonly rate: StoredRate | undefined;
}

export class CallBooker {
  readonly rules: BookingRules;
  #day = Number.NaN;
  #dayText: LocalDay = '';

  constructor(rules: BookingRules) {
    this.rules = rules;
  }

  /**
   * With `kept` the call keeps that price, unless its number is read differently now. A price that depends on the other
   * calls of the month is that of a month without any: `MonthSettler` makes it right.
   */
  book(call: BookableCall, kept?: StoredPrice): Booking {
    const attributed = this.rules.directory.attribute({
      code: call.code ?? undefined,
      extension: call.extension ?? undefined,
      direction: call.direction,
      day: dayNumberOf(call),
    });
    const decided = this.rules.decisions.of(call.id, call.bytes);
    const owner = decided?.owner === undefined ? attributed : this.#reassigned(call, decided.owner.personId);
    const outside = this.normalised(call);
    const number = outside === undefined || outside.number === '' ? null : outside.number;
    const { price, rate } =
      kept !== undefined && kept.number === number ? this.#kept(call, outside, kept) : this.#priced(call, outside);
    const band = bandOf(call, outside, rate?.category);
    return {
      number,
      band,
      destinationId: this.#destinationId(call, rate, outside?.destination),
      personId: owner.personId ?? null,
      departmentId: owner.departmentId ?? null,
      reason: owner.reason satisfies AttributionReason,
      rating: price.rating,
      tariffVersionId: price.tariffVersionId,
      chargeMicro: price.chargeMicro,
      currency: price.currency,
      billedSeconds: price.billedSeconds,
      monthUse: price.monthUse,
      verdict: this.rules.judge(call, attributed, band),
      purpose: decided?.purpose ?? null,
    };
  }

  #reassigned(call: BookableCall, personId: number | null): Attribution {
    if (personId === null) return { personId: undefined, departmentId: undefined, reason: 'reassigned' };
    const departmentId = this.rules.directory.departmentOn(personId, dayNumberOf(call));
    return { personId, departmentId, reason: 'reassigned' };
  }

  /** The outside number: whom an outgoing call called, who called an incoming one. */
  normalised(call: BookableCall): NormalisedNumber | undefined {
    if (call.outsideNumber === null || call.outsideNumber === '') return undefined;
    const isOverTrunk = call.trunk !== null && isOutbound(call);
    return this.rules.normalise(call.outsideNumber, this.#dayOf(call), isOverTrunk);
  }

  /** The tariff, and the version of it, that would price this call as of now. */
  choose(call: BookableCall, outside: NormalisedNumber | undefined): ChosenVersion | undefined {
    if (!isTalked(call)) return undefined;
    const by = { trunk: call.trunk ?? undefined, site: String(sourceIdOf(call.id)) };
    if (isOutbound(call)) {
      if (outside === undefined) return undefined;
      return this.rules.tariffs.versionFor({ ...by, accessCode: outside.accessCode }, this.#dayOf(call));
    }
    if (call.direction !== 'incoming') return undefined;
    const chosen = this.rules.tariffs.versionFor(by, this.#dayOf(call));
    return chosen?.version.compiled.pricesIncoming === true ? chosen : undefined;
  }

  /** What the version is asked for this call; undefined where there is nothing to price. */
  question(
    call: BookableCall,
    outside: NormalisedNumber | undefined,
    { compiled, zone }: UsableVersion,
  ): RatingCall | undefined {
    const isIncoming = call.direction === 'incoming';
    if (!isIncoming && (!isOutbound(call) || outside === undefined)) return undefined;
    if (!isIncoming && (outside?.number === '' || outside?.isInternal === true)) return undefined;
    const startLocal =
      zone === undefined ? call.startLocalS : zone.localOfInstant(call.startLocalS - call.utcOffsetMin * 60);
    return {
      startLocal,
      durationSeconds: call.talkSeconds,
      number: isIncoming ? this.#called(call) : (outside?.number ?? ''),
      accessCode: isIncoming ? undefined : outside?.accessCode,
      trunk: call.trunk ?? undefined,
      direction: call.direction === 'none' ? undefined : call.direction,
      origin: isIncoming ? outside?.number : (compiled.origin ?? this.rules.origin),
    };
  }

  /** The number that an incoming call was made to; empty where the record shows none of the public network. */
  #called(call: BookableCall): string {
    if (call.dialled === null || call.dialled === '') return '';
    const called = this.rules.normalise(call.dialled, this.#dayOf(call), false);
    return called.isInternal ? '' : called.number;
  }

  #priced(call: BookableCall, outside: NormalisedNumber | undefined): Priced {
    const chosen = this.choose(call, outside);
    const question = chosen === undefined ? undefined : this.question(call, outside, chosen.version);
    const charge =
      chosen === undefined || question === undefined ? undefined : rateCall(chosen.version.compiled, question);
    if (call.direction === 'incoming') return incomingPrice(chosen, charge);
    const rate = charge?.rate;
    if (!isTalked(call) || !isOutbound(call) || outside?.isInternal === true) return { price: NOT_CHARGEABLE, rate };
    return { price: this.#printedPrice(call, chosen) ?? ratedPrice(chosen, charge), rate };
  }

  /** The PBX's own cost, where it counts as the charge. */
  #printedPrice(call: BookableCall, chosen: ChosenVersion | undefined): Price | undefined {
    if (this.rules.pbxCostUse !== 'trust' || call.pbxCost === null) return undefined;
    const printed = readPbxCost(call.pbxCost, chosen?.version.compiled.currency);
    if (printed === undefined) return undefined;
    return { ...priceless('rated'), chargeMicro: printed.amountMicro, currency: printed.currency };
  }

  /** Band and destination still come from the rate that priced the call. */
  #kept(call: BookableCall, outside: NormalisedNumber | undefined, kept: StoredPrice): Priced {
    const { tariffs } = this.rules;
    const version =
      kept.tariffVersionId === null
        ? this.choose(call, outside)?.version
        : isOutbound(call)
          ? tariffs.version(kept.tariffVersionId)
          : undefined;
    const question = version === undefined ? undefined : this.question(call, outside, version);
    const rate =
      version === undefined || question === undefined ? undefined : rateCall(version.compiled, question).rate;
    return { price: kept, rate };
  }

  #dayOf(call: BookableCall): LocalDay {
    const day = dayNumberOf(call);
    if (day !== this.#day) {
      this.#day = day;
      this.#dayText = localDayOf(call.startLocalS);
    }
    return this.#dayText;
  }

  /** The tariff's own name of the place before the numbering plan's; one language stands in for the other. */
  #destinationId(call: BookableCall, rate: StoredRate | undefined, place: PlaceName | undefined): number | null {
    if (!isOutbound(call)) return null;
    const en = rate?.name ?? place?.en ?? rate?.nameVi;
    if (en === undefined) return null;
    return this.rules.destinationId({ en, vi: rate?.nameVi ?? rate?.name ?? place?.vi ?? en });
  }
}

function dayNumberOf(call: BookableCall): number {
  return Math.floor(call.startLocalS / SECONDS_PER_DAY);
}

/** It left by an outside line. */
function isOutbound({ direction }: BookableCall): boolean {
  return direction === 'outgoing' || direction === 'tandem';
}

/** Only what was talked on costs anything. */
function isTalked(call: BookableCall): boolean {
  return call.isAnswered === true || (call.isAnswered === null && call.talkSeconds > 0);
}

function ratedPrice(chosen: ChosenVersion | undefined, charge: Charge | undefined): Price {
  if (chosen === undefined || charge === undefined) return UNRATED;
  if (!charge.isRated || charge.amountMicro === undefined) return priceless('unrated', chosen.version.id);
  return {
    rating: 'rated',
    tariffVersionId: chosen.version.id,
    chargeMicro: charge.amountMicro,
    currency: charge.currency,
    billedSeconds: charge.billedSeconds,
    monthUse: null,
  };
}

/** An incoming call costs nothing unless a rate is meant for incoming calls to that number. */
function incomingPrice(chosen: ChosenVersion | undefined, charge: Charge | undefined): Priced {
  const isPriced = charge?.rate?.direction === 'incoming' && charge.isRated;
  return { price: isPriced ? ratedPrice(chosen, charge) : NOT_CHARGEABLE, rate: undefined };
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
