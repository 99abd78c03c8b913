/**
 * Erlang B: how much of the traffic offered to a group of lines finds all of them busy, where calls that are refused go
 * away. Traffic in erlangs: hours of holding per hour.
 */

/** Share of calls lost, 0 to 1. Without lines every call is. */
export function erlangB(erlangs: number, lines: number): number {
  if (erlangs <= 0) return 0;
  // The recursion of Jagerman in its inverse: no factorials, and it does not overflow.
  let inverse = 1;
  for (let line = 1; line <= lines; line += 1) {
    inverse = 1 + (inverse * line) / erlangs;
    if (!Number.isFinite(inverse)) return 0;
  }
  return 1 / inverse;
}

/** The fewest lines that lose no more than `loss` of the calls. */
export function linesFor(erlangs: number, loss: number): number {
  if (erlangs <= 0) return 0;
  let inverse = 1;
  for (let lines = 1; ; lines += 1) {
    inverse = 1 + (inverse * lines) / erlangs;
    if (1 / inverse <= loss) return lines;
  }
}
