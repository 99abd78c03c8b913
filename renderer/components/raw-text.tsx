/** Bytes as text: control characters are shown as their names instead of acting. */
import { Fragment } from 'react';

const NAMES: Readonly<Record<number, string>> = {
  0: 'NUL',
  1: 'SOH',
  2: 'STX',
  3: 'ETX',
  4: 'EOT',
  5: 'ENQ',
  6: 'ACK',
  7: 'BEL',
  8: 'BS',
  9: 'TAB',
  10: 'LF',
  11: 'VT',
  12: 'FF',
  13: 'CR',
  21: 'NAK',
  26: 'SUB',
  27: 'ESC',
  127: 'DEL',
};

function nameOf(character: string): string {
  const code = character.charCodeAt(0);
  return NAMES[code] ?? `x${code.toString(16).padStart(2, '0')}`;
}

interface RawTextProps {
  readonly text: string;
  /** Line ends at the end of the text are left out (lists of lines). */
  readonly isTrimmed?: boolean;
}

export function RawText({ text, isTrimmed = false }: RawTextProps) {
  const shown = isTrimmed ? text.replace(/[\r\n]+$/, '') : text;
  const parts = shown.split(/([\u0000-\u001f\u007f-\u009f]+)/);
  return (
    <span className="tb-mono">
      {parts.map((part, index) => {
        const isControl = index % 2 === 1;
        const key = `${index}${part.length}`;
        if (!isControl) return <Fragment key={key}>{part}</Fragment>;
        return (
          <Fragment key={key}>
            <span className="tb-raw-control">{[...part].map((c) => `‹${nameOf(c)}›`).join('')}</span>
            {part.includes('\n') && index < parts.length - 2 ? '\n' : ''}
          </Fragment>
        );
      })}
    </span>
  );
}
