/** Editors and terminals put tabs in place of blanks; on a page of fixed columns each reaches to the next stop. */
import type { FormatDefinition } from './types.ts';

const STOP = 8;
const [TAB, LINE_FEED, CARRIAGE_RETURN] = [9, 10, 13];

/** Blanks for tabs, counted anew on each line of a frame. */
export function withoutTabs(text: string): string {
  if (!text.includes('\t')) return text;
  let result = '';
  let column = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === TAB) {
      const width = STOP - (column % STOP);
      result += ' '.repeat(width);
      column += width;
    } else {
      result += text.charAt(i);
      column = code === LINE_FEED || code === CARRIAGE_RETURN ? 0 : column + 1;
    }
  }
  return result;
}

/** The same format for lines that hold tabs. */
export function withTabStops(format: FormatDefinition): FormatDefinition {
  return {
    ...format,
    create(options) {
      const parser = format.create(options);
      return { parse: (text, context) => parser.parse(withoutTabs(text), context) };
    },
  };
}
