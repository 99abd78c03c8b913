/** Colour of a field, by the group its meaning belongs to; words and places say the same, so colour is never alone. */
import { MEANING_GROUPS, type Meaning } from './draft.ts';

export type FieldTone = (typeof MEANING_GROUPS)[number]['name'];

export function toneOf(means: Meaning): FieldTone {
  return MEANING_GROUPS.find((group) => (group.meanings as readonly string[]).includes(means))?.name ?? 'more';
}
