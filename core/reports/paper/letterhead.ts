/** The letterhead in the words of one language, as a page needs it. */
import { createTranslate, type Language } from '../../i18n/translate.ts';
import type { Letterhead, Logo } from '../../model/letterhead.ts';
import type { Database } from '../../store/database.ts';
import { readLetterhead } from '../../store/letterhead.ts';

export interface PaperLetterhead {
  readonly language: Language;
  readonly lines: readonly string[];
  readonly footer: string;
  readonly logo: Logo | null;
  /** "Hà Nội, ngày … tháng … năm …", to be filled in by hand. */
  readonly dateLine: string;
  /** Below each signer: how to sign. */
  readonly signHint: string;
  readonly words: {
    /** Above what is known to be missing. */
    readonly gaps: string;
    /** In place of the rows of an empty table. */
    readonly noRows: string;
    /** "columns 1 of 3" */
    readonly columns: (part: number, parts: number) => string;
  };
}

/** Who signs: what the office set, or the usual words of the language. */
export function signaturesOf(letterhead: Pick<Letterhead, 'signatures'>, language: Language): readonly string[] {
  const t = createTranslate(language);
  const usual = [t('paper.sign.preparedBy'), t('paper.sign.checkedBy'), t('paper.sign.approvedBy')];
  return letterhead.signatures[language] ?? usual;
}

export function paperLetterhead(letterhead: Letterhead, language: Language): PaperLetterhead {
  const t = createTranslate(language);
  const { lines, footer, logo, place } = letterhead;
  return {
    language,
    lines,
    footer,
    logo,
    dateLine: place === '' ? t('paper.sign.date') : t('paper.sign.placeAndDate', { place }),
    signHint: t('paper.sign.hint'),
    words: {
      gaps: t('paper.gaps'),
      noRows: t('paper.noRows'),
      columns: (part, parts) => t('paper.columns', { part, parts }),
    },
  };
}

/** The one that holds just now, for a report that is made now. */
export function presentLetterhead(db: Database, language: Language): PaperLetterhead {
  return paperLetterhead(readLetterhead(db), language);
}
