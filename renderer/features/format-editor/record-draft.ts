/** How many lines a call prints, as plain values: what the choices in the settings change. */
import { addShape, type Definition, firstWordOf, putField, type Shape } from './draft.ts';

/** What tells the first line of a call. `pattern`: written by hand. */
export const FIRST_LINES = ['word', 'flush', 'digit'] as const;
export type FirstLine = (typeof FIRST_LINES)[number] | 'pattern';

const FLUSH = '^\\S';
const DIGIT = '^ *\\d';
const WORD = '^ *';
const escapeText = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

export function firstPattern(kind: FirstLine, word: string): string {
  if (kind === 'flush') return FLUSH;
  return kind === 'digit' ? DIGIT : `${WORD}${escapeText(word)}`;
}

export function firstLineOf(pattern: string): { readonly kind: FirstLine; readonly word: string } {
  if (pattern === FLUSH) return { kind: 'flush', word: '' };
  if (pattern === DIGIT) return { kind: 'digit', word: '' };
  const word = pattern.startsWith(WORD) ? pattern.slice(WORD.length).replace(/\\(.)/g, '$1') : '';
  return `${WORD}${escapeText(word)}` === pattern ? { kind: 'word', word } : { kind: 'pattern', word: '' };
}

/** One line, or always so many: then places are columns, and the first line must be told from the others. */
export function withLineCount(definition: Definition, count: number, lines: readonly string[]): Definition {
  const { record, ...rest } = definition;
  if (count === 1) {
    const layouts = rest.layouts.map((shape) => ({
      ...shape,
      fields: shape.fields.filter(({ at }) => !('line' in at) || (at.line ?? 1) === 1),
    }));
    return { ...rest, layouts: layouts as Shape[] };
  }
  const isIndented = lines.some((line) => /^\s/.test(line)) && lines.some((line) => /^\S/.test(line));
  const usual = firstPattern(isIndented ? 'flush' : 'word', firstWordOf(lines[0] ?? ''));
  const first = record?.kind === 'lines' ? record.first : usual;
  return {
    ...rest,
    record: { kind: 'lines', count, first },
    layouts: rest.layouts.map((shape) => (shape.kind === 'columns' ? shape : { kind: 'columns', fields: [] })),
  };
}

/** What stands first in lines that go on with the call above, and where. */
function markOf(shape: Shape, line: string) {
  const word = firstWordOf(line);
  if (word === '' || /\d/.test(word) || shape.kind === 'pattern') return undefined;
  const at = shape.kind === 'columns' ? { start: line.indexOf(word) + 1, width: word.length } : { cell: 1 };
  return { at, word };
}

/**
 * Lines like this one go on with the call above them. Where a word in front tells them, the other shapes leave them alone.
 * `proposed`: what such lines look like.
 */
export function addContinuation(definition: Definition, line: string, proposed: Shape): Definition {
  const mark = markOf(proposed, line);
  const shape = { ...proposed, isContinuation: true };
  if (mark === undefined) return addShape(definition, shape);
  const { at, word } = mark;
  const before: Definition = {
    ...definition,
    layouts: definition.layouts.map((one) => {
      const isSameCut = one.kind === shape.kind && one.isContinuation !== true;
      return isSameCut ? { ...one, when: [...(one.when ?? []), { at, isNot: [word] }] } : one;
    }),
  };
  const added = addShape(before, { ...shape, when: [{ at, is: [word] }] });
  return putField(added, definition.layouts.length, { at, means: 'ignore' });
}

/** Lines that begin as this one does: the same indentation, and the same word where it is one. */
export function linesLike(line: string, lines: readonly string[]): readonly string[] {
  const beginning = (text: string): string => (/^\s*\S*/.exec(text)?.[0] ?? '').replace(/\d+/g, '0');
  return lines.filter((other) => beginning(other) === beginning(line));
}

const MOST_SAMPLE_LINES = 200;

/**
 * Lines to keep with the format. Those kept before stay: they are what a later change is checked against. Equal lines are
 * kept once, except where a line takes its meaning from the ones above it.
 */
export function sampleLinesOf(definition: Definition, lines: readonly string[]): string[] {
  const kept = (definition.samples ?? []).flatMap(({ text }) => text.split(/[\r\n\f]+/));
  const isInOrder =
    definition.record?.kind === 'lines' ||
    (definition.dateLines ?? []).length > 0 ||
    definition.layouts.some((shape) => shape.isContinuation === true);
  if (!isInOrder) return [...new Set([...kept, ...lines])].slice(0, MOST_SAMPLE_LINES);
  const isKept = lines.join('\n').startsWith(kept.join('\n'));
  return (isKept ? [...lines] : [...kept, ...lines]).slice(0, MOST_SAMPLE_LINES);
}
