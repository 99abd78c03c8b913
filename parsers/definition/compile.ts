/** A definition file as a format of the engine. The file has been checked (check.ts, core/formats/definition-schema.ts). */
import { type ColumnsLayout, defineFormat, type Layout, type PatternLayout, splitCells } from '../engine.ts';
import { IMPOSSIBLE, UNSET } from '../readers.ts';
import type { FormatDefinition, Framing, StreamContext } from '../types.ts';
import { continuationAssembly, withContinuations } from './continuation.ts';
import {
  type ColumnsShape,
  type DateLine,
  DEFAULT_LINE_BYTES,
  type DefinitionFile,
  type LineShape,
  LONGEST_LINE_BYTES,
  type PatternShape,
  type Place,
  type Recognition,
  type SeparatedShape,
} from './definition-file.ts';
import { DATE_IN_CONTEXT, emptyCell, engineFields } from './fields.ts';
import { dateOf } from './moments.ts';
import { dateLinePattern, skipPattern } from './skip-lines.ts';

/** Lines of one record stand side by side in rooms of this many characters, so that columns need no second dimension. */
export const LINE_ROOM = LONGEST_LINE_BYTES;

const columnName = (index: number): string => `field${index + 1}`;

/** First character of a place, from 0, in the line as the engine sees it. */
export function firstCharacter(place: Place): number {
  return 'start' in place ? ((place.line ?? 1) - 1) * LINE_ROOM + place.start - 1 : 0;
}

type LineTest = (line: string) => boolean;

function textAt(line: string, place: Place, shape: LineShape): string {
  if ('start' in place) {
    const from = firstCharacter(place);
    return line.slice(from, from + place.width).trim();
  }
  if ('cell' in place && shape.kind === 'separated') {
    return (cellsOf(line, shape)[place.cell - 1] ?? '').trim();
  }
  return '';
}

/** Cells of a line, for `blanks` without the blanks at both ends. */
export function cellsOf(line: string, shape: SeparatedShape): readonly string[] {
  if (shape.separator === 'blanks') return line.trim().split(/\s+/);
  return splitCells(line, shape.separator, shape.isQuoted ?? false);
}

function recognition({ at, is, isNot }: Recognition, shape: LineShape): LineTest {
  return (line) => {
    const text = textAt(line, at, shape);
    return is?.includes(text) !== false && isNot?.includes(text) !== true;
  };
}

function acceptsOf(shape: LineShape, isSkipped: LineTest): LineTest {
  const tests = (shape.when ?? []).map((when) => recognition(when, shape));
  const pattern = shape.matches === undefined ? undefined : new RegExp(shape.matches, 'u');
  return (line) => !isSkipped(line) && pattern?.test(line) !== false && tests.every((test) => test(line));
}

function columnsLayout(shape: ColumnsShape): Omit<ColumnsLayout, 'fields'> {
  const columns: Record<string, readonly [number, number]> = {};
  shape.fields.forEach(({ at }, index) => {
    if ('start' in at) columns[columnName(index)] = [firstCharacter(at) + 1, at.width];
  });
  return { kind: 'columns', columns, isLeftoverAllowed: shape.isLeftoverAllowed ?? false };
}

/** Begins the name of a cell that no field asks for. */
const FREE_CELL = 'cell';

/** Names by order of the cells that every line has; the ones no field asks for are named too. */
function cellNames(shape: SeparatedShape): string[] {
  const last = Math.max(shape.minCells ?? 0, ...shape.fields.map(({ at }) => ('cell' in at ? at.cell : 0)));
  return Array.from({ length: last }, (_, cell) => {
    const index = shape.fields.findIndex(({ at }) => 'cell' in at && at.cell === cell + 1);
    return index < 0 ? `${FREE_CELL}${cell + 1}` : columnName(index);
  });
}

/** Runs of blanks have no cells of their own, so the line is a pattern of words. */
function blanksLayout(shape: SeparatedShape): Omit<PatternLayout, 'fields'> {
  const columns = cellNames(shape);
  const needed = Math.min(shape.minCells ?? columns.length, columns.length);
  const words = columns.map((name, at) => {
    const word = `${at === 0 ? '' : '\\s+'}(?<${name}>\\S+)`;
    return at < needed ? word : `(?:${word})?`;
  });
  const rest = shape.isLeftoverAllowed === true ? '(?:\\s.*)?' : '\\s*';
  return { kind: 'pattern', match: new RegExp(`^\\s*${words.join('')}${rest}$`, 'u'), columns };
}

function patternLayout(shape: PatternShape): Omit<PatternLayout, 'fields'> {
  return {
    kind: 'pattern',
    match: new RegExp(`^(?:${shape.pattern})$`, 'u'),
    columns: shape.fields.map((_, index) => columnName(index)),
  };
}

/** A group's name is the author's; two fields may ask for one group, so columns are named by field. */
function renamedGroups(shape: PatternShape): PatternShape {
  let pattern = shape.pattern;
  shape.fields.forEach(({ at }, index) => {
    if ('group' in at) pattern = pattern.replace(`(?<${at.group}>`, `(?<${columnName(index)}>`);
  });
  return { ...shape, pattern };
}

