/**
 * What some ports and files do to a line that stands in columns: control characters and the mark of a UTF-8 file in front,
 * tabs for blanks inside.
 */
import { expandTabs } from './tabs.ts';
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

/**
 * The same format of columns, for lines whose runs of blanks an editor made tabs of. They are put back before anything is
 * read: behind a tab, cells that are free text would take what belongs to others.
 */
function withTabStops(format: FormatDefinition): FormatDefinition {
  return {
    ...format,
    create(options) {
      const parser = format.create(options);
      return { parse: (text, context) => parser.parse(text.includes('\t') ? expandTabs(text) : text, context) };
    },
  };
}

/** Both, for a page of columns. */
export const withCleanColumns = (format: FormatDefinition): FormatDefinition => withCleanFront(withTabStops(format));
