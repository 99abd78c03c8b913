/**
 * What some ports and files do to a line that stands in columns: control characters and the mark of a UTF-8 file in front,
 * tabs for blanks inside.
 */
import type { FormatDefinition } from './types.ts';

const FRONT = /^(?:\u00ef\u00bb\u00bf)?[\x00-\x08\x0b\x0e-\x1f\x7f]*/;

/** The same format, deaf to what stands in front of its lines. */
export function withCleanFront(format: FormatDefinition): FormatDefinition {
  return {
    ...format,
    create(options) {
      const parser = format.create(options);
      return {
        parse(text, context) {
          const first = text.charCodeAt(0);
          return parser.parse(first < 32 || first >= 127 ? text.replace(FRONT, '') : text, context);
        },
      };
    },
  };
}

const TAB_STOP = 8;

/** Blanks up to the next tab stop for each tab, as the editor that put them there counted. */
function withoutTabs(line: string): string {
  if (!line.includes('\t')) return line;
  const [first = '', ...pieces] = line.split('\t');
  return pieces.reduce((left, piece) => left + ' '.repeat(TAB_STOP - (left.length % TAB_STOP)) + piece, first);
}

/** The same format of columns, for lines whose runs of blanks an editor made tabs of. */
function withTabStops(format: FormatDefinition): FormatDefinition {
  return {
    ...format,
    create(options) {
      const parser = format.create(options);
      return { parse: (text, context) => parser.parse(withoutTabs(text), context) };
    },
  };
}

/** Both, for a page of columns. */
export const withCleanColumns = (format: FormatDefinition): FormatDefinition => withCleanFront(withTabStops(format));