function layoutOf(shape: LineShape, isSkipped: LineTest): Layout {
  const accepts = acceptsOf(shape, isSkipped);
  const fields = engineFields(shape, columnName);
  switch (shape.kind) {
    case 'columns':
      return { ...columnsLayout(shape), accepts, fields };
    case 'separated': {
      const free = cellNames(shape).filter((name) => name.startsWith(FREE_CELL));
      const all = shape.isLeftoverAllowed === true ? fields : [...fields, ...free.map(emptyCell)];
      if (shape.separator === 'blanks') return { ...blanksLayout(shape), accepts, fields: all };
      return {
        kind: 'separated',
        separator: shape.separator,
        isQuoted: shape.isQuoted ?? false,
        columns: cellNames(shape),
        minCells: shape.minCells ?? cellNames(shape).length,
        isLeftoverAllowed: shape.isLeftoverAllowed ?? false,
        accepts,
        fields: all,
      };
    }
    case 'pattern':
      return { ...patternLayout(renamedGroups(shape)), accepts, fields };
  }
}

function framingOf(file: DefinitionFile): Framing {
  const { record } = file;
  const maxBytes = record?.maxBytes ?? DEFAULT_LINE_BYTES;
  if (record?.kind === 'lines') {
    return {
      kind: 'lines',
      maxBytes: maxBytes * record.count,
      count: record.count,
      first: new RegExp(record.first, 'u'),
    };
  }
  const isQuoted = file.layouts.some((shape) => shape.kind === 'separated' && shape.isQuoted === true);
  return { kind: isQuoted ? 'csv' : 'line', maxBytes };
}

function prepareOf(file: DefinitionFile): ((line: string) => string) | undefined {
  const { strip, record } = file;
  const isLines = record?.kind === 'lines';
  if (strip === undefined && !isLines) return undefined;
  const withoutFront = (line: string): string => {
    let at = 0;
    while (at < line.length && strip?.includes(line.charAt(at)) === true) at++;
    return at === 0 ? line : line.slice(at);
  };
  if (!isLines) return withoutFront;
  return (text) =>
    text
      .split(/[\r\n\f]+/)
      .map((line) => withoutFront(line).slice(0, LINE_ROOM).padEnd(LINE_ROOM))
      .join('')
      .trimEnd();
}

function observeOf(lines: readonly DateLine[], usual: DefinitionFile['defaults']['dateOrder']) {
  const compiled = lines.map((line) => ({ pattern: dateLinePattern(line), order: line.order, months: line.months }));
  return (line: string, context: StreamContext): void => {
    for (const { pattern, order, months } of compiled) {
      const printed = pattern.exec(line)?.groups?.['date'];
      const date = printed === undefined ? undefined : dateOf(printed.trim(), order ?? usual ?? 'DMY', months);
      if (date !== undefined && date !== IMPOSSIBLE && date !== UNSET) context[DATE_IN_CONTEXT] = date;
    }
  };
}

/** Options that are not given stay away: an absent key means the engine's default. */
function defaultsOf({ defaults }: DefinitionFile): FormatDefinition['defaults'] {
  const { dateOrder, clock, timeIs, encoding, timeZone } = defaults;
  return {
    ...(dateOrder !== undefined && { dateOrder }),
    ...(clock !== undefined && { clock }),
    ...(timeIs !== undefined && { timeIs }),
    ...(encoding !== undefined && { encoding }),
    ...(timeZone !== undefined && { timeZone }),
  };
}

/** Patterns by name; rules of one name are one pattern. */
function noiseOf(file: DefinitionFile): Readonly<Record<string, RegExp>> {
  const named = [
    ...(file.skip ?? []).map((rule) => [rule.name, skipPattern(rule)] as const),
    ...(file.dateLines ?? []).map((line) => ['heading', dateLinePattern(line)] as const),
  ];
  const noise: Record<string, RegExp> = {};
  for (const [name, pattern] of named) {
    const before = noise[name];
    noise[name] =
      before === undefined
        ? pattern
        : new RegExp(`${before.source}|${pattern.source.replaceAll('(?<date>', '(?:')}`, 'u');
  }
  return noise;
}

/** Asked once for every layout of the same line, so the last answer is kept. */
function skipTest(patterns: readonly RegExp[]): LineTest {
  if (patterns.length === 0) return () => false;
  let last: { readonly line: string; readonly isSkipped: boolean } | undefined;
  return (line) => {
    if (last?.line !== line) last = { line, isSkipped: patterns.some((pattern) => pattern.test(line)) };
    return last.isSkipped;
  };
}

export function compileDefinition(file: DefinitionFile): FormatDefinition {
  const noise = noiseOf(file);
  const isSkipped = skipTest(Object.values(noise));
  const dateLines = file.dateLines ?? [];
  const prepare = prepareOf(file);
  const hasContinuations = file.layouts.some((shape) => shape.isContinuation === true);
  const format = defineFormat({
    id: file.id,
    ...(file.aliases !== undefined && { aliases: file.aliases }),
    vendor: file.vendor,
    title: file.title,
    models: file.models,
    transports: file.transports,
    confidence: file.confidence,
    ...(file.unsure !== undefined && { unsure: file.unsure }),
    ...(file.confusableWith !== undefined && { confusableWith: file.confusableWith }),
    framing: framingOf(file),
    options: [],
    defaults: defaultsOf(file),
    codeFields: file.codeFields,
    noise: { blank: /^\s*$/, ...noise },
    layouts: () => file.layouts.map((shape) => layoutOf(shape, isSkipped)),
    ...(prepare !== undefined && { prepare }),
    ...(dateLines.length > 0 && { observe: observeOf(dateLines, file.defaults.dateOrder) }),
    ...(hasContinuations && { assembly: continuationAssembly(file.codeFields) }),
  });
  if (!hasContinuations) return format;
  return { ...format, create: (options) => withContinuations(format.create(options)) };
}
