/**
 * Runs a declared format. A format file says *what* its lines look like; this says how they are read.
 *
 *     export const acme = defineFormat({
 *       id: 'acme-500', vendor: 'Acme', title: …, models: […], transports: […], confidence: 'documented',
 *       framing: { kind: 'line', maxBytes: 512 },
 *       options: [],                                    // the format's own; the common ones need no declaration
 *       defaults: { dateOrder: 'MDY', timeIs: 'start' },
 *       codeFields: ['account'],
 *       noise: { blank: /^\s*$/, heading: /^ *Date +Time/ },
 *       layouts: [{
 *         kind: 'columns',                              // or 'separated' (columns by order), or 'pattern' (named groups)
 *         match: /^\d\d\/\d\d\/\d\d /,
 *         columns: { date: [1, 8], time: [10, 5], ext: [16, 4], trunk: [21, 2], number: [24, 20], length: [45, 8] },
 *         fields: [dateTime('date', 'time'), text('extension', 'ext'), text('trunk', 'trunk'),
 *                  text('dialedNumber', 'number'), duration('durationSeconds', 'length')],
 *       }],
 *     });
 *
 * - A field (readers.ts, or the format's own function) reads trimmed cells of a row and writes keys of the record. It
 *   returns `undefined` when it is content, else a stable word: the line is then malformed with that word as its reason.
 * - A layout is tried when its `match` fits. Characters outside every column make it fail (`outside-fields`); the next
 *   layout is tried, then the noise rules; the first reason of a failed layout is reported, else `unknown-line`.
 * - Bytes above 127 are decoded before cutting: as UTF-8 if they are UTF-8 (unless the `encoding` option names another
 *   multi-byte set), else with that option, else with the format's default encoding, else as latin1. Columns count
 *   characters.
 * - Formats whose layouts depend on an option give `layouts: (options) => […]`.
 * - A format that no layout can describe gives `FormatDefinition.create` itself.
 * - Nothing here throws on input.
 */
import type { CallRecord, Doubt } from '../core/model/call-record.ts';
import { decodeText, decodeUtf8, hasHighBytes, MULTI_BYTE } from './text.ts';
import type {
  CommonOptions,
  DateOrder,
  FormatDefinition,
  FormatOptions,
  ParseOutcome,
  StreamContext,
} from './types.ts';

/** A record being filled. */
export type Draft = { -readonly [K in keyof CallRecord]?: CallRecord[K] };

export interface ResolvedOptions {
  readonly dateOrder: DateOrder;
  readonly clock: '12h' | '24h';
  readonly timeIs: 'start' | 'answer' | 'end';
  /** Undefined: the user named none. */
  readonly encoding: string | undefined;
  readonly defaultEncoding: string | undefined;
  /** Every option as text: given, else the format's default. */
  readonly own: FormatOptions;
}

/** What a field may know and change beside the record. Reset for every line. */
export interface ReadState {
  readonly options: ResolvedOptions;
  /** The stream's memory (a date from a heading). */
  context: StreamContext;
  /** The whole decoded line. */
  line: string;
  readonly doubts: Doubt[];
  /** Set: the record is a part of a call, no call alone. */
  isPart: boolean;
}

/** Trimmed cells in the order of the layout's columns. */
export type Row = readonly string[];
export type FieldRead = (row: Row, draft: Draft, state: ReadState) => string | undefined;
/** Made once per layout. `cellOf` gives the index of a column's cell; a name the layout has not is a bug and throws. */
export type Field = (cellOf: (column: string) => number) => FieldRead;

interface LayoutCommon {
  /** Absent: every line fits. */
  readonly match?: RegExp;
  /** As `match`, for what a pattern says badly. */
  accepts?(line: string): boolean;
  readonly fields: readonly Field[];
}
export interface ColumnsLayout extends LayoutCommon {
  readonly kind: 'columns';
  /** First column (from 1) and width, in any order; no overlaps. */
  readonly columns: Readonly<Record<string, readonly [start: number, width: number]>>;
  /** Characters between and after the columns may be anything. */
  readonly isLeftoverAllowed?: boolean;
  /** Moves all columns: -1 when the line stands one to the left. */
  shift?(line: string): number;
}
export interface SeparatedLayout extends LayoutCommon {
  readonly kind: 'separated';
  readonly separator: string;
  /** Cells may stand in double quotes, with `""` for a quote. */
  readonly isQuoted?: boolean;
  /** Names by order. Cells beyond them fail the layout unless `isLeftoverAllowed`. Missing ones are empty. */
  readonly columns: readonly string[];
  readonly minCells?: number;
  readonly isLeftoverAllowed?: boolean;
}
export interface PatternLayout extends LayoutCommon {
  readonly kind: 'pattern';
  /** Named groups are the columns. Anchor it at both ends. */
  readonly match: RegExp;
  readonly columns: readonly string[];
}
export type Layout = ColumnsLayout | SeparatedLayout | PatternLayout;

