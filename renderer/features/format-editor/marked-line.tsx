/** One line with its fields coloured, what no field took in red, and what is being marked. */
import { memo } from 'react';
import type { Shape, Stretch } from './draft.ts';
import { toneOf } from './meaning-colour.ts';
import type { Row } from './rows.ts';

interface MarkedLineProps {
  readonly row: Row;
  readonly shape: Shape | undefined;
  readonly marked: Stretch | undefined;
  readonly caret: number | undefined;
}

interface Piece {
  readonly from: number;
  readonly text: string;
  readonly tone: string | undefined;
  readonly isLeft: boolean;
  readonly isMarked: boolean;
  readonly isCaret: boolean;
}

/** A control character takes one place and shows as a sign. */
const shown = (text: string): string => text.replace(/\t/g, '→').replace(/[\u0000-\u001f\u007f]/g, '·');

function piecesOf({ row, shape, marked, caret }: MarkedLineProps): Piece[] {
  const { record, offset } = row;
  const length = Math.max(row.text.length, marked?.to ?? 0, (caret ?? -1) + 1);
  const looks = Array.from({ length }, () => ({ tone: undefined as string | undefined, isLeft: false }));
  for (const { from, to, field } of record.fields) {
    const means = shape?.fields[field]?.means;
    for (let at = from; at < to; at++) {
      const look = looks[at - offset];
      if (look !== undefined && means !== undefined) look.tone = toneOf(means);
    }
  }
  for (const { from, to } of record.leftover) {
    for (let at = from; at < to; at++) {
      const look = looks[at - offset];
      if (look !== undefined) look.isLeft = true;
    }
  }
  const text = row.text.padEnd(length);
  const pieces: Piece[] = [];
  const isMarkedAt = (at: number): boolean => marked !== undefined && at >= marked.from && at < marked.to;
  for (let at = 0; at < length; at++) {
    const look = looks[at];
    const piece = {
      from: at,
      text: shown(text.charAt(at)),
      tone: look?.tone,
      isLeft: look?.isLeft ?? false,
      isMarked: isMarkedAt(at),
      isCaret: at === caret,
    };
    const last = pieces.at(-1);
    const isSame =
      last !== undefined &&
      last.tone === piece.tone &&
      last.isLeft === piece.isLeft &&
      last.isMarked === piece.isMarked &&
      !last.isCaret &&
      !piece.isCaret;
    if (isSame) pieces[pieces.length - 1] = { ...last, text: last.text + piece.text };
    else pieces.push(piece);
  }
  return pieces;
}

export const MarkedLine = memo(function MarkedLine(props: MarkedLineProps) {
  return (
    <span className="tb-mono tb-marked-line">
      {piecesOf(props).map(({ from, text, tone, isLeft, isMarked, isCaret }) => (
        <span
          key={from}
          data-tone={tone}
          data-left={isLeft || undefined}
          data-marked={isMarked || undefined}
          data-caret={isCaret || undefined}
        >
          {text}
        </span>
      ))}
    </span>
  );
});
