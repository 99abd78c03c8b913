/**
 * A plan: several tariffs, which call takes which, and what the PBX's own cost counts for. `tollbook rate --plan` reads it
 * as JSON. Calls are rated month by month in the order of their start and printed in the order they came.
 */
import { type AmountMicro, amountFromDecimal, formatAmount } from '../model/money.ts';
import { Checker, type Json } from './checker.ts';
import { type ChoiceReason, chooseTariff, type TariffChoice, type TariffChoices } from './choose-tariff.ts';
import { type CompiledTariff, compileTariff } from './compile.ts';
import { chargeText, type PriceStep, type PriceStepKind } from './explain.ts';
import { type MonthCharge, rateMonths } from './month.ts';
import { parseStoredTariff } from './parse-tariff.ts';
import { PBX_COST_USES, type PbxCostUse, settleCost } from './pbx-cost.ts';
import type { RatingCall } from './rate-call.ts';
import { notACall, type PrintedCharge, readRatingCall } from './rate-json.ts';
import type { TariffProblem } from './tariff.ts';
import { taxInCharge } from './tax.ts';

export interface RatePlan {
  readonly tariffs: ReadonlyMap<string, CompiledTariff>;
  readonly choices: TariffChoices;
  readonly pbxCost: PbxCostUse;
}

export interface PlannedCharge extends PrintedCharge {
  /** Name of the tariff; null where the plan has none for the call. */
  readonly tariff: string | null;
  readonly net: string | null;
  readonly tax: string | null;
  /** Tariff less PBX, where the plan compares them. */
  readonly difference: string | null;
}

const PLAN_KEYS: ReadonlySet<string> = new Set([
  'tariffs',
  'accessCodes',
  'trunks',
  'trunkGroups',
  'sites',
  'default',
  'pbxCost',
]);
const GROUP_KEYS: ReadonlySet<string> = new Set(['name', 'trunks', 'tariff']);

type Names = ReadonlyMap<string, CompiledTariff>;

function readTariffs(check: Checker, value: unknown): Names {
  const tariffs = new Map<string, CompiledTariff>();
  const json = check.object('tariffs', value) ?? {};
  for (const [name, entry] of Object.entries(json)) {
    const parsed = parseStoredTariff(entry);
    if ('tariff' in parsed) tariffs.set(name, compileTariff(parsed.tariff, name));
    else
      for (const { path, code, values } of parsed.problems) check.add(`tariffs.${name}.${path}`, code, { ...values });
  }
  return tariffs;
}

function tariffName(check: Checker, path: string, value: unknown, known: Names): string | undefined {
  const name = check.text(path, value);
  if (name !== undefined) check.choice(path, name, [...known.keys()]);
  return name;
}

function readTable(check: Checker, path: string, value: unknown, known: Names): Record<string, string> {
  const table: Record<string, string> = {};
  if (value === undefined) return table;
  for (const [key, entry] of Object.entries(check.object(path, value) ?? {})) {
    const name = tariffName(check, `${path}.${key}`, entry, known);
    if (name !== undefined) table[key] = name;
  }
  return table;
}

function readGroups(check: Checker, value: unknown, known: Names): NonNullable<TariffChoices['trunkGroups']> {
  return check.list('trunkGroups', value).flatMap((entry, i) => {
    const path = `trunkGroups[${i}]`;
    const group = check.object(path, entry);
    if (group === undefined) return [];
    check.keys(path, group, GROUP_KEYS);
    for (const key of GROUP_KEYS) if (group[key] === undefined) check.add(`${path}.${key}`, 'missing');
    const name = check.text(`${path}.name`, group['name']);
    const tariff = tariffName(check, `${path}.tariff`, group['tariff'], known);
    const trunks = check
      .list(`${path}.trunks`, group['trunks'])
      .map((trunk, at) => check.text(`${path}.trunks[${at}]`, trunk));
    if (name === undefined || tariff === undefined) return [];
    return [{ name, tariff, trunks: trunks.filter((trunk) => trunk !== undefined) }];
  });
}

export function parsePlan(
  json: unknown,
): { readonly plan: RatePlan } | { readonly problems: readonly TariffProblem[] } {
  const check = new Checker();
  const plan: Json = check.object('', json) ?? {};
  check.keys('', plan, PLAN_KEYS);
  if (plan['tariffs'] === undefined) check.add('tariffs', 'missing');
  const tariffs =
    plan['tariffs'] === undefined ? new Map<string, CompiledTariff>() : readTariffs(check, plan['tariffs']);
  const fallback = tariffName(check, 'default', plan['default'], tariffs);
  check.choice('pbxCost', plan['pbxCost'], PBX_COST_USES);
  const choices: TariffChoices = {
    accessCodes: readTable(check, 'accessCodes', plan['accessCodes'], tariffs),
    trunks: readTable(check, 'trunks', plan['trunks'], tariffs),
    trunkGroups: readGroups(check, plan['trunkGroups'], tariffs),
    sites: readTable(check, 'sites', plan['sites'], tariffs),
    ...(fallback === undefined ? {} : { default: fallback }),
  };
  const problems = check.finished();
  if (problems.length > 0) return { problems };
  const pbxCost = PBX_COST_USES.find((use) => use === plan['pbxCost']) ?? 'rate';
  return { plan: { tariffs, choices, pbxCost } };
}

