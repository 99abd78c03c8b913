/** How well a text answers what somebody typed. Marks, case and `đ` make no difference: `nguyen` finds `Nguyễn`. */
import { foldText } from './fold.ts';

const EXACT = 100;
const STARTS = 80;
/** All words typed begin words of the text, in any order: `van nguyen` finds `Nguyễn Thị Vân`. */
const WORDS = 60;
const CONTAINS = 30;

const wordsOf = (folded: string): readonly string[] => folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');

/** Every wanted word begins a word of its own. */
function beginsWords(wanted: readonly string[], words: readonly string[]): boolean {
  const left = [...words];
  return [...wanted]
    .sort((a, b) => b.length - a.length)
    .every((word) => {
      const at = left.findIndex((candidate) => candidate.startsWith(word));
      if (at === -1) return false;
      left.splice(at, 1);
      return true;
    });
}

/** 0: no answer; more is better. */
export function rankText(text: string, query: string): number {
  const [folded, wanted] = [foldText(text), foldText(query)];
  if (wanted === '' || folded === '') return 0;
  if (folded === wanted) return EXACT;
  if (folded.startsWith(wanted)) return STARTS;
  const wantedWords = wordsOf(wanted);
  if (wantedWords.length > 0 && beginsWords(wantedWords, wordsOf(folded))) return WORDS;
  return folded.includes(wanted) ? CONTAINS : 0;
}

/** The best of several texts of one thing. */
export function rankTexts(texts: readonly (string | null | undefined)[], query: string): number {
  return Math.max(0, ...texts.map((text) => (text === null || text === undefined ? 0 : rankText(text, query))));
}

/** What answers, best first; what answers alike stays in its order. */
export function ranked<T>(
  items: readonly T[],
  query: string,
  textsOf: (item: T) => readonly (string | null | undefined)[],
): readonly T[] {
  return items
    .map((item) => ({ item, rank: rankTexts(textsOf(item), query) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ item }) => item);
}
