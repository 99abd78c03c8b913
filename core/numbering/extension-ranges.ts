/** Extensions as an office types them: `100-199,2000-2999,8888`. */
import type { ExtensionRange } from './site.ts';

const RANGE = /^(\d{1,10})(?:-(\d{1,10}))?$/;

/** Undefined where the text is no list of ranges; the empty text names none. */
export function parseExtensionRanges(text: string): readonly ExtensionRange[] | undefined {
  const ranges: ExtensionRange[] = [];
  for (const item of text.split(',')) {
    const typed = item.replace(/\s/g, '');
    if (typed === '') continue;
    const match = RANGE.exec(typed);
    const from = match?.[1];
    if (from === undefined) return undefined;
    const to = match?.[2] ?? from;
    if (to.length !== from.length || to < from) return undefined;
    ranges.push({ from, to });
  }
  return ranges;
}