export interface FormatSpec extends Omit<FormatDefinition, 'create'> {
  /** Known lines that carry no call: name and pattern. */
  readonly noise: Readonly<Record<string, RegExp>>;
  readonly layouts: readonly Layout[] | ((options: ResolvedOptions) => readonly Layout[]);
  /** Changes every decoded line before anything looks at it (characters in front that belong to no column). */
  prepare?(line: string): string;
  /** Looks at every line before the layouts (a heading with the date); may change the context. */
  observe?(line: string, context: StreamContext): void;
}

const DATE_ORDERS: readonly string[] = ['DMY', 'MDY', 'YMD', 'YDM', 'MD', 'DM'] satisfies DateOrder[];

/** Given options over the format's defaults. A value that is none of an option's choices counts as not given. */
export function resolveOptions(
  definition: { readonly options: FormatDefinition['options']; readonly defaults: CommonOptions },
  given: FormatOptions,
): ResolvedOptions {
  const own: Record<string, string> = { ...given };
  for (const option of definition.options) {
    const value = given[option.name];
    const isValid = value !== undefined && (option.choices === undefined || option.choices.includes(value));
    if (isValid) continue;
    if (option.default === undefined) delete own[option.name];
    else own[option.name] = option.default;
  }
  const { defaults } = definition;
  const order = given['dateOrder'];
  const timeIs = given['timeIs'];
  const clock = given['clock'];
  return {
    dateOrder:
      order !== undefined && DATE_ORDERS.includes(order) ? (order as DateOrder) : (defaults.dateOrder ?? 'DMY'),
    clock: clock === '12h' || clock === '24h' ? clock : (defaults.clock ?? '24h'),
    timeIs: timeIs === 'start' || timeIs === 'answer' || timeIs === 'end' ? timeIs : (defaults.timeIs ?? 'start'),
    encoding: given['encoding'],
    defaultEncoding: defaults.encoding,
    own,
  };
}

/** `line.slice(from, to)` without blanks at both ends. */
function cell(line: string, from: number, to: number): string {
  let start = from;
  let end = Math.min(to, line.length);
  while (start < end && line.charCodeAt(start) <= 32) start++;
  while (end > start && line.charCodeAt(end - 1) <= 32) end--;
  return start === end ? '' : line.slice(start, end);
}

/** Fills `row` from a line; a stable word when the line does not have this shape. */
type Cutter = (line: string, row: string[]) => string | undefined;

function columnsCutter(layout: ColumnsLayout, names: readonly string[]): Cutter {
  const spans = names
    .map((name, index) => {
      const [start, width] = layout.columns[name] ?? [1, 0];
      return { index, from: start - 1, to: start - 1 + width };
    })
    .sort((a, b) => a.from - b.from);
  const froms = spans.map((span) => span.from);
  const tos = spans.map((span) => span.to);
  const indexes = spans.map((span) => span.index);
  const isStrict = layout.isLeftoverAllowed !== true;
  return (line, row) => {
    const shift = layout.shift === undefined ? 0 : layout.shift(line);
    let gap = 0;
    for (let i = 0; i < froms.length; i++) {
      const from = Math.max(0, (froms[i] ?? 0) + shift);
      const to = (tos[i] ?? 0) + shift;
      if (isStrict) {
        const limit = Math.min(from, line.length);
        for (; gap < limit; gap++) if (line.charCodeAt(gap) > 32) return 'outside-fields';
      }
      row[indexes[i] ?? 0] = cell(line, from, to);
      gap = to;
    }
    if (isStrict) for (; gap < line.length; gap++) if (line.charCodeAt(gap) > 32) return 'outside-fields';
    return undefined;
  };
}

