/** What a call would cost that nobody made: read and priced as a real one, nothing is stored. */
import { type Band, type CallDirection, callIdOf } from '../model/call.ts';
import type { LocalSeconds } from '../model/time.ts';
import type { NormalisedNumber } from '../numbering/site.ts';
import type { Database } from '../store/database.ts';
import { type DestinationName, DestinationStore } from '../store/destinations.ts';
import { SettingsStore } from '../store/settings.ts';
import { type BookableCall, CallBooker } from './book-call.ts';
import { type ExplainedPrice, PriceExplainer } from './explain-price.ts';
import { loadBooker } from './load-booker.ts';
import { SiteZone } from './site-zone.ts';

export interface CallToTry {
  /** As dialled; with `isNormalised` country code and national number. Of an incoming call the number that is called. */
  readonly number: string;
  readonly isNormalised: boolean;
  readonly startLocalS: LocalSeconds;
  readonly talkSeconds: number;
  readonly direction: CallDirection;
  readonly isAnswered: boolean;
  readonly trunk?: string | undefined;
  /** Absent: what the number begins with. */
  readonly accessCode?: string | undefined;
  readonly sourceId?: number | undefined;
  readonly origin?: string | undefined;
  readonly allowanceLeftSeconds?: number | undefined;
  readonly volumeSeconds?: Readonly<Record<string, number>> | undefined;
  readonly pbxCost?: string | undefined;
  /** Absent: the version that would price the call now. */
  readonly versionId?: number | undefined;
}

export interface TriedCall {
  readonly number: NormalisedNumber | undefined;
  readonly band: Band;
  readonly destination: DestinationName | undefined;
  readonly price: ExplainedPrice;
}

export function tryCall(db: Database, call: CallToTry, language: 'vi' | 'en'): TriedCall {
  const { rules } = loadBooker(db, new DestinationStore(db));
  let destination: DestinationName | undefined;
  const booker = new CallBooker({
    ...rules,
    normalise: (digits, day, isOverTrunk) => {
      const number = rules.normalise(call.isNormalised ? `+${digits}` : digits, day, isOverTrunk);
      return call.accessCode === undefined ? number : { ...number, accessCode: call.accessCode };
    },
    destinationId: (name) => {
      destination = name;
      return 0;
    },
  });
  const bookable = bookableOf(db, call);
  const { band } = booker.book(bookable);
  const { origin, allowanceLeftSeconds, volumeSeconds } = call;
  const ask = {
    ...(origin !== undefined && { origin }),
    ...(allowanceLeftSeconds !== undefined && { allowanceLeftSeconds }),
    ...(volumeSeconds !== undefined && { monthSeconds: volumeSeconds }),
  };
  return {
    number: booker.normalised(bookable),
    band,
    destination,
    price: new PriceExplainer(db, booker, language).ofTried(bookable, ask, call.versionId),
  };
}

function bookableOf(db: Database, call: CallToTry): BookableCall {
  const zone = new SiteZone(new SettingsStore(db).get().timeZone);
  const { instant } = zone.placeLocal(call.startLocalS);
  const isIncoming = call.direction === 'incoming';
  return {
    id: callIdOf(call.sourceId ?? 0, 0),
    startLocalS: call.startLocalS,
    utcOffsetMin: Math.round(zone.offsetSecondsAt(instant) / 60),
    direction: call.direction,
    isAnswered: call.isAnswered,
    talkSeconds: call.talkSeconds,
    code: null,
    extension: null,
    trunk: call.trunk ?? null,
    dialled: call.number,
    outsideNumber: isIncoming ? null : call.number,
    pbxCost: call.pbxCost ?? null,
  };
}
