/** A printed page as a value: marks at places, in points from its upper left corner. Painters know marks and no reports. */

export const INK_NAMES = ['text', 'quiet', 'hairline', 'line', 'good', 'bad', 'warning', 'warning-ground'] as const;
export type Ink = (typeof INK_NAMES)[number];

export const INKS: Readonly<Record<Ink, string>> = {
  text: '#16191f',
  quiet: '#5c6470',
  hairline: '#dfe2e7',
  line: '#8d95a3',
  good: '#15703a',
  bad: '#b3261e',
  warning: '#b45309',
  'warning-ground': '#fdf6e7',
};

export interface TextMark {
  readonly kind: 'text';
  /** Left edge, right edge or middle, by `align`. */
  readonly x: number;
  /** Of the base line. */
  readonly y: number;
  readonly text: string;
  readonly size: number;
  readonly isBold: boolean;
  readonly ink: Ink;
  readonly align: 'left' | 'right' | 'center';
}

/** "Page 3 / 12", its middle at `x`; how many there are is known when the last one is laid out. */
export interface PageNumberMark {
  readonly kind: 'page-number';
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly word: string;
  readonly number: number;
}

export interface BoxMark {
  readonly kind: 'box';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly ink: Ink;
}

export interface LogoMark {
  readonly kind: 'logo';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Mark = TextMark | PageNumberMark | BoxMark | LogoMark;

export interface Page {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
}

export type Orientation = 'portrait' | 'landscape';

/** A4. */
const SHORT_SIDE = 595.28;
const LONG_SIDE = 841.89;

export function pageSize(orientation: Orientation): { readonly width: number; readonly height: number } {
  return orientation === 'portrait'
    ? { width: SHORT_SIDE, height: LONG_SIDE }
    : { width: LONG_SIDE, height: SHORT_SIDE };
}

export const MARGIN = { left: 42, right: 42, top: 38, bottom: 52 } as const;
