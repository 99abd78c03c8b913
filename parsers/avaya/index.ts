import type { FormatDefinition } from '../types.ts';

export const formats: readonly FormatDefinition[] = [];
