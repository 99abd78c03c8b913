/** The definition being edited, as plain values: what a click changes. Nothing here knows React. */
import type { Definition, ProposedShape } from '../../../core/api/contract.ts';
import { meaningOfWord, wordsBeforeNumbers } from '../../../core/model/pbx-words.ts';

export type { Definition };
export type Shape = Definition['layouts'][number];
export type Field = Shape['fields'][number];
export type Place = Field['at'];
export type Meaning = Field['means'];
export type Word = NonNullable<Field['words']>[number];
export type SkipRule = NonNullable<Definition['skip']>[number];

/** A stretch of characters of one line, from 0; `to` is exclusive. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export const MEANING_GROUPS = [
  { name: 'when', meanings: ['date', 'time', 'dateTime', 'half'] },
  { name: 'length', meanings: ['talk', 'ring', 'hold'] },
  { name: 'who', meanings: ['extension', 'number', 'from', 'to', 'dialled', 'caller', 'callerName', 'trunk'] },
  { name: 'code', meanings: ['account', 'authorization'] },
  { name: 'more', meanings: ['direction', 'condition', 'cost', 'currency', 'callId', 'extra', 'ignore'] },
] as const satisfies readonly { readonly name: string; readonly meanings: readonly Meaning[] }[];
export type OfferedMeaning = (typeof MEANING_GROUPS)[number]['meanings'][number];

export function newDefinition(): Definition {
  return {
    formatVersion: 1,
    id: 'own-new',
    vendor: '',
    title: '',
    models: [],
    transports: ['serial', 'tcp-client', 'tcp-listener', 'udp-listener', 'http-push', 'file'],
    confidence: 'unconfirmed',
    layouts: [{ kind: 'columns', fields: [] }],
    defaults: { dateOrder: 'DMY', clock: '24h', timeIs: 'start' },
    codeFields: [],
  };
}

/** What still has no name of its own gets one the service takes, so that it can be tried. */
export function tryable(definition: Definition): Definition {
  return {
    ...definition,
    vendor: definition.vendor === '' ? '-' : definition.vendor,
    title: definition.title === '' ? '-' : definition.title,
    models: definition.models.length === 0 ? ['-'] : definition.models,
  };
}

const ID_LIMIT = 50;

/** `Sảnh Chính 2` becomes `own-sanh-chinh-2`. */
export function idOf(title: string): string {
  const plain = title
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, ID_LIMIT)
    .replace(/-+$/, '');
  return `own-${plain === '' ? 'format' : plain}`;
}

function cellBounds(line: string, separator: string, isQuoted: boolean): Stretch[] {
  if (separator === 'blanks') {
    return [...line.matchAll(/\S+/g)].map((m) => ({ from: m.index, to: m.index + m[0].length }));
  }
  const cells: Stretch[] = [];
  let from = 0;
  for (;;) {
    // A quoted cell ends with the quote before a separator.
    const close = isQuoted && line[from] === '"' ? line.indexOf(`"${separator}`, from + 1) : -1;
    const inQuotes = isQuoted && line[from] === '"' && close < 0 ? line.length : close + 1;
    const at = line.indexOf(separator, Math.max(from, inQuotes));
    const to = at < 0 ? line.length : at;
    cells.push({ from, to });
    if (at < 0) return cells;
    from = at + separator.length;
  }
}

/** The place in a shape that a marked stretch of one of its lines is; `row`: which line of a record of several. */
export function placeOf(shape: Shape, line: string, { from, to }: Stretch, row = 1): Place | undefined {
  if (shape.kind === 'columns') return { start: from + 1, width: to - from, ...(row > 1 && { line: row }) };
  if (shape.kind === 'pattern') return undefined;
  const cell = cellBounds(line, shape.separator, shape.isQuoted === true).findIndex(
    (one) => from <= one.to && to > one.from - 1,
  );
  return cell < 0 ? undefined : { cell: cell + 1 };
}

/** The characters of a line that a place is. */
export function stretchOf(shape: Shape, line: string, at: Place): Stretch | undefined {
  if ('start' in at) return { from: at.start - 1, to: at.start - 1 + at.width };
  if ('cell' in at && shape.kind === 'separated')
    return cellBounds(line, shape.separator, shape.isQuoted === true)[at.cell - 1];
  return undefined;
}

