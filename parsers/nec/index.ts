/** NEC: the printout of the smaller systems and the K records of the larger ones; two families with nothing in common. */
import { withTabs } from '../tabs.ts';
import type { FormatDefinition } from '../types.ts';
import { neax, neaxFlexible } from './neax.ts';
import { printout } from './printout.ts';

export const formats: readonly FormatDefinition[] = [neax, neaxFlexible, withTabs(printout)];
