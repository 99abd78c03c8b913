/**
 * Reads bytes kept as one character each (latin1) in another character set. `TextDecoder` is part of the language's
 * platform everywhere this runs, but not of the ES library types, so its shape is declared here.
 */

interface Decoder {
  decode(bytes: Uint8Array): string;
}
const platform = globalThis as unknown as {
  readonly TextDecoder: new (label: string, options?: { readonly fatal?: boolean }) => Decoder;
};

const NAMES: Readonly<Record<string, string>> = { cp866: 'ibm866', latin1: '', gb2312: 'gbk', cp1251: 'windows-1251' };
const decoders = new Map<string, Decoder | undefined>();

function decoderOf(encoding: string): Decoder | undefined {
  const known = decoders.get(encoding);
  if (known !== undefined || decoders.has(encoding)) return known;
  let made: Decoder | undefined;
  try {
    const label = NAMES[encoding] ?? encoding;
    made = label === '' ? undefined : new platform.TextDecoder(label);
  } catch {
    // An encoding nobody knows reads as latin1: a wrong setting must not stop capture.
    made = undefined;
  }
  decoders.set(encoding, made);
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

const strictUtf8 = new platform.TextDecoder('utf-8', { fatal: true });

/** The text if these bytes are valid UTF-8, else undefined. */
export function decodeUtf8(latin1: string): string | undefined {
  if (!HIGH.test(latin1)) return latin1;
  try {
    return strictUtf8.decode(bytesOf(latin1));
  } catch {
    return undefined;
  }
}

/** Text of latin1 bytes in `encoding` (`utf-8`, `cp866`, `windows-1251`, `windows-1258`, `gbk`, `latin1` ...). */
export function decodeText(latin1: string, encoding: string | undefined): string {
  if (encoding === undefined || !HIGH.test(latin1)) return latin1;
  const decoder = decoderOf(encoding.toLowerCase());
  return decoder === undefined ? latin1 : decoder.decode(bytesOf(latin1));
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

/** Cyrillic letters that look like Latin ones become these, so that words of mixed alphabets compare equal. */
export function foldLookAlikes(text: string): string {
  let folded = '';
  for (const letter of text) folded += LOOK_ALIKES[letter] ?? letter;
  return folded;
}
