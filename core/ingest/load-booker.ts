/** Reads people, settings and the active tariff from the store and makes them ready for booking. */
import path from 'node:path';
import { buildDirectory } from '../attribution/directory.ts';
import { numberNormaliser } from '../numbering/normalise-number.ts';
import { builtInPlan, dialPrefixesOf, type NumberingPlan } from '../numbering/plan.ts';
import type { NumberingSite } from '../numbering/site.ts';
import { compileTariff } from '../rating/compile.ts';
import { parseStoredTariff } from '../rating/parse-tariff.ts';
import type { Database } from '../store/database.ts';
import type { DestinationStore } from '../store/destinations.ts';
import { loadDirectory } from '../store/people.ts';
import { SettingsStore, type SiteSettings } from '../store/settings.ts';
import { type TariffRow, TariffStore } from '../store/tariffs.ts';
import { type ActiveTariff, CallBooker } from './book-call.ts';
import { numberingPlanOf } from './numbering-files.ts';
import { SiteZone } from './site-zone.ts';

export function loadBooker(db: Database, destinations: DestinationStore): CallBooker {
  const settings = new SettingsStore(db).get();
  const plan = db.memory ? builtInPlan() : numberingPlanOf(path.dirname(db.name)).plan;
  return new CallBooker({
    directory: buildDirectory(loadDirectory(db)),
    normalise: numberNormaliser(numberingSiteOf(settings, plan), plan),
    tariff: loadActiveTariff(db),
    destinationId: (name) => destinations.idOf(name),
  });
}

export function numberingSiteOf(settings: SiteSettings, plan: NumberingPlan): NumberingSite {
  return {
    countryCode: settings.countryCode,
    areaCode: settings.areaCode,
    outsideDigits: listOf(settings.outsideDigits),
    carrierCodes: listOf(settings.carrierCodes),
    extensionMaxDigits: settings.extensionMaxDigits,
    ...dialPrefixesOf(settings.countryCode, plan),
  };
}

function loadActiveTariff(db: Database): ActiveTariff | undefined {
  const tariffs = new TariffStore(db);
  const active = tariffs.active();
  return active === undefined ? undefined : loadTariff(tariffs, active);
}

/** Undefined when it was stored by a version that allowed what this one refuses. */
export function loadTariff(tariffs: TariffStore, { id, name }: TariffRow): ActiveTariff | undefined {
  const definition = tariffs.definition(id);
  if (definition === undefined) return undefined;
  const parsed = parseStoredTariff(JSON.parse(definition));
  if (!('tariff' in parsed)) return undefined;
  const { tariff } = parsed;
  const zone = tariff.timeZone === undefined ? undefined : new SiteZone(tariff.timeZone);
  return { id, compiled: compileTariff(tariff, name), zone };
}

function listOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
