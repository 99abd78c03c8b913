/**
 * Bytes that a serial port set otherwise than the PBX would give: recognised by what wrong settings do to every byte.
 *
 * - A PBX of 7 data bits and parity, read as 8 bits without: bit 7 is the parity of the others (or always 1).
 * - A port that is n times too fast sees every bit n times: a byte begins with the start bit's zeros, then come runs of n.
 * - A port that checks a parity the PBX does not send loses every character whose bits do not happen to fit.
 * - A port that is too slow sees several bits as one. What is left says no more than that it is no text.
 */

export type Parity = 'none' | 'even' | 'odd' | 'mark' | 'space';

export interface SerialSettings {
  readonly baudRate: number;
  readonly dataBits: 7 | 8;
  readonly parity: Parity;
  readonly stopBits: 1 | 2;
}

export type SerialFault =
  /** Bit 7 carries the parity. */
  | { readonly kind: 'parity-in-data'; readonly parity: 'even' | 'odd' | 'mark' }
  /** The port is `factor` times as fast as the PBX. */
  | { readonly kind: 'too-fast'; readonly factor: number }
  /** Only characters of one parity come through. */
  | { readonly kind: 'parity-lost'; readonly parity: 'even' | 'odd' }
  /** No text at all, of no known kind: mostly a port that is too slow. */
  | { readonly kind: 'no-text' };

const MIN_BYTES = 48;
const NEARLY_ALL = 0.97;
const MIN_DIGITS = 0.08;
const MIN_BLANKS_OF_TEXT = 0.1;
const MIN_SEPARATORS_OF_TEXT = 0.03;
const MAX_CONTROLS = 0.02;
/** A line that is held at one level gives the same byte for ever, and says nothing of the speed. */
const MIN_DISTINCT = 2;
/** So many different characters a text of records has; a stretch of equal bytes has not. */
const MIN_DISTINCT_OF_TEXT = 12;
const FACTORS = [8, 6, 4, 3, 2] as const;

const isText = (code: number): boolean => (code >= 0x20 && code < 0x7f) || code === 13 || code === 10 || code === 9;

/** The usual framing around text; a driver gives NUL for a character whose parity or stop bit was wrong. */
const isPadding = (code: number): boolean => code === 0 || code === 0x0c || code === 0x11 || code === 0x13;

