/** A letterhead as it stands in text fields: one entry a line. */
import type { Letterhead, LetterheadTexts } from '../../../core/api/contract.ts';

export interface LetterheadDraft {
  readonly lines: string;
  readonly footer: string;
  readonly place: string;
  readonly signaturesVi: string;
  readonly signaturesEn: string;
}

const NOBODY = '-';

export function draftOf({ lines, footer, place, signatures }: Letterhead): LetterheadDraft {
  const signers = (list: readonly string[] | null): string =>
    list === null ? '' : list.length === 0 ? NOBODY : list.join('\n');
  return {
    lines: lines.join('\n'),
    footer,
    place,
    signaturesVi: signers(signatures.vi),
    signaturesEn: signers(signatures.en),
  };
}

export function textsOf(draft: LetterheadDraft): LetterheadTexts {
  const list = (text: string): string[] =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  const signers = (text: string): string[] | null => {
    const names = list(text);
    if (names.length === 0) return null;
    return names.length === 1 && /^[-–—]$/.test(names[0] ?? '') ? [] : names;
  };
  return {
    lines: list(draft.lines),
    footer: draft.footer,
    place: draft.place,
    signatures: { vi: signers(draft.signaturesVi), en: signers(draft.signaturesEn) },
  };
}
