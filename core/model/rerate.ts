/** Words of pricing stored calls again. */

/** `rating`: worked out; `ready`: shown, waits for a decision. */
export const RERATE_STATES = [
  'rating',
  'ready',
  'applying',
  'applied',
  'taking-back',
  'taken-back',
  'cancelled',
  'failed',
] as const;
export type RerateState = (typeof RERATE_STATES)[number];

export const RERATE_KINDS = ['newly-rated', 'no-longer-rated', 'repriced', 'same-price'] as const;
/** `same-price`: another version, other seconds or another place, at the price from before. */
export type RerateKind = (typeof RERATE_KINDS)[number];

export const RERATE_GROUPINGS = ['person', 'department', 'band', 'month'] as const;
export type RerateGrouping = (typeof RERATE_GROUPINGS)[number];
