/** Longest prefix of a number of a given length, by maps: the price of a look-up is one map access for each prefix length. */
export class PrefixTable<T> {
  readonly #byLength = new Map<number, { longest: number; entries: Map<string, T> }>();

  /** False when that prefix is taken for that number of digits. */
  add(prefix: string, digits: number, entry: T): boolean {
    const table = this.#byLength.get(digits) ?? { longest: 0, entries: new Map<string, T>() };
    if (table.entries.has(prefix)) return false;
    table.longest = Math.max(table.longest, prefix.length);
    table.entries.set(prefix, entry);
    this.#byLength.set(digits, table);
    return true;
  }

  find(number: string): T | undefined {
    const table = this.#byLength.get(number.length);
    if (table === undefined) return undefined;
    for (let length = table.longest; length > 0; length -= 1) {
      const entry = table.entries.get(number.slice(0, length));
      if (entry !== undefined) return entry;
    }
    return undefined;
  }
}