export function samePlace(a: Place, b: Place): boolean {
  if ('start' in a && 'start' in b) {
    return a.start < b.start + b.width && b.start < a.start + a.width && (a.line ?? 1) === (b.line ?? 1);
  }
  if ('cell' in a && 'cell' in b) return a.cell === b.cell;
  return 'group' in a && 'group' in b && a.group === b.group;
}

/** Different texts at a place, most frequent first. */
export function valuesAt(shape: Shape, lines: readonly string[], at: Place): readonly string[] {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const stretch = stretchOf(shape, line, at);
    const text = stretch === undefined ? '' : line.slice(stretch.from, stretch.to).trim();
    const value = shape.kind === 'separated' && shape.isQuoted === true ? text.replace(/^"(.*)"$/, '$1') : text;
    if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => value);
}

const MOST_WORDS = 12;

/** Signs that alone fill the place in some line: `....` and `----` mean that nothing is there. */
function fillCharacters(values: readonly string[]): string {
  const signs = values.filter((value) => /^([._*-])\1*$/.test(value)).map((value) => value.charAt(0));
  return [...new Set(signs)].join('');
}

/** How most of the values are printed; a heading has no figures. */
function durationForm(values: readonly string[]): 'seconds' | 'clock' {
  const printed = values.filter((value) => /\d/.test(value));
  return printed.length > 0 && printed.every((value) => /^\d+$/.test(value)) ? 'seconds' : 'clock';
}

/** A field of a meaning, with what its values suggest filled in. */
export function fieldOf(means: OfferedMeaning, at: Place, values: readonly string[]): Field {
  switch (means) {
    case 'talk':
    case 'ring':
    case 'hold':
      return { at, means, form: durationForm(values) };
    case 'direction':
    case 'condition': {
      const words = values.slice(0, MOST_WORDS).map((text) => ({ text, ...meaningOfWord(text) }));
      const isOnlyIncoming = words.length > 0 && words.every(({ direction }) => direction === 'incoming');
      return {
        at,
        means,
        ...(words.length > 0 ? { words } : { words: [{ text: 'O', direction: 'outgoing' }] }),
        ...(means === 'direction' && isOnlyIncoming && { whenBlank: { direction: 'outgoing' } }),
      };
    }
    case 'number':
    case 'dialled':
    case 'caller': {
      const { words, otherwise } = wordsBeforeNumbers(values);
      return { at, means, ...(words && { words }), ...(means === 'number' && otherwise && { otherwise }) };
    }
    case 'extra':
      return { at, means, name: 'note' };
    case 'account':
    case 'authorization':
    case 'extension':
    case 'trunk': {
      const pad = fillCharacters(values);
      return pad === '' ? { at, means } : { at, means, pad };
    }
    case 'date':
    case 'time':
    case 'dateTime':
    case 'half':
    case 'from':
    case 'to':
    case 'callerName':
    case 'cost':
    case 'currency':
    case 'callId':
    case 'ignore':
      return { at, means };
  }
}

function withShape(definition: Definition, index: number, change: (shape: Shape) => Shape): Definition {
  return { ...definition, layouts: definition.layouts.map((shape, at) => (at === index ? change(shape) : shape)) };
}

/** The code fields that are marked, in the order account, authorization. */
function withCodeFields(definition: Definition): Definition {
  const means = new Set(definition.layouts.flatMap((shape) => shape.fields.map((field) => field.means)));
  const codeFields = (['account', 'authorization'] as const).filter((field) => means.has(field));
  return { ...definition, codeFields };
}

/** Told once in a line: marking it anew moves it. */
const ONCE: readonly Meaning[] = [
  ...(['extension', 'number', 'from', 'to', 'dialled', 'caller', 'callerName', 'trunk'] as const),
  ...(['account', 'authorization', 'cost', 'currency', 'callId'] as const),
];

/** Puts a field at its place; what was there gives way. */
export function putField(definition: Definition, index: number, field: Field): Definition {
  return withCodeFields(
    withShape(definition, index, (shape) => {
      const isMoved = (other: Field): boolean => other.means === field.means && ONCE.includes(field.means);
      const others = shape.fields.filter((other) => !samePlace(other.at, field.at) && !isMoved(other));
      const fields = [...others, field];
      return { ...shape, fields: fields.sort((a, b) => orderOf(a.at) - orderOf(b.at)) };
    }),
  );
}

