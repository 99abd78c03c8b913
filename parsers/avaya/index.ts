import type { FormatDefinition } from '../types.ts';
import { avayaIpOffice } from './avaya-ipoffice.ts';
import { cmFormats } from './cm-formats.ts';

export const formats: readonly FormatDefinition[] = [avayaIpOffice, ...cmFormats];
