import type { FormatDefinition } from '../types.ts';
import { ciscoCucm } from './cucm.ts';

export const formats: readonly FormatDefinition[] = [ciscoCucm];
