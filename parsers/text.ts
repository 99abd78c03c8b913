/**
 * Reads bytes kept as one character each (latin1) in another character set. `TextDecoder` is part of the language's
 * platform everywhere this runs, but not of the ES library types, so its shape is declared here.
 */

interface Decoder {
  decode(bytes: Uint8Array): string;
}
const platform = globalThis as unknown as {
  readonly TextDecoder: new (label: string) => Decoder;
};

const NAMES: Readonly<Record<string, string>> = { cp866: 'ibm866', latin1: '', gb2312: 'gbk', cp1251: 'windows-1251' };

/** Names of sets in which a character may take several bytes. */
export const MULTI_BYTE = /^(?:gb|big5|shift|euc|utf|iso-2022)/i;

type Decode = (latin1: string) => string;
const decodes = new Map<string, Decode | undefined>();

/** Of one-byte sets the upper half is asked for once: a decoder takes longer to begin than a line takes to read. */
function byTable(decoder: Decoder): Decode {
  const upper = Array.from({ length: 128 }, (_, i) => decoder.decode(new Uint8Array([128 + i])));
  return (latin1) => latin1.replace(/[\x80-\xff]/g, (character) => upper[character.charCodeAt(0) - 128] ?? character);
}

function decodeOf(encoding: string): Decode | undefined {
  const known = decodes.get(encoding);
  if (known !== undefined || decodes.has(encoding)) return known;
  let made: Decode | undefined;
  try {
    const label = NAMES[encoding] ?? encoding;
    if (label !== '') {
      const decoder = new platform.TextDecoder(label);
      made = MULTI_BYTE.test(label) ? (latin1) => decoder.decode(bytesOf(latin1)) : byTable(decoder);
    }
  } catch {
    // An encoding nobody knows reads as latin1: a wrong setting must not stop capture.
    made = undefined;
  }
  decodes.set(encoding, made);
  return made;
}

const HIGH = /[\x80-\xff]/;

export function hasHighBytes(text: string): boolean {
  return HIGH.test(text);
}

function bytesOf(latin1: string): Uint8Array {
  const bytes = new Uint8Array(latin1.length);
  for (let i = 0; i < latin1.length; i++) bytes[i] = latin1.charCodeAt(i);
  return bytes;
}

const CONTINUATION_BITS = 6;
const BYTE_ORDER_MARK = '\xef\xbb\xbf';

/** Bytes of the character that `lead` begins; 0 when no character begins so. */
function widthOf(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

/** Longer than needed, half of a pair, or beyond the last character. */
const isForbidden = (point: number, width: number): boolean =>
  (width === 3 && (point < 0x800 || (point >= 0xd800 && point <= 0xdfff))) ||
  (width === 4 && (point < 0x10000 || point > 0x10ffff));

/** The text if these bytes are valid UTF-8, else undefined. Names are short: a `TextDecoder` takes longer to begin. */
export function decodeUtf8(latin1: string): string | undefined {
  if (!HIGH.test(latin1)) return latin1;
  let text = '';
  let plainFrom = latin1.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  for (let at = plainFrom; at < latin1.length; ) {
    const lead = latin1.charCodeAt(at);
    if (lead < 0x80) {
      at++;
      continue;
    }
    const width = widthOf(lead);
    if (width === 0 || at + width > latin1.length) return undefined;
    let point = lead & (0x7f >> width);
    for (let i = at + 1; i < at + width; i++) {
      const next = latin1.charCodeAt(i);
      if (next >> CONTINUATION_BITS !== 2) return undefined;
      point = (point << CONTINUATION_BITS) | (next & 0x3f);
    }
    if (isForbidden(point, width)) return undefined;
    text += latin1.slice(plainFrom, at) + String.fromCodePoint(point);
    at += width;
    plainFrom = at;
  }
  return text + latin1.slice(plainFrom);
}

/** Text of latin1 bytes in `encoding` (`utf-8`, `cp866`, `windows-1251`, `windows-1258`, `gbk`, `latin1` ...). */
export function decodeText(latin1: string, encoding: string | undefined): string {
  if (encoding === undefined || !HIGH.test(latin1)) return latin1;
  const decode = decodeOf(encoding.toLowerCase());
  return decode === undefined ? latin1 : decode(latin1);
}

const LOOK_ALIKES: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  С: 'C',
  Е: 'E',
  Н: 'H',
  І: 'I',
  К: 'K',
  М: 'M',
  О: 'O',
  Р: 'P',
  Т: 'T',
  Х: 'X',
  У: 'Y',
  а: 'a',
  с: 'c',
  е: 'e',
  о: 'o',
  р: 'p',
  х: 'x',
  у: 'y',
};

const BEYOND_ASCII = /[^\x00-\x7f]/;

/** Cyrillic letters that look like Latin ones become these, so that words of mixed alphabets compare equal. */
export function foldLookAlikes(text: string): string {
  if (!BEYOND_ASCII.test(text)) return text;
  let folded = '';
  for (const letter of text) folded += LOOK_ALIKES[letter] ?? letter;
  return folded;
}
