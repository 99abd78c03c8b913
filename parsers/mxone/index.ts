import type { FormatDefinition } from '../types.ts';
import { aastra400 } from './aastra400.ts';
import { businessPhone } from './businessphone.ts';
import { md110 } from './md110.ts';
import { mxone } from './mxone.ts';

export const formats: readonly FormatDefinition[] = [businessPhone, md110, mxone, ...aastra400];
