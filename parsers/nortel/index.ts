/** Nortel: Meridian 1 and CS1000 call detail records, Norstar and BCM reports. */
import type { FormatDefinition } from '../types.ts';
import { meridian } from './meridian.ts';
import { norstar } from './norstar.ts';

export const formats: readonly FormatDefinition[] = [meridian, norstar];
