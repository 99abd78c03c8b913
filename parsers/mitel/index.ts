import type { FormatDefinition } from '../types.ts';
import { mitel5000 } from './mitel-5000.ts';
import { mitelSmdr } from './smdr.ts';

export const formats: readonly FormatDefinition[] = [mitelSmdr, mitel5000];
