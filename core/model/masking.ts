/** Personal codes are secrets: whoever knows one can call at its owner's expense. Shown are the last two characters. */

const DOT = '•';
/** Shorter codes show nothing: two of three digits would leave ten guesses. */
const SHOWS_TAIL_FROM = 4;

export type MaskCode = (code: string) => string;

export function maskCode(code: string): string {
  return `${DOT}${DOT}${code.length >= SHOWS_TAIL_FROM ? code.slice(-2) : ''}`;
}

export const showCode: MaskCode = (code) => code;

/** As long as the code, so that columns of a raw line stay where they are. */
function maskInPlace(code: string): string {
  const shown = code.length >= SHOWS_TAIL_FROM ? code.slice(-2) : '';
  return DOT.repeat(code.length - shown.length) + shown;
}

const escapeForPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&');

/**
 * Masks a code inside a raw line. Where it stands alone only those places are masked, so that a telephone number which
 * happens to contain the same digits stays readable; where it never stands alone, every place is.
 */
export function maskCodeIn(text: string, code: string): string {
  if (code === '' || !text.includes(code)) return text;
  const alone = new RegExp(`(?<![0-9A-Za-z])${escapeForPattern(code)}(?![0-9A-Za-z])`, 'g');
  const masked = text.replace(alone, maskInPlace(code));
  return masked === text ? text.replaceAll(code, maskInPlace(code)) : masked;
}

/** What hides codes in one answer: how a code is written, and which texts are somebody's code. */
export interface Secrets {
  readonly mask: MaskCode;
  isCode(text: string): boolean;
}

/** Masks every word that is somebody's code, where nothing says which of the words the code is. */
export function maskKnownCodes(text: string, secrets: Secrets): string {
  if (secrets.mask === showCode) return text;
  return text.replace(/[0-9A-Za-z]+/g, (word) =>
    word.length >= SHOWS_TAIL_FROM && secrets.isCode(word) ? maskInPlace(word) : word,
  );
}
