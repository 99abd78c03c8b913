import type { FormatDefinition } from '../types.ts';
import { oxe } from './oxe.ts';
import { statement } from './statement.ts';
import { ticket } from './ticket.ts';

export const formats: readonly FormatDefinition[] = [statement, ticket, ...oxe];
