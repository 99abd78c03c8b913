/**
 * What some ports and files put in front of a line that stands in columns: control characters, the mark of a UTF-8 file.
 */
import { withTabs } from './tabs.ts';
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

/** And with blanks for tabs, for a page of columns. */
export const withCleanColumns = (format: FormatDefinition): FormatDefinition => withCleanFront(withTabs(format));
