const QUOTE = 0x22;
const COMMA = 0x2c;
const LF = 0x0a;
const CR = 0x0d;

/**
 * One CSV record as Asterisk writes it: fields in `"`, a `"` inside doubled, numbers and missing times bare.
 * A quoted field may hold line ends. Returns undefined when the quotes do not pair up.
 */
export function splitCsvRecord(text: string): string[] | undefined {
  const fields: string[] = [];
  const { length } = text;
  let at = 0;
  for (;;) {
    if (text.charCodeAt(at) === QUOTE) {
      const from = at + 1;
      let close = text.indexOf('"', from);
      if (close === -1) return undefined;
      at = close + 1;
      if (text.charCodeAt(at) === QUOTE) {
        do {
          close = text.indexOf('"', at + 1);
          if (close === -1) return undefined;
          at = close + 1;
        } while (text.charCodeAt(at) === QUOTE);
        fields.push(text.slice(from, close).replaceAll('""', '"'));
      } else fields.push(close === from ? '' : text.slice(from, close));
    } else {
      const from = at;
      for (; at < length; at++) {
        const code = text.charCodeAt(at);
        if (code === COMMA) break;
        if (code === QUOTE || code === LF || code === CR) return undefined;
      }
      fields.push(at === from ? '' : text.slice(from, at));
    }
    if (at >= length) return fields;
    // An editor leaves blanks at the end.
    if (text.charCodeAt(at) !== COMMA) return text.slice(at).trim() === '' ? fields : undefined;
    at += 1;
  }
}

/** Fields that all stand in quotes, with quotes inside left as they are. */
export function splitUnescaped(text: string): string[] | undefined {
  const line = text.trimEnd();
  return line.length > 1 && line.startsWith('"') && line.endsWith('"') ? line.slice(1, -1).split('","') : undefined;
}

/** Most lines begin with a quote or a digit, which settles it. */
export function isBlank(text: string): boolean {
  const code = text.charCodeAt(0);
  return (code > 0x20 && code < 0x7f) === false && text.trim() === '';
}
