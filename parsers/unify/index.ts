import type { FormatDefinition } from '../types.ts';
import { hicom250 } from './hicom250.ts';
import { hipath4000 } from './hipath4000.ts';
import { hipath5000 } from './hipath5000.ts';
import { lists } from './lists.ts';
import { openscapeBusiness } from './openscape.ts';

export const formats: readonly FormatDefinition[] = [...lists, openscapeBusiness, hicom250, hipath5000, hipath4000];