const orderOf = (at: Place): number =>
  'start' in at ? (at.line ?? 1) * 10_000 + at.start : 'cell' in at ? at.cell : 0;

export function removeField(definition: Definition, index: number, at: Place): Definition {
  return withCodeFields(
    withShape(definition, index, (shape) => ({
      ...shape,
      fields: shape.fields.filter((field) => !samePlace(field.at, at)),
    })),
  );
}

export function changeShape(definition: Definition, index: number, change: Partial<Shape>): Definition {
  return withShape(definition, index, (shape) => ({ ...shape, ...change }) as Shape);
}

/** Another way to cut lines: places of the old kind mean nothing in the new one. */
export function shapeOfKind(kind: Shape['kind'], separator: string): Shape {
  switch (kind) {
    case 'columns':
      return { kind, fields: [] };
    case 'separated':
      return { kind, separator, fields: [] };
    case 'pattern':
      return { kind, pattern: '.*', fields: [] };
  }
}

export function replaceShape(definition: Definition, index: number, shape: Shape): Definition {
  return withCodeFields(withShape(definition, index, () => shape));
}

export function addShape(definition: Definition, shape: Shape): Definition {
  return { ...definition, layouts: [...definition.layouts, shape] };
}

export function removeShape(definition: Definition, index: number): Definition {
  return withCodeFields({ ...definition, layouts: definition.layouts.filter((_, at) => at !== index) });
}

export function applyProposal(definition: Definition, index: number, proposal: ProposedShape): Definition {
  if (proposal.shape === null) return definition;
  const { dateOrder } = proposal;
  const orders = ['DMY', 'MDY', 'YMD', 'YDM', 'MD', 'DM'] as const;
  const order = orders.find((one) => one === dateOrder);
  const shaped = replaceShape(definition, index, proposal.shape);
  const isEpoch = proposal.shape.fields.some((field) => field.means === 'dateTime' && field.form === 'epoch');
  const { defaults, record: _record, ...rest } = shaped;
  return {
    ...rest,
    ...(proposal.record !== null && { record: proposal.record }),
    skip: withNew(shaped.skip ?? [], proposal.skip),
    dateLines: withNew(shaped.dateLines ?? [], proposal.dateLines),
    defaults: {
      ...defaults,
      ...(order !== undefined && { dateOrder: order }),
      ...(isEpoch && { timeZone: 'UTC' }),
    },
  };
}

function withNew<T>(known: readonly T[], proposed: readonly T[]): T[] {
  const texts = new Set(known.map((one) => JSON.stringify(one)));
  return [...known, ...proposed.filter((one) => !texts.has(JSON.stringify(one)))];
}

export function addSkip(definition: Definition, rule: SkipRule): Definition {
  return { ...definition, skip: [...(definition.skip ?? []), rule] };
}

/** Lines of this shape are no calls. */
export const notACall = (like: string): SkipRule => ({ name: 'not-a-call', like });

/** A heading with the date of the lines below it; what it was before, it is no more. */
export function addDateLine(definition: Definition, like: string, { from, to }: Stretch): Definition {
  return { ...definition, dateLines: [...(definition.dateLines ?? []), { like, start: from + 1, width: to - from }] };
}

export function removeDateLine(definition: Definition, index: number): Definition {
  return { ...definition, dateLines: (definition.dateLines ?? []).filter((_, at) => at !== index) };
}

/** Lines of the shape need not be told by a text any more. */
export function removeRecognition(definition: Definition, index: number, at: number): Definition {
  return withShape(definition, index, (shape) => {
    const { when: _when, ...rest } = shape;
    const when = (shape.when ?? []).filter((_, place) => place !== at);
    return (when.length === 0 ? rest : { ...rest, when }) as Shape;
  });
}

export function removeSkip(definition: Definition, index: number): Definition {
  return { ...definition, skip: (definition.skip ?? []).filter((_, at) => at !== index) };
}

/** The first word of a line, which a heading or an alarm always begins with. */
export function firstWordOf(line: string): string {
  return /^\s*(\S+)/.exec(line)?.[1] ?? '';
}
