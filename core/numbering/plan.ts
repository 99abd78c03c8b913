/** The numbering plan in use: the built-in files, or newer ones that hold. */
import type { LocalDay } from '../model/time.ts';
import vietnam from './plan/vietnam.json' with { type: 'json' };
import world from './plan/world.json' with { type: 'json' };
import { checkVietnamFile, checkWorldFile, type PlanProblem } from './plan-file.ts';
import type { NumberingSite } from './site.ts';
import { VietnamPlan } from './vietnam-plan.ts';
import { WorldPlan } from './world-plan.ts';

export interface NumberingPlan {
  readonly vietnam: VietnamPlan;
  readonly world: WorldPlan;
}

export interface OfferedPlan {
  readonly plan: NumberingPlan;
  /** Why an offered file is not used; empty when all are. */
  readonly refused: readonly { readonly file: 'vietnam' | 'world'; readonly problems: readonly PlanProblem[] }[];
}

type Made<T> = { readonly made: T } | { readonly problems: readonly PlanProblem[] };

function vietnamOf(value: unknown): Made<VietnamPlan> {
  const result = checkVietnamFile(value);
  if ('problems' in result) return result;
  const made = new VietnamPlan(result.file);
  const clashes = made.clashes();
  return clashes.length === 0 ? { made } : { problems: clashes.map((path) => ({ path, problem: 'twice' })) };
}

function worldOf(value: unknown): Made<WorldPlan> {
  const result = checkWorldFile(value);
  return 'problems' in result ? result : { made: new WorldPlan(result.file) };
}

function builtIn<T>(result: Made<T>): T {
  if ('made' in result) return result.made;
  throw new Error(`the built-in numbering plan does not hold: ${JSON.stringify(result.problems)}`);
}

let loaded: NumberingPlan | undefined;

export function builtInPlan(): NumberingPlan {
  loaded ??= { vietnam: builtIn(vietnamOf(vietnam)), world: builtIn(worldOf(world)) };
  return loaded;
}

/**
 * The plan with files from outside (already parsed JSON): each is used where it holds and is newer than the built-in one, so
 * a file that was put there once does not hide what a later program brings.
 */
export function planWith(offered: { readonly vietnam?: unknown; readonly world?: unknown }): OfferedPlan {
  const own = builtInPlan();
  const refused: { file: 'vietnam' | 'world'; problems: readonly PlanProblem[] }[] = [];
  const choose = <T extends { readonly version: LocalDay }>(
    file: 'vietnam' | 'world',
    mine: T,
    result: Made<T> | undefined,
  ): T => {
    if (result === undefined) return mine;
    if ('made' in result) return result.made.version > mine.version ? result.made : mine;
    refused.push({ file, problems: result.problems });
    return mine;
  };
  const plan = {
    vietnam: choose('vietnam', own.vietnam, offered.vietnam === undefined ? undefined : vietnamOf(offered.vietnam)),
    world: choose('world', own.world, offered.world === undefined ? undefined : worldOf(offered.world)),
  };
  return { plan, refused };
}

/** What is dialled before a number inside a country and before one abroad; the usual 0 and 00 where the plan names none. */
export function dialPrefixesOf(
  countryCode: string,
  plan: NumberingPlan,
): Pick<NumberingSite, 'trunkPrefix' | 'internationalPrefixes'> {
  const code = plan.world.codeOf(countryCode);
  if (code?.code !== countryCode) return { trunkPrefix: '0', internationalPrefixes: ['00'] };
  const { trunkPrefix, internationalPrefixes } = code;
  return { trunkPrefix, internationalPrefixes: internationalPrefixes.length === 0 ? ['00'] : internationalPrefixes };
}
