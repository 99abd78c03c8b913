/**
 * What is hidden from readers. Personal codes are secrets: whoever knows one can call at its owner's expense; shown are
 * the last two characters. Outside numbers are somebody's private business; shown is all but the last digits.
 */

export const DOT = '•';
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

/** Fewer digits are an extension, an emergency or a service number: nobody's private one. */
export const SHORTEST_PRIVATE_NUMBER = 6;
/** So many digits in one piece are a number of their own, whatever stands around them. */
const WHOLE_NUMBER = /\d{7,}/;
export const HIDDEN_DIGITS = 4;
/** Digits of one number, as people and PBXs write them. */
const WRITTEN_NUMBER = /\d(?:[ .()/-]*\d)*/g;

export const digitsIn = (text: string): number => text.replace(/\D/g, '').length;

const IS_MASKED = /^[^•]*•(?:\D*•){3}\D*$/;

function endOfNumber(text: string): number {
  const whole = WHOLE_NUMBER.exec(text);
  if (whole !== null) return whole.index + whole[0].length;
  const written = [...text.matchAll(WRITTEN_NUMBER)].find(([run]) => digitsIn(run) >= SHORTEST_PRIVATE_NUMBER);
  return written === undefined ? text.length : written.index + written[0].length;
}

/** Where the hidden part of a number begins: nothing behind it is shown, be it a port, an inner number or a PIN. */
function firstHiddenDigit(text: string): number {
  let hidden = 0;
  let at = endOfNumber(text);
  while (hidden < HIDDEN_DIGITS && at > 0) {
    at -= 1;
    if (/\d/.test(text.charAt(at))) hidden += 1;
  }
  return at;
}

/**
 * An outside number without its last digits, as long as before. Short numbers such as 113 and extensions stay, and so
 * does a text that was masked before.
 */
export function maskNumber(text: string): string {
  if (digitsIn(text) < SHORTEST_PRIVATE_NUMBER || IS_MASKED.test(text)) return text;
  const at = firstHiddenDigit(text);
  return text.slice(0, at) + text.slice(at).replace(/\d/g, DOT);
}

/** Days, times and addresses of computers, which are digits in a row as well. */
const NO_NUMBER = /^(\d{4}-\d\d(-\d\d)?|\d\d\/\d\d\/\d{4}|\d\d\/\d{4}|\d{1,3}(\.\d{1,3}){3})$/;
const SHOWN_IN_PROSE = 6;

/** Numbers inside a sentence. Where one ends and the next begins is not sure there, so less of them is shown. */
export function maskNumbersIn(text: string): string {
  return text.replace(WRITTEN_NUMBER, (run) => {
    const digits = digitsIn(run);
    if (digits < SHORTEST_PRIVATE_NUMBER || NO_NUMBER.test(run)) return run;
    let shown = Math.min(SHOWN_IN_PROSE, digits - HIDDEN_DIGITS);
    return run.replace(/\d/g, (digit) => {
      shown -= 1;
      return shown >= 0 ? digit : DOT;
    });
  });
}

export type MaskNumber = (text: string) => string;

/** How numbers are written for a reader. */
export const numberMaskOf = (reader: { readonly seesNumbers: boolean }): MaskNumber =>
  reader.seesNumbers ? (text) => text : maskNumber;
