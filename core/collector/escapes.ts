/** The escapes people type for control characters in login texts. */

const ESCAPE = /\\(?:r|n|t|\\|x([0-9a-fA-F]{2}))/g;
const NAMED: Readonly<Record<string, string>> = { '\\r': '\r', '\\n': '\n', '\\t': '\t', '\\\\': '\\' };

/** A line end at the end, real or escaped, or a byte given by its number: the text says itself how it ends. */
const HAS_OWN_END = /[\r\n]$|(?<!\\)(?:\\\\)*\\(?:r|n|x[0-9a-fA-F]{2})$/;

/** Unescaped, and with CR LF behind it where it says no end itself: a PBX waits for ever for the end of a line. */
export function unescapeLine(text: string): string {
  const isWhole = text === '' || HAS_OWN_END.test(text);
  return unescapeText(text) + (isWhole ? '' : '\r\n');
}

/** `\r`, `\n`, `\t`, `\\` and `\xNN` become the character; one character per byte. Other backslashes stay. */
export function unescapeText(text: string): string {
  return text.replace(ESCAPE, (found, hex: string | undefined) =>
    hex === undefined ? (NAMED[found] ?? found) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
