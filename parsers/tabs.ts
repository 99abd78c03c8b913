/** Editors and terminals put tabs for runs of blanks; columns count the blanks. */
import type { FormatDefinition } from './types.ts';

const TAB_WIDTH = 8;

/** Blanks up to the next tab stop for each tab, counted anew on each line of a frame. */
export function expandTabs(text: string): string {
  if (!text.includes('\t')) return text;
  let expanded = '';
  let lineStart = 0;
  for (const piece of text.split(/([\t\r\n])/)) {
    if (piece === '\t') expanded += ' '.repeat(TAB_WIDTH - ((expanded.length - lineStart) % TAB_WIDTH));
    else expanded += piece;
    if (piece === '\r' || piece === '\n') lineStart = expanded.length;
  }
  return expanded;
}

/**
 * The same format of columns, for lines whose runs of blanks an editor made tabs of. They are put back before anything is
 * read: behind a tab, cells that are free text would take what belongs to others.
 */
export function withTabs(format: FormatDefinition): FormatDefinition {
  return {
    ...format,
    create(options) {
      const parser = format.create(options);
      return { parse: (text, context) => parser.parse(expandTabs(text), context) };
    },
  };
}
