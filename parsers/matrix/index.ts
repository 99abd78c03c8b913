import type { FormatDefinition } from '../types.ts';
import { matrixEternity } from './matrix-eternity.ts';

export const formats: readonly FormatDefinition[] = [matrixEternity];
