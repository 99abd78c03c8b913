/** One slip of the finger on a keypad: two digits swapped, one wrong, one too many or one missing. */

const DIGITS: readonly string[] = [...'0123456789'];

/** Neighbours swapped. */
export function* swapped(code: string): Generator<string> {
  for (let i = 0; i + 1 < code.length; i += 1) {
    if (code.charAt(i) === code.charAt(i + 1)) continue;
    yield `${code.slice(0, i)}${code.charAt(i + 1)}${code.charAt(i)}${code.slice(i + 2)}`;
  }
}

/** One character replaced by another of the alphabet. */
export function* oneWrong(code: string, alphabet: readonly string[] = DIGITS): Generator<string> {
  for (let i = 0; i < code.length; i += 1) {
    for (const character of alphabet) {
      if (character !== code.charAt(i)) yield `${code.slice(0, i)}${character}${code.slice(i + 1)}`;
    }
  }
}

function* oneMore(code: string, alphabet: readonly string[]): Generator<string> {
  for (let i = 0; i <= code.length; i += 1) {
    for (const character of alphabet) yield `${code.slice(0, i)}${character}${code.slice(i)}`;
  }
}

function* oneLess(code: string): Generator<string> {
  for (let i = 0; i < code.length; i += 1) yield `${code.slice(0, i)}${code.slice(i + 1)}`;
}

/** Every text one slip away from `code`, each once, without `code` itself; likeliest first. */
export function slipsOf(code: string, alphabet: readonly string[]): ReadonlySet<string> {
  const near = new Set<string>();
  for (const slips of [swapped(code), oneWrong(code, alphabet), oneMore(code, alphabet), oneLess(code)]) {
    for (const slip of slips) near.add(slip);
  }
  near.delete(code);
  near.delete('');
  return near;
}

/** Is one text a slip of the other? */
export function isSlip(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let same = 0;
  while (same < a.length && a.charAt(same) === b.charAt(same)) same += 1;
  const [restA, restB] = [a.slice(same), b.slice(same)];
  if (a.length > b.length) return b !== '' && restA.slice(1) === restB;
  if (a.length < b.length) return a !== '' && restA === restB.slice(1);
  if (restA.slice(1) === restB.slice(1)) return true;
  return (
    restA.slice(2) === restB.slice(2) && restA.charAt(0) === restB.charAt(1) && restA.charAt(1) === restB.charAt(0)
  );
}
