import type { FormatDefinition } from '../types.ts';
import { ciscoCucm } from './cucm.ts';
import { ciscoIos } from './ios.ts';

export const formats: readonly FormatDefinition[] = [ciscoCucm, ciscoIos];
