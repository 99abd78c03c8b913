/**
 * The first line of a Meridian record, cut from the date outward: longer directory numbers move everything else.
 *
 *     N 066 00 T060022 6503    11/01 05:41 00:00:10                        old format, no seconds in the time
 *     N 058 00 1217    A001026 01/10 13:02:06 00:03:06.0 A199166233        new format
 *     | |   |  |       |       |     |        |          | digits, or the code of an A, C or M record
 *     | |   |  |       |       |     |        |          a letter before the digits, often A
 *     | |   |  |       terminator    |        duration
 *     | |   |  originator      date, no year
 *     | |   customer
 *     | number of the record, wraps at 128 or 1000
 *     record type
 */

/** A telephone, a trunk (route and member), or something else with a name of its own: a conference, a tone. */
export interface Terminal {
  readonly kind: 'inside' | 'trunk' | 'other';
  /** `DN` is not part of an inside number. */
  readonly name: string;
}

export interface FirstLine {
  readonly type: string;
  readonly customer: string;
  readonly from: Terminal | undefined;
  readonly to: Terminal | undefined;
  /** `mm/dd` and `hh:mm` or `hh:mm:ss`. */
  readonly date: string;
  readonly time: string;
  /** `hh:mm:ss`, the tenths cut off; empty where none is printed. */
  readonly duration: string;
  /** Letter before the digits. */
  readonly mark: string;
  readonly digits: string;
  /** What stands behind the digits. */
  readonly more: string;
}

const BLANK = 32;
const COLON = 58;

const isDigitAt = (line: string, at: number): boolean => {
  const code = line.charCodeAt(at);
  return code >= 48 && code <= 57;
};
const areDigitsAt = (line: string, at: number): boolean => isDigitAt(line, at) && isDigitAt(line, at + 1);

/** A letter, the record's number and the customer. */
export function isFirstLine(line: string): boolean {
  const type = line.charCodeAt(0);
  return (
    type >= 65 &&
    type <= 90 &&
    line.charCodeAt(1) === BLANK &&
    areDigitsAt(line, 2) &&
    isDigitAt(line, 4) &&
    line.charCodeAt(5) === BLANK &&
    areDigitsAt(line, 6) &&
    (line.length === 8 || line.charCodeAt(8) === BLANK)
  );
}

