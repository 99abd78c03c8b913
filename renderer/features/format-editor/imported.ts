/** A definition on its way from an imported file to the editor. */
import type { Definition } from '../../../core/api/contract.ts';
import { newDefinition } from './draft.ts';

let waiting: Definition | undefined;

export function keepImported(definition: Definition | undefined): void {
  waiting = definition;
}

/** The imported definition, or an empty one. */
export function firstDefinition(): Definition {
  return waiting ?? newDefinition();
}
