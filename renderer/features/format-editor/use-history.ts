/** The definition with the way back: each change can be undone. */
import { useState } from 'react';
import type { Definition } from './draft.ts';

const MOST_STEPS = 100;

export interface History {
  readonly definition: Definition;
  readonly change: (make: (before: Definition) => Definition) => void;
  /** Without a step of its own: names, what was stored. */
  readonly replace: (next: Definition) => void;
  /** Absent while nothing was changed. */
  readonly undo: (() => void) | undefined;
}

export function useHistory(first: Definition): History {
  const [steps, setSteps] = useState<readonly [Definition, ...Definition[]]>([first]);
  const [definition, before, ...others] = steps;
  return {
    definition,
    change: (make) => setSteps(([now, ...rest]) => [make(now), now, ...rest.slice(0, MOST_STEPS)]),
    replace: (next) => setSteps(([, ...rest]) => [next, ...rest]),
    undo: before === undefined ? undefined : () => setSteps([before, ...others]),
  };
}
