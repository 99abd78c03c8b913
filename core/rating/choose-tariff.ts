/** Which tariff a call is rated with: by access code, else trunk, else trunk group, else site, else the default. */

export interface TariffChoices {
  readonly accessCodes?: Readonly<Record<string, string>>;
  readonly trunks?: Readonly<Record<string, string>>;
  readonly trunkGroups?: readonly TrunkGroupChoice[];
  readonly sites?: Readonly<Record<string, string>>;
  readonly default?: string;
}

export interface TrunkGroupChoice {
  readonly name: string;
  readonly trunks: readonly string[];
  readonly tariff: string;
}

export type ChoiceReason = 'access-code' | 'trunk' | 'trunk-group' | 'site' | 'default';

export interface TariffChoice {
  readonly tariff: string;
  readonly reason: ChoiceReason;
  /** What was looked up: the code, trunk, group or site; empty for the default. */
  readonly value: string;
}

export interface ChoosableCall {
  readonly accessCode?: string | undefined;
  readonly trunk?: string | undefined;
  readonly site?: string | undefined;
}

function byTable(
  reason: ChoiceReason,
  table: Readonly<Record<string, string>> | undefined,
  value: string | undefined,
): TariffChoice | undefined {
  if (table === undefined || value === undefined || !Object.hasOwn(table, value)) return undefined;
  const tariff = table[value];
  return tariff === undefined ? undefined : { tariff, reason, value };
}

function byGroup(choices: TariffChoices, trunk: string | undefined): TariffChoice | undefined {
  const group = choices.trunkGroups?.find(({ trunks }) => trunk !== undefined && trunks.includes(trunk));
  return group === undefined ? undefined : { tariff: group.tariff, reason: 'trunk-group', value: group.name };
}

/** Undefined where nothing fits and there is no default: such a call is not rated. */
export function chooseTariff(choices: TariffChoices, call: ChoosableCall): TariffChoice | undefined {
  return (
    byTable('access-code', choices.accessCodes, call.accessCode) ??
    byTable('trunk', choices.trunks, call.trunk) ??
    byGroup(choices, call.trunk) ??
    byTable('site', choices.sites, call.site) ??
    (choices.default === undefined ? undefined : { tariff: choices.default, reason: 'default', value: '' })
  );
}
