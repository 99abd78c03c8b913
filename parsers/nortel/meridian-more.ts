/**
 * The lines behind the first one of a Meridian record.
 *
 *      &802220965XXXXXXX                                    003.0.00.00 003.0.00.03    caller, filled up with X; terminals
 *      &00:10                                000 00 0 02                               time to answer, R glued to it
 *      &       0000    0001                                                            old format: a number for each party
 *     4032919001xxxxxx                                                                 BCM, without a mark: the caller
 *     00000 000012                                                                     BCM: what the call cost
 */

export interface MoreLines {
  callerNumber?: string;
  ringSeconds?: number;
  /** Letter behind the time to answer. */
  ringMark?: string;
  charge?: string;
  /** BCM: digits on a line of their own, not filled up: dialled if the call went out, else the caller. */
  plainDigits?: string;
  /** What fits nothing that is known. */
  unknown?: string;
}

const BLANK = 32;
const AMPERSAND = 38;
const COLON = 58;
const RING = /^(\d\d):([0-5]\d)([A-Z])?(?= |$)/;
/** The caller stands right behind the mark; where blanks were collapsed the filling tells it from other numbers. */
const CALLER = /^([\d*#+Xx]*?)[Xx]*(?= |$)/;
const FILLED_CALLER = /^([\d*#+][\d*#+Xx]*?)[Xx]+(?= |$)/;
/** Numbers of the parties and terminals, whose meaning is not known. */
const NUMBERS = /^[\d. ]*$/;
const CHARGE = /^0{5} +(\d{1,6})$/;
const PLAIN = /^([\d*#+][\d*#+Xx]*?)([Xx]*)$/;

/** `text` is not empty and has no blanks at its end. */
function readMarked(text: string, found: MoreLines): void {
  const isGlued = text.charCodeAt(0) > BLANK;
  const words = isGlued ? text : text.trimStart();
  let end = 0;
  const ring = words.charCodeAt(2) === COLON ? RING.exec(words) : null;
  if (ring !== null) {
    end = ring[0].length;
    found.ringSeconds = Number(ring[1]) * 60 + Number(ring[2]);
    if (ring[3] !== undefined) found.ringMark = ring[3];
  } else {
    const caller = (isGlued ? CALLER : FILLED_CALLER).exec(words);
    if (caller !== null) {
      end = caller[0].length;
      if (caller[1] !== undefined && caller[1] !== '') found.callerNumber = caller[1];
    }
  }
  const rest = end === 0 ? words : words.slice(end);
  if (NUMBERS.test(rest)) return;
  found.unknown = found.unknown === undefined ? rest.trim() : `${found.unknown} ${rest.trim()}`;
}

const IN_FRONT = /^[\x00-\x20\x7f]+/;

/** Reads a line into `found`; false when it belongs to no record. */
export function readMoreLine(line: string, found: MoreLines): boolean {
  let mark = 0;
  while (mark < line.length && line.charCodeAt(mark) <= BLANK) mark++;
  if (line.charCodeAt(mark) === AMPERSAND) {
    let end = line.length;
    while (line.charCodeAt(end - 1) <= BLANK) end--;
    if (end > mark + 1) readMarked(line.slice(mark + 1, end), found);
    return true;
  }
  const text = line.replace(IN_FRONT, '').trimEnd();
  const charge = CHARGE.exec(text)?.[1];
  if (charge !== undefined) {
    found.charge = charge;
    return true;
  }
  const [, digits, filling] = PLAIN.exec(text) ?? [];
  if (digits === undefined) return /^[Xx]+$/.test(text);
  if (filling === '') found.plainDigits = digits;
  else found.callerNumber = digits;
  return true;
}
