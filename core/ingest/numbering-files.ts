/**
 * Newer numbering plans than the program's own: `numbering/vietnam.json` and `numbering/world.json` of the data folder. Each
 * is checked; one that does not hold, or is older, leaves the built-in plan in use.
 */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { type OfferedPlan, planWith } from '../numbering/plan.ts';

const FOLDER = 'numbering';
const MAX_BYTES = 16 * 2 ** 20;

interface ReadFile {
  /** Undefined where there is no such file. */
  readonly value?: unknown;
  readonly stamp: string;
}

function read(file: string): ReadFile {
  let stamp: string;
  try {
    const { mtimeMs, size } = statSync(file);
    stamp = `${file} ${mtimeMs} ${size}`;
    if (size > MAX_BYTES) return { value: null, stamp };
  } catch {
    // Most offices have none.
    return { stamp: `${file} none` };
  }
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return { value, stamp };
  } catch {
    // Not JSON: the check of the plan refuses what is no object, and says so.
    return { value: null, stamp };
  }
}

let last: { readonly stamp: string; readonly offered: OfferedPlan } | undefined;

/** The plan for the calls of a data folder. Read anew when a file changed; the last answer is kept. */
export function numberingPlanOf(dataFolder: string): OfferedPlan {
  const vietnam = read(path.join(dataFolder, FOLDER, 'vietnam.json'));
  const world = read(path.join(dataFolder, FOLDER, 'world.json'));
  const stamp = `${vietnam.stamp}\n${world.stamp}`;
  if (last?.stamp !== stamp) last = { stamp, offered: planWith({ vietnam: vietnam.value, world: world.value }) };
  return last.offered;
}

export interface NumberingProblem {
  readonly code: 'numbering-plan-refused';
  readonly values: { readonly file: string; readonly count: number; readonly path: string };
}

/** Files of the data folder that do not hold: the built-in plan is in use in their place. */
export function numberingProblems(dataFolder: string): readonly NumberingProblem[] {
  return numberingPlanOf(dataFolder).refused.map(({ file, problems }) => ({
    code: 'numbering-plan-refused',
    values: {
      file: path.join(dataFolder, FOLDER, `${file}.json`),
      count: problems.length,
      path: problems[0]?.path ?? '',
    },
  }));
}
