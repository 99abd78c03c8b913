/** Toshiba Strata: the CTX and CIX records, and the older DK pages. */
import { withTabs } from '../tabs.ts';
import type { FormatDefinition } from '../types.ts';
import { ctx } from './ctx.ts';
import { dk16, dk40 } from './dk.ts';

export const formats: readonly FormatDefinition[] = [ctx, dk16, dk40].map(withTabs);
