/** How workbooks look: fonts and colours of their parts, texts of printed pages, the logo. */
import type { Logo } from './letterhead.ts';

export interface TextLook {
  readonly fontName: string;
  readonly sizePt: number;
  readonly isBold: boolean;
  readonly isItalic: boolean;
  /** `RRGGBB`. */
  readonly color: string;
  /** `RRGGBB`; null: none. */
  readonly fill: string | null;
}

/** Texts may hold `{company}`, `{report}` and `{sheet}`. */
export interface WorkbookLook {
  readonly title: TextLook;
  readonly heading: TextLook;
  readonly total: TextLook;
  readonly body: TextLook;
  /** Fill of every other row, `RRGGBB`; null: none. */
  readonly bandFill: string | null;
  /** Top left and right of a printed page. */
  readonly headerLeft: string;
  readonly headerRight: string;
  /** Bottom left; the page number stands at the right. */
  readonly footerLeft: string;
  readonly logo: Logo | null;
}

const BODY: TextLook = {
  fontName: 'Calibri',
  sizePt: 11,
  isBold: false,
  isItalic: false,
  color: '1B2733',
  fill: null,
};

export const BUILT_IN_LOOK: WorkbookLook = {
  title: { ...BODY, sizePt: 16, isBold: true },
  heading: { ...BODY, isBold: true, fill: 'E3EAF2' },
  total: { ...BODY, isBold: true },
  body: BODY,
  bandFill: null,
  headerLeft: '{company}',
  headerRight: '{report}',
  footerLeft: '{sheet}',
  logo: null,
};