/** Cells of a separated line. An unclosed quote takes the rest of the line as it stands. */
export function splitCells(line: string, separator: string, isQuoted: boolean): string[] {
  if (!isQuoted || !line.includes('"')) return line.split(separator);
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (line[at] === '"') {
      let value = '';
      let from = at + 1;
      for (;;) {
        const quote = line.indexOf('"', from);
        if (quote < 0) {
          cells.push(value + line.slice(from));
          return cells;
        }
        value += line.slice(from, quote);
        if (line[quote + 1] === '"') {
          value += '"';
          from = quote + 2;
          continue;
        }
        at = quote + 1;
        break;
      }
      const next = line.indexOf(separator, at);
      cells.push(value + line.slice(at, next < 0 ? line.length : next));
      if (next < 0) return cells;
      at = next + separator.length;
    } else {
      const next = line.indexOf(separator, at);
      cells.push(line.slice(at, next < 0 ? line.length : next));
      if (next < 0) return cells;
      at = next + separator.length;
    }
  }
}

function separatedCutter(layout: SeparatedLayout): Cutter {
  const { separator, columns, isQuoted = false, minCells = 1, isLeftoverAllowed = false } = layout;
  return (line, row) => {
    const cells = splitCells(line, separator, isQuoted);
    if (cells.length < minCells) return 'too-few-fields';
    if (cells.length > columns.length && !isLeftoverAllowed) return 'too-many-fields';
    for (let i = 0; i < columns.length; i++) row[i] = (cells[i] ?? '').trim();
    return undefined;
  };
}

function patternCutter(layout: PatternLayout): Cutter {
  return (line, row) => {
    const groups = layout.match.exec(line)?.groups;
    if (groups === undefined) return 'unknown-line';
    for (let i = 0; i < layout.columns.length; i++) row[i] = (groups[layout.columns[i] ?? ''] ?? '').trim();
    return undefined;
  };
}

interface CompiledLayout {
  readonly match: RegExp | undefined;
  readonly accepts: ((line: string) => boolean) | undefined;
  readonly cut: Cutter;
  readonly reads: readonly FieldRead[];
  readonly row: string[];
}

function compileLayout(layout: Layout): CompiledLayout {
  const names = layout.kind === 'columns' ? Object.keys(layout.columns) : layout.columns;
  const cellOf = (column: string): number => {
    const index = names.indexOf(column);
    if (index < 0) throw new Error(`layout has no column ${column}`);
    return index;
  };
  const cut =
    layout.kind === 'columns'
      ? columnsCutter(layout, names)
      : layout.kind === 'separated'
        ? separatedCutter(layout)
        : patternCutter(layout);
  return {
    match: layout.match,
    accepts: layout.accepts?.bind(layout),
    cut,
    reads: layout.fields.map((field) => field(cellOf)),
    row: names.map(() => ''),
  };
}

/** Decoded line; see the rule at the top of this file. */
export function decodeLine(text: string, options: ResolvedOptions): string {
  if (!hasHighBytes(text)) return text;
  if (options.encoding !== undefined && MULTI_BYTE.test(options.encoding)) return decodeText(text, options.encoding);
  return decodeUtf8(text) ?? decodeText(text, options.encoding ?? options.defaultEncoding);
}

/** A format from its description. */
export function defineFormat(spec: FormatSpec): FormatDefinition {
  const { noise, layouts, observe, prepare, ...definition } = spec;
  const noiseRules = Object.entries(noise);
  return {
    ...definition,
    create(given) {
      const options = resolveOptions(definition, given);
      const compiled = (typeof layouts === 'function' ? layouts(options) : layouts).map(compileLayout);
      const state: ReadState = { options, context: {}, line: '', doubts: [], isPart: false };

      return {
        parse(text: string, context: StreamContext): ParseOutcome {
          const decoded = decodeLine(text, options);
          const line = prepare === undefined ? decoded : prepare(decoded);
          state.line = line;
          state.context = context;
          observe?.(line, context);
          let reason: string | undefined;
          for (const layout of compiled) {
            if (layout.match?.test(line) === false || layout.accepts?.(line) === false) continue;
            state.doubts.length = 0;
            state.isPart = false;
            const draft: Draft = {};
            let failure = layout.cut(line, layout.row);
            for (let i = 0; failure === undefined && i < layout.reads.length; i++) {
              failure = layout.reads[i]?.(layout.row, draft, state);
            }
            if (failure === undefined) {
              const kind = state.isPart ? 'part' : 'call';
              return state.doubts.length === 0
                ? { kind, record: draft }
                : { kind, record: draft, doubts: state.doubts.slice() };
            }
            reason ??= failure;
          }
          for (const [rule, pattern] of noiseRules) if (pattern.test(line)) return { kind: 'noise', rule };
          return { kind: 'malformed', reason: reason ?? 'unknown-line' };
        },
      };
    },
  };
}
