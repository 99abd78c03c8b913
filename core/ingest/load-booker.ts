/** Reads people, settings, code rules and tariffs from the store and makes them ready for booking. */
import path from 'node:path';
import { buildDirectory } from '../attribution/directory.ts';
import { parseExtensionRanges } from '../numbering/extension-ranges.ts';
import { numberNormaliser } from '../numbering/normalise-number.ts';
import { builtInPlan, dialPrefixesOf, type NumberingPlan } from '../numbering/plan.ts';
import type { NumberingSite } from '../numbering/site.ts';
import { CallDecisionStore } from '../store/call-decisions.ts';
import type { Database } from '../store/database.ts';
import type { DestinationStore } from '../store/destinations.ts';
import { loadDirectory } from '../store/people.ts';
import { SettingsStore, type SiteSettings } from '../store/settings.ts';
import { CallBooker } from './book-call.ts';
import { callJudge, loadJudge } from './load-judge.ts';
import { numberingPlanOf } from './numbering-files.ts';
import { TariffSet } from './tariff-set.ts';

export function loadBooker(db: Database, destinations: DestinationStore): CallBooker {
  const settings = new SettingsStore(db).get();
  const plan = db.memory ? builtInPlan() : numberingPlanOf(path.dirname(db.name)).plan;
  return new CallBooker({
    directory: buildDirectory(loadDirectory(db)),
    normalise: numberNormaliser(numberingSiteOf(settings, plan), plan),
    tariffs: new TariffSet(db),
    judge: callJudge(loadJudge(db)),
    decisions: new CallDecisionStore(db).held(),
    origin: settings.countryCode + settings.areaCode,
    pbxCostUse: settings.pbxCostUse,
    destinationId: (name) => destinations.idOf(name),
  });
}

export function numberingSiteOf(settings: SiteSettings, plan: NumberingPlan): NumberingSite {
  const extensionRanges = parseExtensionRanges(settings.extensionRanges) ?? [];
  return {
    countryCode: settings.countryCode,
    areaCode: settings.areaCode,
    outsideDigits: listOf(settings.outsideDigits),
    carrierCodes: listOf(settings.carrierCodes),
    extensionMaxDigits: settings.extensionMaxDigits,
    ...(extensionRanges.length > 0 && { extensionRanges }),
    ...dialPrefixesOf(settings.countryCode, plan),
  };
}

function listOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
