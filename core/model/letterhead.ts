/** What stands at the head and the foot of every printed page, and who signs it. */

export const LOGO_TYPES = ['png', 'jpeg'] as const;
export type LogoType = (typeof LOGO_TYPES)[number];

/** Checked: whole, of this type and size. */
export interface Logo {
  readonly type: LogoType;
  readonly bytes: Uint8Array;
  readonly widthPixels: number;
  readonly heightPixels: number;
}

export interface LetterheadTexts {
  /** Below the company's name: address, telephone, tax number. */
  readonly lines: readonly string[];
  /** At the foot of every page, beside the page number. */
  readonly footer: string;
  /** Before the date that signers write: "Hà Nội, ngày …". */
  readonly place: string;
  /** Who signs, in each language; null: the usual words of that language. */
  readonly signatures: {
    readonly vi: readonly string[] | null;
    readonly en: readonly string[] | null;
  };
}

export interface Letterhead extends LetterheadTexts {
  /** null: nobody set one yet. */
  readonly id: number | null;
  readonly logo: Logo | null;
}

export const LETTERHEAD_LIMITS = {
  lines: 4,
  lineCharacters: 120,
  footerCharacters: 160,
  placeCharacters: 60,
  signatures: 4,
  signatureCharacters: 40,
  logoBytes: 512 * 1024,
  logoPixels: 2000,
} as const;
