/** A text as the lines that fit into a width. No letter is lost: what has no place to break is broken anywhere. */
import type { PaperFonts } from './fonts.ts';

export interface Face {
  readonly size: number;
  readonly isBold: boolean;
}

/** `text` is printable. At least one line. */
export function wrap(text: string, width: number, { size, isBold }: Face, fonts: PaperFonts): readonly string[] {
  if (!text.includes('\n') && fonts.width(text, size, isBold) <= width) return [text];
  const measure = (part: string): number => fonts.width(part, size, isBold);
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, width, measure));
}

function wrapParagraph(text: string, width: number, measure: (part: string) => number): string[] {
  const lines: string[] = [];
  const space = measure(' ');
  let line = '';
  let lineWidth = 0;
  for (const word of text.split(' ')) {
    const wordWidth = measure(word);
    if (line !== '' && lineWidth + space + wordWidth <= width) {
      line += ` ${word}`;
      lineWidth += space + wordWidth;
      continue;
    }
    if (line !== '') lines.push(line);
    if (wordWidth <= width) {
      line = word;
      lineWidth = wordWidth;
    } else {
      const pieces = broken(word, width, measure);
      lines.push(...pieces.slice(0, -1));
      line = pieces.at(-1) ?? '';
      lineWidth = measure(line);
    }
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

/** At least one letter a line, however narrow it is. */
function broken(word: string, width: number, measure: (part: string) => number): string[] {
  const pieces: string[] = [];
  let piece = '';
  let pieceWidth = 0;
  for (const letter of word) {
    const letterWidth = measure(letter);
    if (piece !== '' && pieceWidth + letterWidth > width) {
      pieces.push(piece);
      piece = '';
      pieceWidth = 0;
    }
    piece += letter;
    pieceWidth += letterWidth;
  }
  return [...pieces, piece];
}

/** Width of the longest word, which is what a column needs so that no word of it is broken. */
export function longestWord(text: string, { size, isBold }: Face, fonts: PaperFonts): number {
  return text.split(/[ \n]/).reduce((most, word) => Math.max(most, fonts.width(word, size, isBold)), 0);
}
