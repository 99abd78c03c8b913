/** What the cells of records mean, as far as their titles and their looks tell. What could be two things stays open. */
import { meaningOfWord, wordsBeforeNumbers } from '../../core/model/pbx-words.ts';
import type { DefinitionField, DurationForm, Place, Word } from './definition-file.ts';
import { orderOfDates } from './propose-dates.ts';
import { type Hint, hintOf } from './title-words.ts';

/** One place in every record, and the title over it. */
export interface ProposedCell {
  readonly at: Place;
  readonly values: readonly string[];
  readonly title?: string | undefined;
}
type Values = readonly string[];
type Means = DefinitionField['means'];

/** A cell without what only surrounds its values. */
interface Cell {
  readonly at: Place;
  readonly values: Values;
  readonly pad?: string;
  readonly cut?: readonly string[];
  readonly hint: Hint | undefined;
}

/** A total or a heading among the records does not hide what a column is. */
const MOST = 0.8;
const FEW = 5;
const filledOf = (values: Values): Values => values.filter((value) => value !== '');
const share = (values: Values, test: RegExp): number => {
  const filled = filledOf(values);
  return filled.length === 0 ? 0 : filled.filter((value) => test.test(value)).length / filled.length;
};
const isAlways = (values: Values, test: RegExp): boolean =>
  share(values, test) >= (filledOf(values).length >= FEW ? MOST : 1);
const isFilled = (values: Values): boolean => filledOf(values).length >= values.length * 0.5;

