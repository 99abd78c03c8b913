import type { FormatDefinition } from '../types.ts';
import { asteriskAmi } from './asterisk-ami.ts';
import { asteriskCsv } from './asterisk-csv.ts';
import { asteriskCustom } from './asterisk-custom.ts';
import { asteriskTable } from './asterisk-table.ts';

export const formats: readonly FormatDefinition[] = [asteriskCsv, asteriskCustom, asteriskAmi, asteriskTable];
