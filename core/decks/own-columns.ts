/** Our own deck: one column for each key of a stored rate. */
import type { DeckField } from './deck-fields.ts';

export interface OwnColumn {
  readonly heading: string;
  readonly field: DeckField;
}

export const OWN_COLUMNS: readonly OwnColumn[] = [
  { heading: 'prefix', field: 'prefix' },
  { heading: 'destination_en', field: 'name' },
  { heading: 'destination_vi', field: 'nameVi' },
  { heading: 'category', field: 'category' },
  { heading: 'rate_per_minute', field: 'rate' },
  { heading: 'currency', field: 'currency' },
  { heading: 'connection_charge', field: 'connectionCharge' },
  { heading: 'initial_seconds', field: 'initialSeconds' },
  { heading: 'increment_seconds', field: 'incrementSeconds' },
  { heading: 'block', field: 'block' },
  { heading: 'steps', field: 'steps' },
  { heading: 'disconnection_charge', field: 'disconnectionCharge' },
  { heading: 'minimum_charge', field: 'minimumCharge' },
  { heading: 'maximum_charge', field: 'maximumCharge' },
  { heading: 'grace_seconds', field: 'graceSeconds' },
  { heading: 'free_seconds', field: 'freeSeconds' },
  { heading: 'connect_time_seconds', field: 'connectTimeSeconds' },
  { heading: 'period', field: 'period' },
  { heading: 'direction', field: 'direction' },
  { heading: 'trunk', field: 'trunk' },
  { heading: 'access_code', field: 'accessCode' },
  { heading: 'origin_group', field: 'originGroup' },
  { heading: 'local_only', field: 'localOnly' },
  { heading: 'minimum_digits', field: 'minimumDigits' },
  { heading: 'maximum_digits', field: 'maximumDigits' },
  { heading: 'reject', field: 'reject' },
  { heading: 'volume_group', field: 'volumeGroup' },
  { heading: 'volume_prices', field: 'volumePrices' },
  { heading: 'effective_from', field: 'effectiveFrom' },
  { heading: 'effective_to', field: 'effectiveTo' },
  { heading: 'source', field: 'source' },
];

/**
 * First cell of a row below the rates that holds one key of the tariff itself: its name and its value as JSON stand in the
 * next two cells.
 */
export const SETTING_ROW = '#tariff';