const DATE = /^\d{1,4}[/.:-] ?\d{1,2}(?:[/.-] ?\d{1,4})?$/;
const NAMED_DATE = /^\d{1,2}[ .-]?\p{L}{3}(?:[ .-]?\d{2,4})?$/u;
const PLAIN_DATE = /^(?:\d{6}|\d{8})$/;
const TIME = /^\d{1,2}:\d\d(?::\d\d)?(?: ?[AaPp][Mm]?)?$/;
/** Seconds since 1970 of the years 2001 to 2033. */
const EPOCH = /^1\d{9}$/;
const PLAIN_TIME = /^(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?$/;
const HALF = /^(?:[AaPp][Mm]?|ДП|ПП|SA|CH)$/;
const DATE_AND_TIME = /^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}[ T]\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?$/;
const CLOCK_3 = /^\d{1,3}[:.h]\d\d[:.'m]\d\d["s]?$/;
const CLOCK_2 = /^\d{1,4}[:']\d\d["s]?$/;
const CLOCK = /^\d{1,4}[:.'](?:\d\d[:.'])?\d\d"?$/;
const UNITS = /^(?=\d)(?:\d{1,4} ?h ?)?(?:\d{1,4} ?m(?:in)? ?)?(?:\d{1,6} ?s(?:ec)?)?$/i;
const DECIMAL_MINUTES = /^\d{1,4}[.,]\d$/;
const DIGIT_CLOCK = /^\d{1,3}[0-5]\d[0-5]\d$/;
const WHOLE = /^\d{1,6}$/;
/** A word may stand in front: `<028…`. */
const NUMBER = /^[^\d+*#(:/]{0,12}[+\d*#(][\d*#+ ().-]{4,}$/;
const SHORT_NUMBER = /^\d{2,5}$/;
const TRUNK = /^[A-Z]{1,4}[-.]?\d{1,4}$|^0\d{1,2}$/;
const COST = /^\D{0,3}\d+[.,]\d{2}\D{0,3}$/;
const CODE = /^[\p{L}\d*#_./-]{1,16}$/u;

/** Record numbers: each is larger than the one before. */
function isCounting(values: Values): boolean {
  const filled = filledOf(values);
  if (values.length < 3 || !isAlways(values, /^\d{1,9}$/) || filled.length < values.length) return false;
  const numbers = filled.map(Number);
  return numbers.every((value, index) => index === 0 || value > (numbers[index - 1] ?? value));
}

/** Times go up, and a few calls that ended late may stand behind; telephone numbers do not. */
function isNearlyCounting(values: Values): boolean {
  const numbers = filledOf(values).map(Number);
  return Math.max(...numbers) - Math.min(...numbers) < 40_000_000;
}

const MOST_WORDS = 8;

/** The different words of a column if each is known to say a direction, a result or a transfer. */
function knownWords(values: Values, isTold: boolean): Word[] | undefined {
  const words = [...new Set(filledOf(values))];
  if (words.length === 0 || words.length > MOST_WORDS) return undefined;
  const known = words.map((text): Word => ({ text, ...meaningOfWord(text) }));
  const says = (word: Word): boolean => Object.keys(word).length > 1;
  return (isTold ? known.some(says) : known.every(says)) ? known : undefined;
}

/** One word alone tells what the calls without it are not. */
function directionField(at: Place, values: Values, words: Word[]): DefinitionField {
  const isOnlyIncoming = words.every(({ direction }) => direction === 'incoming');
  const hasBlanks = filledOf(values).length < values.length;
  return {
    at,
    means: 'direction',
    words,
    ...(isOnlyIncoming && hasBlanks && { whenBlank: { direction: 'outgoing' } }),
  };
}

const looksLikeDate = (values: Values): boolean =>
  values.some((value) => /[/. -]/.test(value) || /\p{L}/u.test(value)) &&
  (isAlways(values, DATE) || isAlways(values, NAMED_DATE));
const isPlainDate = (values: Values): boolean =>
  isFilled(values) && isAlways(values, PLAIN_DATE) && orderOfDates(values).dateOrder !== undefined;

/** `isTold`: a title says that it is a duration, so that plain digits are one, too. */
function durationForm(values: Values, isTold: boolean): DurationForm | undefined {
  if (isAlways(values, CLOCK_3)) return 'clock-3';
  if (isAlways(values, CLOCK_2)) return 'clock-2';
  if (isAlways(values, CLOCK) && isTold) return 'clock';
  if (share(values, /[hms]/i) > 0.5 && isAlways(values, UNITS)) return 'units';
  if (isAlways(values, DECIMAL_MINUTES)) return 'minutes';
  const widths = new Set(filledOf(values).map((value) => value.length));
  const isFixed = widths.size === 1 && !widths.has(4);
  if (isFixed && share(values, /^0/) > 0.5 && isAlways(values, DIGIT_CLOCK)) return 'digits';
  return isTold && isAlways(values, WHOLE) ? 'seconds' : undefined;
}

/** Characters that open or close every value: `[`, `(65)`. */
function padOf(values: Values): string {
  const filled = filledOf(values);
  if (filled.length < 2) return '';
  const shared = (at: 0 | -1): string => {
    const sign = filled[0]?.at(at) ?? '';
    return '([{<>}])"\'|'.includes(sign) && filled.every((value) => value.length > 1 && value.at(at) === sign)
      ? sign
      : '';
  };
  return shared(0) + shared(-1);
}

/** `ext=214`: the key and its mark stand in front of every value. */
function keyOf(values: Values): string {
  const filled = filledOf(values);
  const key = /^[^=]*?[\p{L}_]+(?:=|:(?!\d\d))/u.exec(filled[0] ?? '')?.[0] ?? '';
  return key !== '' && filled.every((value) => value.startsWith(key)) ? key : '';
}

const titleOfKey = (key: string): string => /([\p{L}_]+)[=:]$/u.exec(key)?.[1] ?? '';

function cellOf({ at, values, title }: ProposedCell): Cell {
  const key = keyOf(values);
  const pad = key === '' ? padOf(values) : '';
  const bare = values.map((value) => (pad === '' ? value : trimmed(value, pad)));
  return {
    at,
    values: key === '' ? bare : bare.map((value) => value.slice(key.length).trim()),
    ...(pad !== '' && { pad }),
    ...(key !== '' && { cut: [key] }),
    hint: hintOf(key === '' ? (title ?? '') : titleOfKey(key)),
  };
}

function trimmed(value: string, pad: string): string {
  let [start, end] = [0, value.length];
  while (start < end && pad.includes(value.charAt(start))) start++;
  while (end > start && pad.includes(value.charAt(end - 1))) end--;
  return value.slice(start, end).trim();
}

const isParty = (hint: Hint | undefined): boolean => hint === 'from' || hint === 'to';

/** A word that stands in every record: it says nothing, or it is the title of what follows. */
function isLabel({ values, cut }: Cell): boolean {
  const [first = ''] = values;
  return (
    cut === undefined &&
    values.length >= 3 &&
    /^\D{2,}$|^[^\p{L}\d]+$/u.test(first) &&
    (meaningOfWord(first).direction === undefined || isParty(hintOf(first))) &&
    values.every((value) => value === first)
  );
}

/** Signs that alone fill the place in some record. */
function fillOf(values: Values): string {
  const signs = values.filter((value) => /^([._*-])\1*$/.test(value)).map((value) => value.charAt(0));
  return [...new Set(signs)].join('');
}

const isNumbers = (values: Values): boolean => share(values, /^[^\d+*#(]{0,12}[+\d*#(][\d*#+ ().-]{2,}$/) > 0.5;

function numberField(means: 'number' | 'dialled' | 'caller', at: Place, values: Values, isTold: boolean) {
  const { words, otherwise } = wordsBeforeNumbers(filledOf(values));
  return { at, means, ...(words && { words }), ...(!isTold && otherwise && { otherwise }) };
}

interface Found {
  has(means: Means): boolean;
}

/** What the title says, where the values do not speak against it. */
function titledField({ at, values }: Cell, hint: Hint, found: Found): DefinitionField | undefined {
  switch (hint) {
    case 'date':
      return !found.has('date') && (looksLikeDate(values) || isPlainDate(values)) ? { at, means: 'date' } : undefined;
    case 'time':
      return !found.has('time') && (isAlways(values, TIME) || isAlways(values, PLAIN_TIME))
        ? { at, means: 'time' }
        : undefined;
    case 'talk':
    case 'ring': {
      const form = found.has(hint) ? undefined : durationForm(values, true);
      return form === undefined ? undefined : { at, means: hint, form };
    }
    case 'direction': {
      const words = knownWords(values, true);
      return words === undefined ? undefined : directionField(at, values, words);
    }
    case 'condition': {
      const words = knownWords(values, false);
      return { at, means: 'condition', ...(words && { words }) };
    }
    case 'number':
      return isNumbers(values) && !found.has('number') ? numberField('number', at, values, false) : undefined;
    case 'from':
    case 'to':
      return found.has(hint) || !isAlways(values, CODE) ? undefined : { at, means: hint };
    case 'dialled':
    case 'caller': {
      if (!isNumbers(values) || found.has(hint)) return undefined;
      // Extensions among the numbers: the direction tells which of the two it is.
      const isMixed =
        values.some((value) => SHORT_NUMBER.test(value)) && values.some((value) => /^\d{8,}$/.test(value));
      if (isMixed) return { at, means: hint === 'caller' ? 'from' : 'to' };
      const either = numberField('number', at, values, false);
      if (hint === 'dialled' && either.words?.some(({ direction }) => direction === 'incoming') === true) return either;
      const field = numberField(hint, at, values, true);
      const direction = hint === 'caller' ? ('incoming' as const) : ('outgoing' as const);
      // A column of its own that is empty in some calls tells the direction of the others.
      return filledOf(values).length < values.length ? { ...field, otherwise: { direction } } : field;
    }
    case 'cost':
      return isAlways(values, /\d/) ? { at, means: 'cost' } : undefined;
    case 'note':
      return { at, means: 'extra', name: 'note' };
    case 'currency':
      return { at, means: 'currency' };
    case 'extension':
    case 'trunk':
    case 'account':
    case 'callId': {
      if (found.has(hint) || !isAlways(values, CODE)) return undefined;
      const pad = fillOf(values);
      return { at, means: hint, ...(pad !== '' && { pad }) };
    }
  }
}

/** What the values look like; `last` is the meaning of the cell before. */
function likelyField({ at, values }: Cell, found: Found, last: Means | undefined): DefinitionField | undefined {
  const isUndated = !found.has('dateTime') && !found.has('date');
  const isUntimed = !found.has('dateTime') && !found.has('time');
  if (!found.has('date') && !found.has('time') && isAlways(values, DATE_AND_TIME)) return { at, means: 'dateTime' };
  if (isUndated && isFilled(values) && isAlways(values, EPOCH) && isNearlyCounting(values))
    return { at, means: 'dateTime', form: 'epoch' };
  if (isUndated && !isAlways(values, DECIMAL_MINUTES) && looksLikeDate(values)) return { at, means: 'date' };
  if (isUntimed && isFilled(values) && isAlways(values, TIME)) return { at, means: 'time' };
  if (last === 'date' && isUntimed && isFilled(values) && isAlways(values, PLAIN_TIME)) return { at, means: 'time' };
  if (found.has('time') && !found.has('half') && isAlways(values, HALF)) return { at, means: 'half' };
  const form = durationForm(values, false);
  if (form !== undefined && !found.has('talk')) return { at, means: 'talk', form };
  if (form !== undefined && !found.has('ring') && form !== 'digits') return { at, means: 'ring', form };
  const words = knownWords(values, false);
  if (words?.some(({ direction }) => direction !== undefined) === true && !found.has('direction'))
    return directionField(at, values, words);
  if (words !== undefined && !found.has('condition')) return { at, means: 'condition', words };
  if (last === undefined && isCounting(values)) return { at, means: 'callId' };
  if (!found.has('number') && values.some((value) => value.length >= 6) && share(values, NUMBER) > 0.5)
    return numberField('number', at, values, found.has('direction'));
  if (!found.has('extension') && !found.has('from') && isFilled(values) && isAlways(values, SHORT_NUMBER))
    return { at, means: 'extension' };
  if (!found.has('trunk') && isAlways(values, TRUNK)) return { at, means: 'trunk' };
  if (!found.has('cost') && isAlways(values, COST)) return { at, means: 'cost' };
  return undefined;
}

const CLOCK_LIKE = /^(?:\d{1,2}:\d\d.*|.*[ T]\d{1,2}:\d\d.*|1\d{9})$/;

/** A clock without marks where no other place tells the time: it goes on from call to call. */
function isRisingTime(values: Values): boolean {
  const filled = filledOf(values);
  const falls = filled.filter((value, index) => index > 0 && value < (filled[index - 1] ?? ''));
  return (
    new Set(filled).size >= 3 &&
    filled.length === values.length &&
    isAlways(values, PLAIN_TIME) &&
    falls.length <= filled.length * 0.2
  );
}

/** A date without marks, told by the time of day that stands behind it. */
function isDateBeforeTime(cell: Cell, next: Cell | undefined): boolean {
  const time = next?.values ?? [];
  return isPlainDate(cell.values) && isFilled(time) && (isAlways(time, PLAIN_TIME) || isAlways(time, TIME));
}

const withSurroundings = (field: DefinitionField, { pad, cut }: Cell): DefinitionField => ({
  ...field,
  ...(pad !== undefined && { pad }),
  ...(cut !== undefined && { cut }),
});

/** Fields in the order of the cells; cells that could be anything have none. */
export function proposeFields(given: readonly ProposedCell[]): DefinitionField[] {
  const cells = given.filter(({ values }) => filledOf(values).length > 0).map(cellOf);
  const labelled = cells.map((cell, index): Cell => {
    const before = cells[index - 1];
    if (isLabel(cell)) return { ...cell, hint: undefined };
    const label = before !== undefined && isLabel(before) ? hintOf(before.values[0] ?? '') : undefined;
    return label === undefined ? cell : { ...cell, hint: label };
  });
  const isClockless = !labelled.some(
    (cell, index) => isAlways(cell.values, CLOCK_LIKE) || isDateBeforeTime(cell, labelled[index + 1]),
  );
  const fields: (DefinitionField | undefined)[] = labelled.map(() => undefined);
  const found: Found = { has: (means) => fields.some((field) => field?.means === means) };
  labelled.forEach((cell, index) => {
    if (cell.hint !== undefined) fields[index] = titledField(cell, cell.hint, found);
  });
  labelled.forEach((cell, index) => {
    if (fields[index] !== undefined) return;
    if (isLabel(cell)) fields[index] = { at: cell.at, means: 'ignore' };
    else if (isClockless && !found.has('time') && isRisingTime(cell.values))
      fields[index] = { at: cell.at, means: 'time' };
    else if (!found.has('date') && !found.has('dateTime') && isDateBeforeTime(cell, labelled[index + 1]))
      fields[index] = { at: cell.at, means: 'date' };
    else {
      const last = fields.slice(0, index).findLast((field) => field !== undefined && field.means !== 'ignore');
      fields[index] = likelyField(cell, found, last?.means);
    }
  });
  const seconds = found.has('talk')
    ? undefined
    : onlySeconds(labelled.filter((_, index) => fields[index] === undefined));
  const proposed = labelled.flatMap((cell, index) => {
    const field = fields[index] ?? (cell === seconds ? { at: cell.at, means: 'talk', form: 'seconds' } : undefined);
    return field === undefined ? [] : [withSurroundings(field, cell)];
  });
  return withMoments(proposed);
}

/** A line that prints two moments begins with the start and ends with the end; the answer stands between. */
function withMoments(fields: readonly DefinitionField[]): DefinitionField[] {
  const count = fields.filter(({ means }) => means === 'dateTime').length;
  const moments = count === 2 ? (['start', 'end'] as const) : (['start', 'answer', 'end'] as const);
  if (count < 2) return [...fields];
  let at = 0;
  return fields.flatMap((field): DefinitionField[] => {
    if (field.means !== 'dateTime') return [field];
    const of = moments[at++];
    return of === undefined ? [] : [{ ...field, of }];
  });
}

/** Where no clock tells the duration, the one column left with figures of any length does. */
function onlySeconds(cells: readonly Cell[]): Cell | undefined {
  const [found, ...others] = cells.filter(
    ({ values }) =>
      isAlways(values, WHOLE) &&
      filledOf(values).length === values.length &&
      new Set(values.map((value) => value.length)).size > 1,
  );
  return others.length === 0 ? found : undefined;
}
