/** The charge of a K record: whole units, whose worth a character in front tells. */

/** Decimal places of one unit: 1 cent, a tenth of it, ten cents, a dollar, ten dollars. */
const PLACES: Readonly<Record<string, number>> = { '1': 2, '2': 3, '3': 1, '4': 0, '5': -1 };
const METERING = '6';
const ERROR = 'F';

/** Decimal text; empty when no charge is printed; undefined when the cells are no charge. */
export function chargeOf(unit: string, printed: string): string | undefined {
  if (printed !== '' && !/^\d+$/.test(printed)) return undefined;
  if (unit === ' ' || unit === '0' || unit === METERING || unit === ERROR) return '';
  const places = PLACES[unit];
  if (places === undefined) return undefined;
  if (printed === '') return '';
  const digits = printed.replace(/^0+(?=\d)/, '');
  if (places <= 0) return digits === '0' ? digits : `${digits}${'0'.repeat(-places)}`;
  const padded = digits.padStart(places + 1, '0');
  return `${padded.slice(0, -places)}.${padded.slice(-places)}`;
}
