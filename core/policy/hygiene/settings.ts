/** From where on the rules about codes speak. Every value is shown on the page and can be changed there. */

export interface HygieneSettings {
  /** A wrong code and then, within so many seconds, a near and valid one from the same telephone: a mistype. */
  readonly mistypeSeconds: number;
  /** Mistypes are worth a word from so many on, and from this share of the calls on. */
  readonly mistypesFrom: number;
  readonly mistypesPercent: number;
  /** The same unknown code so often is no slip any more. */
  readonly unknownFrom: number;
  /** Two calls with one code must overlap by more: records print whole minutes, and round. */
  readonly overlapSeconds: number;
  /** The same between two PBXs, whose clocks differ. */
  readonly clockSeconds: number;
  /** One code at two places sooner than this is no journey. 0: not looked at. */
  readonly travelMinutes: number;
  /** So many telephones on one day with one code. */
  readonly sharedTelephones: number;
  /** So many different wrong codes from one telephone within so many minutes. */
  readonly guessCodes: number;
  readonly guessMinutes: number;
  readonly idleDays: number;
  readonly neverUsedDays: number;
  /** After a change of codes the old one is a habit for so long, not a leak. */
  readonly habitDays: number;
  readonly shortestDigits: number;
  /** Name of the place of a source; sources with the same name are at one place, the others each at their own. */
  readonly places: Readonly<Record<string, string>>;
}

export const DEFAULT_HYGIENE: HygieneSettings = {
  mistypeSeconds: 180,
  mistypesFrom: 5,
  mistypesPercent: 10,
  unknownFrom: 3,
  overlapSeconds: 60,
  clockSeconds: 300,
  travelMinutes: 20,
  sharedTelephones: 6,
  guessCodes: 5,
  guessMinutes: 15,
  idleDays: 90,
  neverUsedDays: 30,
  habitDays: 14,
  shortestDigits: 4,
  places: {},
};
