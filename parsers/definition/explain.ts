/** Which characters of a line each field took, and what is left over: what the format editor colours. */
import { decodeLine, resolveOptions } from '../engine.ts';
import type { FrameParser, ParseOutcome, StreamContext } from '../types.ts';
import { cellsOf, compileDefinition } from './compile.ts';
import type { ColumnPlace, DefinitionFile, LineShape, Place, SeparatedShape } from './definition-file.ts';

/** Characters of the decoded line, from 0; `to` is exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}
export interface FieldSpan extends Span {
  readonly field: number;
}
export interface ExplainedLine {
  /** As it reads in the definition's character set. */
  readonly text: string;
  readonly outcome: ParseOutcome;
  /** The line shape that read it; of a line that none reads, the one that explains most of it. */
  readonly layout: number | undefined;
  readonly fields: readonly FieldSpan[];
  /** Text that no field took. */
  readonly leftover: readonly Span[];
}

function separatorSpans(line: string, shape: SeparatedShape): Span[] {
  const spans: Span[] = [];
  if (shape.separator === 'blanks') {
    for (const m of line.matchAll(/\S+/g)) spans.push({ from: m.index, to: m.index + m[0].length });
    return spans;
  }
  let at = 0;
  for (const cell of cellsOf(line, shape)) {
    // A quoted cell is longer in the line than what it says.
    let to = at + cell.length;
    if (shape.isQuoted === true && line[at] === '"') {
      const close = line.indexOf(`"${shape.separator}`, at + 1);
      to = close < 0 ? line.length : close + 1;
    }
    spans.push({ from: at, to });
    at = to + shape.separator.length;
  }
  return spans;
}

/** Where each line of a record begins in its text. */
function lineStarts(text: string): readonly number[] {
  return [...text.matchAll(/[^\r\n\f]+/g)].map((m) => m.index);
}

function columnSpan(text: string, place: ColumnPlace, starts: readonly number[], stripped: number): Span | undefined {
  const begin = starts[(place.line ?? 1) - 1];
  if (begin === undefined) return undefined;
  const from = begin + stripped + place.start - 1;
  const lineEnd = text.slice(begin).search(/[\r\n\f]/);
  const end = lineEnd < 0 ? text.length : begin + lineEnd;
  return from >= end ? undefined : { from, to: Math.min(from + place.width, end) };
}

function spansOf(text: string, shape: LineShape, stripped: number): FieldSpan[] {
  const starts = lineStarts(text);
  const cells = shape.kind === 'separated' ? separatorSpans(text, shape) : [];
  const groups =
    shape.kind === 'pattern' ? new RegExp(`^(?:${shape.pattern})$`, 'du').exec(text)?.indices?.groups : undefined;
  const spanOf = (place: Place): Span | undefined => {
    if ('start' in place) return columnSpan(text, place, starts, stripped);
    if ('cell' in place) return cells[place.cell - 1];
    const found = groups?.[place.group];
    return found === undefined ? undefined : { from: found[0], to: found[1] };
  };
  return shape.fields.flatMap(({ at }, field) => {
    const span = spanOf(at);
    return span === undefined || span.from >= span.to ? [] : [{ ...span, field }];
  });
}

/** Runs of text that lie in no span; separators and blanks are none. */
function leftoverOf(text: string, spans: readonly Span[], shape: LineShape): Span[] {
  const isTaken = new Uint8Array(text.length);
  for (const { from, to } of spans) isTaken.fill(1, from, to);
  if (shape.kind === 'pattern') return [];
  const separator = shape.kind === 'separated' && shape.separator !== 'blanks' ? shape.separator : '';
  const left: Span[] = [];
  for (const m of text.matchAll(/[^\s]+/g)) {
    let from = -1;
    for (let at = m.index; at <= m.index + m[0].length; at++) {
      const isFree = at < m.index + m[0].length && isTaken[at] === 0 && !separator.includes(text.charAt(at));
      if (isFree && from < 0) from = at;
      if (!isFree && from >= 0) {
        left.push({ from, to: at });
        from = -1;
      }
    }
  }
  return left;
}

export interface Explainer {
  /** Explains one frame that the whole definition made `outcome` of. */
  explain(frame: string, outcome: ParseOutcome): ExplainedLine;
}

/** Asks each line shape alone which of them reads a frame. */
export function createExplainer(file: DefinitionFile): Explainer {
  const options = resolveOptions(compileDefinition(file), {});
  const alone = file.layouts.map((shape): FrameParser => compileDefinition({ ...file, layouts: [shape] }).create({}));
  const context: StreamContext = { open: 'yes' };
  return {
    explain(frame, outcome) {
      const text = decodeLine(frame, options);
      if (outcome.kind === 'noise') return { text, outcome, layout: undefined, fields: [], leftover: [] };
      const read = alone.findIndex((parser) => {
        const { kind } = parser.parse(frame, { ...context });
        return kind === 'call' || kind === 'part';
      });
      let stripped = 0;
      while (stripped < text.length && file.strip?.includes(text.charAt(stripped)) === true) stripped++;
      const explainedBy = (layout: number): ExplainedLine => {
        const shape = file.layouts[layout];
        if (shape === undefined) return { text, outcome, layout: undefined, fields: [], leftover: [] };
        const fields = spansOf(text, shape, stripped);
        return { text, outcome, layout, fields, leftover: leftoverOf(text, fields, shape) };
      };
      if (read >= 0) return explainedBy(read);
      const sizeOf = ({ leftover }: ExplainedLine): number =>
        leftover.reduce((sum, { from, to }) => sum + to - from, 0);
      return file.layouts
        .map((_, layout) => explainedBy(layout))
        .reduce((best, one) => (sizeOf(one) < sizeOf(best) ? one : best));
    },
  };
}
