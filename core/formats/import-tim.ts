/**
 * TIM Plus describes a record with a match line and, under it, a mask line of the same length:
 *
 *     ##/##/## ##:## ???? ?? *
 *     aa/bb/cc dd:ee jjjj mm llllllllllllllll hh:ii
 *
 * In the match `#` is a digit, `?` anything, `*` the rest; other characters stand for themselves. A letter of the mask says
 * what the character belongs to. Options stand on lines of their own, `EndTime=1`.
 */
import type {
  ColumnPlace,
  DefinitionField,
  DurationForm,
  LineShape,
} from '../../parsers/definition/definition-file.ts';
import type { DateOrder } from '../../parsers/types.ts';
import type { Translate } from '../i18n/translate.ts';
import { type Foreign, foreignDefinition } from './foreign.ts';

type TextMeaning = 'extension' | 'dialled' | 'trunk' | 'account' | 'caller';
const TEXTS: Readonly<Record<string, TextMeaning>> = {
  j: 'extension',
  l: 'dialled',
  m: 'trunk',
  p: 'account',
  q: 'caller',
};
const DATE = 'abc';
const TIME = 'def';
const TALK = 'ghi';
const RING = 'no';
const IGNORED = 'krs';
const KNOWN = `${DATE}${TIME}${TALK}${RING}${IGNORED}${Object.keys(TEXTS).join('')}`;

function spanOf(mask: string, letters: string): ColumnPlace | undefined {
  const at = [...mask].flatMap((char, index) => (letters.includes(char) ? [index] : []));
  const [first, last] = [at[0], at.at(-1)];
  return first === undefined || last === undefined ? undefined : { start: first + 1, width: last - first + 1 };
}

const inOrder = (mask: string, letters: string): string =>
  [...letters]
    .filter((letter) => mask.includes(letter))
    .sort((a, b) => mask.indexOf(a) - mask.indexOf(b))
    .join('');

function durationForm(mask: string, letters: string): DurationForm {
  const place = spanOf(mask, letters);
  const printed = inOrder(mask, letters);
  if (printed === 'i' || printed === 'o') return 'seconds';
  if (printed === 'h' || printed === 'n') return 'minutes';
  const text = mask.slice((place?.start ?? 1) - 1, (place?.start ?? 1) - 1 + (place?.width ?? 0));
  const hasMarks = [...text].some((char) => !letters.includes(char));
  if (printed === 'gh') return 'hours-minutes';
  return hasMarks ? 'clock' : 'digits';
}

function fieldsOf(mask: string): DefinitionField[] {
  const fields: DefinitionField[] = [];
  const place = (letters: string, add: (at: ColumnPlace) => DefinitionField): void => {
    const at = spanOf(mask, letters);
    if (at !== undefined) fields.push(add(at));
  };
  place(DATE, (at) => ({ at, means: 'date' }));
  place(TIME, (at) => ({ at, means: 'time' }));
  place(TALK, (at) => ({ at, means: 'talk', form: durationForm(mask, TALK) }));
  place(RING, (at) => ({ at, means: 'ring', form: durationForm(mask, RING) }));
  for (const [letter, means] of Object.entries(TEXTS)) place(letter, (at) => ({ at, means }));
  return fields;
}

/** The match line as a pattern; runs are counted, so that it stays short. */
function patternOf(match: string): string {
  const parts = match.match(/#+|\?+|\*|[^#?*]/g) ?? [];
  const body = parts.map((part) => {
    if (part.startsWith('#')) return `\\d{${part.length}}`;
    if (part.startsWith('?')) return `.{${part.length}}`;
    return part === '*' ? '' : part.replace(/[\\^$.+?()[\]{}|/]/g, '\\$&');
  });
  return `^${body.join('')}`;
}

const isMask = (line: string): boolean => /[a-s]{2}/.test(line) && !/[#?*]/.test(line) && !/[A-Z]{2}|[t-z]/.test(line);
const isMatch = (line: string): boolean => /[#?]/.test(line);
const dateOrderOf = (mask: string): DateOrder | undefined => {
  const order = inOrder(mask, DATE).replace('a', 'D').replace('b', 'M').replace('c', 'Y');
  return (['DMY', 'MDY', 'YMD', 'YDM', 'MD', 'DM'] as const).find((one) => one === order);
};

/** Undefined when the text is no such description. */
export function importTim(text: string, t: Translate): Foreign | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const notes: string[] = [];
  const layouts: LineShape[] = [];
  let timeIs: 'start' | 'end' = 'start';
  let dateOrder: DateOrder | undefined;
  lines.forEach((line, index) => {
    const option = /^\s*([A-Za-z]+)\s*=\s*(\S*)/.exec(line);
    if (option !== null) {
      if (option[1] === 'EndTime') timeIs = /^(?:0|no|false)$/i.test(option[2] ?? '') ? 'start' : 'end';
      else notes.push(t('definition.import.tim.option', { option: option[1] ?? '' }));
      return;
    }
    const mask = lines[index + 1];
    if (!isMatch(line) || mask === undefined || !isMask(mask)) return;
    if (line.length !== mask.length && !line.includes('*')) {
      notes.push(t('definition.import.tim.lengths', { line: index + 2 }));
    }
    for (const letter of new Set(mask.replace(/[^a-z]/g, ''))) {
      if (!KNOWN.includes(letter)) notes.push(t('definition.import.tim.letter', { letter }));
    }
    const fields = fieldsOf(mask);
    if (fields.length === 0) return;
    dateOrder ??= dateOrderOf(mask);
    const has = (means: string): boolean => fields.some((field) => field.means === means);
    const direction = has('dialled') === has('caller') ? undefined : has('dialled') ? 'outgoing' : 'incoming';
    layouts.push({
      kind: 'columns',
      matches: patternOf(line),
      isLeftoverAllowed: true,
      ...(direction !== undefined && { always: { direction } }),
      fields,
    });
  });
  if (layouts.length === 0) return undefined;
  if (dateOrder !== undefined) notes.push(t('definition.import.checkDate'));
  notes.push(t('definition.import.checkAll'));
  return { definition: foreignDefinition('TIM', layouts, { dateOrder, timeIs }, 1), notes };
}