const TRUNK = /^[TA]\d{3,9}$/;
const USUAL_TRUNK_LENGTH = 7;
const INSIDE = /^(?:DN|dn)?([\dX*#]+)$/;
const ATTENDANT = /^ATT\d*$/;
const OTHER = /^[A-Z]{2,4}[\dX]*$/;

/** Nearly all are plain digits, or a trunk's letter and digits. */
function plainTerminal(word: string): Terminal | undefined {
  for (let i = 1; i < word.length; i++) if (!isDigitAt(word, i)) return undefined;
  const first = word.charAt(0);
  if ((first === 'T' || first === 'A') && word.length === USUAL_TRUNK_LENGTH) return { kind: 'trunk', name: word };
  return isDigitAt(word, 0) ? { kind: 'inside', name: word } : undefined;
}

function terminalOf(word: string): Terminal | undefined {
  const plain = plainTerminal(word);
  if (plain !== undefined) return plain;
  const inside = INSIDE.exec(word)?.[1];
  if (inside !== undefined) return { kind: 'inside', name: inside };
  if (TRUNK.test(word)) return { kind: 'trunk', name: word };
  if (ATTENDANT.test(word)) return { kind: 'inside', name: word };
  return OTHER.test(word) ? { kind: 'other', name: word } : undefined;
}

const PARTIES_AT = 9;
/** Where the terminator stands when there is no originator; Toshiba's copy of this page has its originator between. */
const TERMINATOR_AT = 17;
const HALF_TRUNK = /^[TA]\d{3}$/;
const MEMBER = /^\d{3}$/;

interface Parties {
  readonly from: Terminal | undefined;
  readonly to: Terminal | undefined;
}

/** Originator and terminator. Some captures have a blank between a trunk's route and member, where the switch sent a NUL. */
function partiesOf(line: string, end: number): Parties | undefined {
  const words: string[] = [];
  let firstAt = end;
  for (let at = PARTIES_AT; at < end; ) {
    while (at < end && line.charCodeAt(at) <= BLANK) at++;
    if (at >= end) break;
    let wordEnd = at;
    while (wordEnd < end && line.charCodeAt(wordEnd) > BLANK) wordEnd++;
    const word = line.slice(at, wordEnd);
    const last = words.at(-1);
    if (last !== undefined && HALF_TRUNK.test(last) && MEMBER.test(word)) words[words.length - 1] = last + word;
    else words.push(word);
    if (words.length === 1) firstAt = Math.min(firstAt, at);
    at = wordEnd;
  }
  if (words.length > 2) return undefined;
  const terminals = words.map(terminalOf);
  if (terminals.includes(undefined)) return undefined;
  const [first, second] = terminals;
  if (words.length === 1 && firstAt === TERMINATOR_AT) return { from: undefined, to: first };
  if (words.length > 0 && firstAt !== PARTIES_AT) return undefined;
  return { from: first, to: second };
}

/** A page of which the marks of date and time got lost: `1203 11.25` for `12/03 11:25`. */
const WITHOUT_MARKS = / (\d\d)(\d\d) (\d\d)\.(\d\d)(?= |$)/;

interface When {
  readonly date: string;
  readonly time: string;
  readonly from: number;
  readonly to: number;
}

function whenOf(line: string): When | undefined {
  for (let slash = line.indexOf('/', PARTIES_AT + 2); slash >= 0; slash = line.indexOf('/', slash + 1)) {
    const from = slash - 2;
    const timeAt = slash + 4;
    const isDate = line.charCodeAt(from - 1) === BLANK && areDigitsAt(line, from) && areDigitsAt(line, slash + 1);
    const isTime =
      line.charCodeAt(timeAt - 1) === BLANK &&
      areDigitsAt(line, timeAt) &&
      line.charCodeAt(timeAt + 2) === COLON &&
      areDigitsAt(line, timeAt + 3);
    if (!isDate || !isTime) continue;
    const hasSeconds = line.charCodeAt(timeAt + 5) === COLON && areDigitsAt(line, timeAt + 6);
    const to = timeAt + (hasSeconds ? 8 : 5);
    if (to < line.length && line.charCodeAt(to) !== BLANK) return undefined;
    return { date: line.slice(from, slash + 3), time: line.slice(timeAt, to), from, to };
  }
  const m = WITHOUT_MARKS.exec(line);
  if (m === null) return undefined;
  const [whole, month, day, hour, minute] = m;
  return { date: `${month}/${day}`, time: `${hour}:${minute}`, from: m.index + 1, to: m.index + whole.length };
}

const DURATION = /^\d\d:\d\d:\d\d(?:\.\d)?$/;
const DIGITS = /^[\d*#+Xx][\d*#+XxA-D]*(?: [\d*#+Xx][\d*#+XxA-D]*)*$/;
const MORE = /^[\dA-Z*#.: -]{1,40}$/;

/** The line's parts, or a stable word when it has not this shape. */
export function readFirstLine(line: string): FirstLine | string {
  const when = whenOf(line);
  if (when === undefined) return 'bad-date';
  const parties = partiesOf(line, when.from);
  if (parties === undefined) return 'bad-party';
  let rest = line.slice(when.to).trim();
  let duration = '';
  const gap = rest.indexOf(' ');
  const word = gap < 0 ? rest : rest.slice(0, gap);
  if (word.includes(':')) {
    if (!DURATION.test(word)) return 'bad-duration';
    duration = word.slice(0, 8);
    rest = rest.slice(word.length).trimStart();
  }
  let mark = '';
  const code = rest.charCodeAt(0);
  // X stands for a hidden digit.
  if (code >= 65 && code <= 90 && code !== 88) {
    mark = rest.charAt(0);
    rest = rest.slice(1).trimStart();
  }
  // A single blank stands inside the digits; what stands further off is something else.
  const space = rest.indexOf('  ');
  const digits = space < 0 ? rest : rest.slice(0, space);
  const more = space < 0 ? '' : rest.slice(space).trimStart();
  if (digits !== '' && !DIGITS.test(digits)) return 'bad-number';
  if (more !== '' && !MORE.test(more)) return 'outside-fields';
  return {
    type: line.charAt(0),
    customer: line.slice(6, 8),
    from: parties.from,
    to: parties.to,
    date: when.date,
    time: when.time,
    duration,
    mark,
    digits,
    more,
  };
}
