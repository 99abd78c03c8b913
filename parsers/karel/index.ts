import type { FormatDefinition } from '../types.ts';
import { karelMs } from './karel-ms.ts';

export const formats: readonly FormatDefinition[] = [karelMs];
