import type { FormatDefinition } from '../types.ts';
import { avayaIpOffice } from './avaya-ipoffice.ts';

export const formats: readonly FormatDefinition[] = [avayaIpOffice];
