/** The escapes people type for control characters in login texts. */

const ESCAPE = /\\(?:r|n|t|\\|x([0-9a-fA-F]{2}))/g;
const NAMED: Readonly<Record<string, string>> = { '\\r': '\r', '\\n': '\n', '\\t': '\t', '\\\\': '\\' };

/** `\r`, `\n`, `\t`, `\\` and `\xNN` become the character; one character per byte. Other backslashes stay. */
export function unescapeText(text: string): string {
  return text.replace(ESCAPE, (found, hex: string | undefined) =>
    hex === undefined ? (NAMED[found] ?? found) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
