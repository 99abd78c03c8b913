/** Cells of digits alone, which nearly every number and code is, need no pattern. */
export function areDigits(value: string, from = 0): boolean {
  for (let i = from; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return true;
}