function ones(code: number): number {
  let count = 0;
  for (let rest = code; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}

/** Bits 0 to 7 as a port sees them that is `factor` times too fast: run for run, the start bit's zeros first. */
function isStretched(code: number, factor: number): boolean {
  for (let bit = 0; bit < 8; bit += 1) {
    const value = (code >> bit) & 1;
    // The start bit is the first sample; data bit `bit` is sample `bit + 1`.
    const first = Math.floor((bit + 1) / factor) * factor - 1;
    const expected = first < 0 ? 0 : (code >> first) & 1;
    if (value !== expected) return false;
  }
  return true;
}

const shareOf = (codes: readonly number[], test: (code: number) => boolean): number =>
  codes.length === 0 ? 0 : codes.filter(test).length / codes.length;

/** What is wrong with the port's settings; undefined when the bytes are text, or too few to tell. */
export function findSerialFault(text: string): SerialFault | undefined {
  const all = Array.from(text, (character) => character.charCodeAt(0));
  if (all.length < MIN_BYTES) return undefined;
  if (new Set(all).size >= MIN_DISTINCT) {
    const factor = FACTORS.find((one) => shareOf(all, (code) => isStretched(code, one)) >= NEARLY_ALL);
    if (factor !== undefined) return { kind: 'too-fast', factor };
  }
  const codes = all.filter((code) => !isPadding(code));
  if (codes.length < MIN_BYTES) return undefined;
  const distinct = new Set(codes).size;
  const textShare = shareOf(codes, isText);
  if (textShare >= NEARLY_ALL) {
    const lost = lostParityOf(text, codes, distinct);
    if (lost !== undefined || isLikeWords(text, codes)) return lost;
  }
  if (distinct >= MIN_DISTINCT_OF_TEXT && shareOf(codes, (code) => isText(code & 0x7f)) >= NEARLY_ALL) {
    const marked = shareOf(codes, (code) => code >= 0x80);
    if (marked >= NEARLY_ALL) return { kind: 'parity-in-data', parity: 'mark' };
    const even = shareOf(codes, (code) => ones(code) % 2 === 0);
    if (even >= NEARLY_ALL) return { kind: 'parity-in-data', parity: 'even' };
    if (even <= 1 - NEARLY_ALL) return { kind: 'parity-in-data', parity: 'odd' };
  }
  return isLikeRecords(codes) ? undefined : { kind: 'no-text' };
}

/** Headings and messages have few digits; their words stand between blanks or separators. */
function isLikeWords(text: string, codes: readonly number[]): boolean {
  const separators = text.match(/[,;|\t]/g)?.length ?? 0;
  return (
    shareOf(codes, (code) => code === 0x20) >= MIN_BLANKS_OF_TEXT || separators >= codes.length * MIN_SEPARATORS_OF_TEXT
  );
}

/** Records, in whatever character set, are full of digits and have hardly any control characters. */
function isLikeRecords(codes: readonly number[]): boolean {
  const digits = shareOf(codes, (code) => code >= 0x30 && code <= 0x39);
  const controls = shareOf(codes, (code) => (code < 0x20 || code === 0x7f) && !isText(code));
  return digits >= MIN_DIGITS && controls <= MAX_CONTROLS;
}

/** Records have about as many characters of either parity; where one kind is missing the port refused it. */
function lostParityOf(text: string, codes: readonly number[], distinct: number): SerialFault | undefined {
  if (distinct < MIN_DISTINCT_OF_TEXT / 2 || !/\d/.test(text)) return undefined;
  const even = shareOf(codes, (code) => ones(code) % 2 === 0);
  if (even >= NEARLY_ALL) return { kind: 'parity-lost', parity: 'even' };
  if (even <= 1 - NEARLY_ALL) return { kind: 'parity-lost', parity: 'odd' };
  return undefined;
}

/** The fault in the words of `detect.<kind>`. */
export function faultReason(fault: SerialFault): { kind: string; values: Record<string, number> } {
  switch (fault.kind) {
    case 'parity-in-data':
      return { kind: `line-parity-${fault.parity}`, values: {} };
    case 'too-fast':
      return { kind: 'line-too-fast', values: { factor: fault.factor } };
    case 'parity-lost':
      return { kind: 'line-parity-lost', values: {} };
    case 'no-text':
      return { kind: 'line-no-text', values: {} };
  }
}

const SPEEDS = [300, 600, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200] as const;

/** The settings to try next, best first; never the present ones. */
export function settingsToTry(fault: SerialFault, port: SerialSettings): readonly SerialSettings[] {
  const { baudRate: presentBaudRate, dataBits, parity, stopBits } = port;
  const present: SerialSettings = { baudRate: presentBaudRate, dataBits, parity, stopBits };
  const seven = { ...present, dataBits: 7, stopBits: 1 } as const;
  const eight = { ...present, dataBits: 8, parity: 'none', stopBits: 1 } as const;
  switch (fault.kind) {
    case 'parity-in-data':
      return fault.parity === 'mark'
        ? [
            { ...seven, parity: 'none', stopBits: 2 },
            { ...seven, parity: 'mark' },
          ]
        : [{ ...seven, parity: fault.parity }];
    case 'too-fast': {
      const baudRate = present.baudRate / fault.factor;
      return SPEEDS.some((speed) => speed === baudRate) ? [{ ...present, baudRate }] : slower(present);
    }
    case 'parity-lost':
      return [eight, { ...seven, parity: fault.parity === 'even' ? 'odd' : 'even' }];
    case 'no-text':
      return [...faster(present), ...slower(present)];
  }
}

const faster = (present: SerialSettings): SerialSettings[] =>
  SPEEDS.filter((speed) => speed > present.baudRate).map((baudRate) => ({ ...present, baudRate }));

const slower = (present: SerialSettings): SerialSettings[] =>
  SPEEDS.filter((speed) => speed < present.baudRate)
    .toReversed()
    .map((baudRate) => ({ ...present, baudRate }));

/** The bytes as they would be with the parity bit taken off; other faults cannot be undone. */
export function withoutFault(text: string, fault: SerialFault): string | undefined {
  if (fault.kind !== 'parity-in-data') return undefined;
  return Array.from(text, (character) => String.fromCharCode(character.charCodeAt(0) & 0x7f)).join('');
}
