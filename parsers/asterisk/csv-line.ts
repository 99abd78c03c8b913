/**
 * One CSV record as Asterisk writes it: fields in `"`, a `"` inside doubled, numbers and missing times bare.
 * A quoted field may hold line ends. Returns undefined when the quotes do not pair up.
 */
export function splitCsvRecord(text: string): readonly string[] | undefined {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (text.charCodeAt(at) === QUOTE) {
      const close = closingQuote(text, at);
      if (close === -1) return undefined;
      const inside = text.slice(at + 1, close);
      fields.push(inside.includes('"') ? inside.replaceAll('""', '"') : inside);
      at = close + 1;
    } else {
      const comma = text.indexOf(',', at);
      const value = text.slice(at, comma === -1 ? text.length : comma);
      if (/["\r\n]/.test(value)) return undefined;
      fields.push(value);
      at = comma === -1 ? text.length : comma;
    }
    if (at >= text.length) return fields;
    if (text.charCodeAt(at) !== COMMA) return undefined;
    at += 1;
  }
}

const QUOTE = 0x22;
const COMMA = 0x2c;

function closingQuote(text: string, open: number): number {
  let at = text.indexOf('"', open + 1);
  while (at !== -1 && text.charCodeAt(at + 1) === QUOTE) at = text.indexOf('"', at + 2);
  return at;
}
