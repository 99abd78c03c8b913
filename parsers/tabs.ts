/** Editors and terminals put tabs for runs of blanks; columns count the blanks. */
import type { FormatDefinition, ParseOutcome } from './types.ts';

const TAB_WIDTH = 8;

/** Blanks up to the next tab stop for each tab. */
export function expandTabs(line: string): string {
  const parts = line.split('\t');
  const last = parts.pop() ?? '';
  let expanded = '';
  for (const part of parts) {
    expanded += part;
    expanded += ' '.repeat(TAB_WIDTH - (expanded.length % TAB_WIDTH));
  }
  return expanded + last;
}

/** A tab inside a field shows that two columns were taken for one. */
function isWhole(outcome: ParseOutcome): boolean {
  if (outcome.kind !== 'call' && outcome.kind !== 'part') return false;
  return Object.values(outcome.record).every((value) => typeof value !== 'string' || !value.includes('\t'));
}

/** The same format, which reads a line that it does not know once more with blanks for its tabs. */
export function withTabs(format: FormatDefinition): FormatDefinition {
  return {
    ...format,
    create(options) {
      const parser = format.create(options);
      return {
        parse(text, context) {
          const outcome = parser.parse(text, context);
          if (!text.includes('\t') || outcome.kind === 'noise' || isWhole(outcome)) return outcome;
          const again = parser.parse(expandTabs(text), context);
          if (isWhole(again)) return again;
          return outcome.kind === 'malformed' ? outcome : { kind: 'malformed', reason: 'outside-fields' };
        },
      };
    },
  };
}
