/** Rows that a list of which the first row that fits counts never reaches, while here the longest prefix counts. */
import type { ReadRate } from './deck-layout.ts';

export function shadowedRows(
  rates: readonly ReadRate[],
): readonly { readonly rowNumber: number; readonly byRow: number }[] {
  const seen = new Map<string, number>();
  const shadowed: { rowNumber: number; byRow: number }[] = [];
  for (const { rowNumber, rate } of rates) {
    const { prefix, minimumDigits, maximumDigits, period } = rate;
    const key = (head: string): string => `${head}|${minimumDigits}|${maximumDigits}|${period}`;
    for (let length = 0; length < prefix.length; length += 1) {
      const byRow = seen.get(key(prefix.slice(0, length)));
      if (byRow === undefined || byRow === rowNumber) continue;
      shadowed.push({ rowNumber, byRow });
      break;
    }
    if (!seen.has(key(prefix))) seen.set(key(prefix), rowNumber);
  }
  return shadowed;
}
