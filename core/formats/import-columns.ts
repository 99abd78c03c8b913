/**
 * Column lists of MDR-2000, Datatex and others: a field's name with start and length, or with line, start and length:
 *
 *     date=1,8
 *     digits=1,24,20
 */
import type { DefinitionField, LineShape } from '../../parsers/definition/definition-file.ts';
import type { Translate } from '../i18n/translate.ts';
import { type Foreign, foreignDefinition } from './foreign.ts';

type Meaning = Exclude<DefinitionField['means'], 'talk' | 'ring' | 'hold' | 'park' | 'extra' | 'half' | 'dateTime'>;
const MEANINGS: Readonly<Record<string, Meaning>> = {
  date: 'date',
  time: 'time',
  orgid: 'extension',
  ext: 'extension',
  extension: 'extension',
  terid: 'trunk',
  line: 'trunk',
  trunk: 'trunk',
  digits: 'dialled',
  number: 'dialled',
  clid: 'caller',
  account: 'account',
  authorization: 'authorization',
  authorisation: 'authorization',
  pin: 'authorization',
};
const DURATIONS: Readonly<Record<string, 'talk' | 'ring'>> = { duration: 'talk', ring: 'ring', ringtime: 'ring' };

const ENTRY = /^\s*\$?([A-Za-z]+)\s*[=:]\s*(\d+(?:\s*,\s*\d+)*)\s*;?\s*$/;

/** Undefined when the text is no such list. */
export function importColumns(text: string, t: Translate): Foreign | undefined {
  const notes: string[] = [];
  const fields: DefinitionField[] = [];
  let lines = 1;
  for (const entry of text.split(/[\r\n]+|;/)) {
    if (entry.trim() === '') continue;
    const m = ENTRY.exec(entry);
    if (m === null) {
      notes.push(t('definition.import.columns.entry', { entry: entry.trim().slice(0, 80) }));
      continue;
    }
    const name = (m[1] ?? '').toLowerCase();
    const numbers = (m[2] ?? '').split(',').map(Number);
    const [line = 1, start = 0, width = 0] = numbers.length === 2 ? [1, ...numbers] : numbers;
    if (start < 1 || width < 1 || line < 1) {
      notes.push(t('definition.import.columns.position', { entry: entry.trim().slice(0, 80) }));
      continue;
    }
    const at = { start, width, ...(line > 1 && { line }) };
    const means = MEANINGS[name];
    const duration = DURATIONS[name];
    if (duration !== undefined) fields.push({ at, means: duration, form: 'clock' });
    else if (means !== undefined) fields.push({ at, means });
    else {
      notes.push(t('definition.import.columns.entry', { entry: entry.trim().slice(0, 80) }));
      continue;
    }
    lines = Math.max(lines, line);
  }
  if (fields.length < 2) return undefined;
  const shape: LineShape = { kind: 'columns', isLeftoverAllowed: true, fields };
  notes.push(t('definition.import.checkAll'));
  return { definition: foreignDefinition('Imported', [shape], {}, lines), notes };
}
