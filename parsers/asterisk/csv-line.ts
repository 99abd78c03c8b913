/**
 * One CSV record as Asterisk writes it: fields in `"`, a `"` inside doubled, numbers and missing times bare.
 * A quoted field may hold line ends. Returns undefined when the quotes do not pair up.
 */
export function splitCsvRecord(text: string): readonly string[] | undefined {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (text.charCodeAt(at) === 0x22) {
      const read = readQuoted(text, at);
      if (read === undefined) return undefined;
      fields.push(read.value);
      at = read.next;
    } else {
      const comma = text.indexOf(',', at);
      const value = text.slice(at, comma === -1 ? text.length : comma);
      if (value.includes('"') || value.includes('\n') || value.includes('\r')) return undefined;
      fields.push(value);
      at = comma === -1 ? text.length : comma;
    }
    if (at >= text.length) return fields;
    if (text.charCodeAt(at) !== 0x2c) return undefined;
    at += 1;
  }
}

function readQuoted(text: string, open: number): { readonly value: string; readonly next: number } | undefined {
  let from = open + 1;
  let value = '';
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return undefined;
    value += text.slice(from, quote);
    if (text.charCodeAt(quote + 1) !== 0x22) return { value, next: quote + 1 };
    value += '"';
    from = quote + 2;
  }
}
