/** File names with `*` and `?`, as people write them. */

/** Names that other programs give to what they have not finished. */
const UNFINISHED = /^\.|~$|\.(?:part|filepart|tmp|crdownload|partial)$/i;

const SPECIAL = /[.+^${}()|[\]\\]/g;

export class FilePattern {
  readonly #patterns: readonly RegExp[];

  /** No pattern: every file. Upper and lower case are the same, as Windows and the PBXs' programs have it. */
  constructor(patterns: readonly string[]) {
    this.#patterns = patterns
      .map((pattern) => pattern.trim())
      .filter((pattern) => pattern !== '')
      .map((pattern) => {
        const source = pattern.replace(SPECIAL, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
        return new RegExp(`^${source}$`, 'is');
      });
  }

  fits(name: string): boolean {
    if (this.#patterns.length > 0) return this.#patterns.some((pattern) => pattern.test(name));
    return !UNFINISHED.test(name);
  }
}