interface PlannedCall {
  readonly call: RatingCall;
  readonly index: number;
  readonly choice: TariffChoice;
  readonly printedCost: AmountMicro | undefined;
}

const CHOICE_STEP: Readonly<Record<ChoiceReason, PriceStepKind>> = {
  'access-code': 'tariff-by-access-code',
  trunk: 'tariff-by-trunk',
  'trunk-group': 'tariff-by-trunk-group',
  site: 'tariff-by-site',
  default: 'tariff-by-default',
};

const UNPRICED = { tariff: null, net: null, tax: null, difference: null };

function textAt(call: Json, key: string): string | undefined {
  const value = call[key];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}

function planCall(plan: RatePlan, json: unknown, index: number): PlannedCall | PlannedCharge {
  const call: Json = typeof json === 'object' && json !== null ? (json as Json) : {};
  const choice = chooseTariff(plan.choices, {
    accessCode: textAt(call, 'accessCode'),
    trunk: textAt(call, 'trunk'),
    site: textAt(call, 'site'),
  });
  const tariff = choice === undefined ? undefined : plan.tariffs.get(choice.tariff);
  if (choice === undefined || tariff === undefined)
    return { ...notACall('', { kind: 'no-tariff', values: {} }), ...UNPRICED };
  const read = readRatingCall(tariff, json);
  if ('badKey' in read) {
    return { ...notACall(tariff.currency, { kind: 'not-a-call', values: { key: read.badKey } }), ...UNPRICED };
  }
  const cost = textAt(call, 'pbxCost');
  const printedCost = cost === undefined ? undefined : amountFromDecimal(cost);
  if (cost !== undefined && printedCost === undefined) {
    return { ...notACall(tariff.currency, { kind: 'not-a-call', values: { key: 'pbxCost' } }), ...UNPRICED };
  }
  return { call: read, index, choice, printedCost };
}

function printPlanned(plan: RatePlan, tariff: CompiledTariff, planned: PlannedCall, rated: MonthCharge): PlannedCharge {
  const { currency } = tariff;
  const { choice, printedCost } = planned;
  const settled = settleCost(plan.pbxCost, rated.charge.amountMicro, printedCost);
  const steps: PriceStep[] = [
    { kind: CHOICE_STEP[choice.reason], values: { name: choice.tariff, value: choice.value } },
    ...rated.explanation,
  ];
  const cost = printedCost === undefined ? undefined : formatAmount(printedCost, tariff.decimals);
  if (settled.isFromPbx && cost !== undefined) steps.push({ kind: 'pbx-cost', values: { amount: cost, currency } });
  const difference =
    settled.differenceMicro === undefined ? null : formatAmount(settled.differenceMicro, tariff.decimals);
  if (difference !== null && cost !== undefined) {
    steps.push({ kind: 'pbx-difference', values: { amount: cost, difference, currency } });
  }
  const amount = settled.amountMicro;
  const split = amount === undefined || settled.isFromPbx ? undefined : taxInCharge(tariff, amount);
  return {
    charge:
      amount === undefined
        ? null
        : settled.isFromPbx
          ? formatAmount(amount, tariff.decimals)
          : chargeText(tariff, amount),
    currency,
    rated: amount !== undefined,
    billedSeconds: rated.charge.billedSeconds,
    matchedPrefix: rated.charge.rate?.prefix ?? null,
    tariff: choice.tariff,
    net: split === undefined ? null : chargeText(tariff, split.netMicro),
    tax: split === undefined ? null : chargeText(tariff, split.taxMicro),
    difference,
    explanation: steps,
  };
}

/** One charge for each of `lines` (parsed JSON), in their order; each tariff counts its own months. */
export function ratePlan(plan: RatePlan, lines: readonly unknown[]): readonly PlannedCharge[] {
  const printed: PlannedCharge[] = new Array(lines.length);
  const byTariff = new Map<string, PlannedCall[]>();
  lines.forEach((json, index) => {
    const planned = planCall(plan, json, index);
    if (!('choice' in planned)) {
      printed[index] = planned;
      return;
    }
    const calls = byTariff.get(planned.choice.tariff) ?? [];
    calls.push(planned);
    byTariff.set(planned.choice.tariff, calls);
  });
  for (const [name, calls] of byTariff) {
    const tariff = plan.tariffs.get(name);
    if (tariff === undefined) continue;
    const { charges } = rateMonths(
      tariff,
      calls.map(({ call }) => call),
    );
    charges.forEach((charge, i) => {
      const planned = calls[i];
      if (planned !== undefined) printed[planned.index] = printPlanned(plan, tariff, planned, charge);
    });
  }
  return printed;
}
