/**
 * Amounts as people write them: `1.234,56`, `1,234.56`, `1 234`, `718 đ`. Which mark is the decimal one is read from the
 * cells that can mean one thing only; `1.000` alone can be one thousand or one.
 */

export type DecimalMark = 'point' | 'comma';

const CURRENCY = /^(?:[A-Z]{3}|[₫đ$€£¥])\s*|\s*(?:[A-Z]{3}|VNĐ|đồng|[₫đ$€£¥])$/giu;
const EXPONENT = /^(\d+)(?:\.(\d+))?e([+-]?\d{1,2})$/i;

function bare(text: string): string {
  return text
    .replace(CURRENCY, '')
    .replace(/[\u00a0\u2009\u202f]/g, ' ')
    .trim();
}

/** What one cell says about the marks; undefined when it says nothing. */
export function markEvidence(text: string): DecimalMark | 'unclear' | undefined {
  const shown = bare(text);
  const points = shown.split('.').length - 1;
  const commas = shown.split(',').length - 1;
  if (points === 0 && commas === 0) return undefined;
  if (points > 0 && commas > 0) return shown.lastIndexOf('.') > shown.lastIndexOf(',') ? 'point' : 'comma';
  const [mine, other] = points > 0 ? (['point', 'comma'] as const) : (['comma', 'point'] as const);
  if (points + commas > 1) return other;
  const [whole = '', part = ''] = shown.split(/[.,]/);
  if (part.length !== 3) return mine;
  return /^[1-9]\d{0,2}$/.test(whole) ? 'unclear' : mine;
}

/** `1.5e-7` as a workbook may hold it, in full. */
function expanded(whole: string, part: string, exponent: number): string {
  const digits = `${whole}${part}`;
  const point = whole.length + exponent;
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return digits.padEnd(point, '0');
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}

function plain(text: string): string {
  const [whole = '', part] = text.split('.');
  const digits = whole.replace(/^0+(?=\d)/, '');
  return part === undefined ? digits : `${digits === '' ? '0' : digits}.${part}`;
}

/** The exact decimal, digits with a point; undefined when the cell is no amount. A sign is kept for the check to refuse. */
export function readAmount(text: string, mark: DecimalMark): string | undefined {
  const shown = bare(text);
  const exponent = EXPONENT.exec(shown);
  if (exponent !== null) return plain(expanded(exponent[1] ?? '', exponent[2] ?? '', Number(exponent[3])));
  const form =
    mark === 'point'
      ? /^(-?)(\d{1,3}(?:([ ',’])\d{3})(?:\3\d{3})*|\d+|(?=\.))(?:\.(\d+))?$/
      : /^(-?)(\d{1,3}(?:([ '.’])\d{3})(?:\3\d{3})*|\d+|(?=,))(?:,(\d+))?$/;
  const m = form.exec(shown);
  if (m === null) return undefined;
  const whole = (m[2] ?? '').replace(/\D/g, '');
  return `${m[1] ?? ''}${plain(m[4] === undefined ? whole : `${whole}.${m[4]}`)}`;
}

/** `price` for `seconds` as a price of a minute; undefined where a minute is no whole multiple. */
export function perMinute(price: string, seconds: number): string | undefined {
  if (seconds === 60) return price;
  return seconds > 0 && 60 % seconds === 0 ? timesWhole(price, BigInt(60 / seconds)) : undefined;
}

/** A decimal text times a whole number, exact, without needless zeros. */
export function timesWhole(price: string, factor: bigint): string {
  const [whole = '0', part = ''] = price.split('.');
  const product = (BigInt(`${whole}${part}`) * factor).toString().padStart(part.length + 1, '0');
  const cut = product.length - part.length;
  return withoutZeros(part === '' ? product : `${product.slice(0, cut)}.${product.slice(cut)}`);
}

export function withoutZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}

export function isZero(decimal: string): boolean {
  return /^-?0*(?:\.0*)?$/.test(decimal);
}

/** The same amount so that no reader can take its point for a mark of thousands: `1.234` is written `1.2340`. */
export function unmistakable(decimal: string): string {
  const shown = plain(withoutZeros(decimal));
  return markEvidence(shown) === 'unclear' ? `${shown}0` : shown;
}
