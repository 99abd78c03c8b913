/** Which files of a folder are ready to be read: those that have not changed for a moment and are not read yet. */

interface Versioned {
  readonly path: string;
  readonly version: string;
  readonly mtimeMs: number;
  /** Its writer has said that it is done. */
  readonly isFinished: boolean;
}

interface Seen {
  readonly version: string;
  readonly sinceMs: number;
  isDone: boolean;
}

export class SeenFiles<F extends Versioned> {
  readonly #stableMs: number;
  readonly #isRead: (file: F) => boolean;
  #seen = new Map<string, Seen>();

  /** `isRead` is asked once for each version. */
  constructor(stableMs: number, isRead: (file: F) => boolean) {
    this.#stableMs = stableMs;
    this.#isRead = isRead;
  }

  /** With every look at the whole folder. Files that are gone are forgotten. */
  readyOf(files: readonly F[], nowMs: number): readonly F[] {
    const seen = new Map<string, Seen>();
    const ready = files.filter((file) => {
      const before = this.#seen.get(file.path);
      // A file that is old when it is first seen has nobody writing to it.
      const entry =
        before?.version === file.version
          ? before
          : { version: file.version, sinceMs: Math.min(nowMs, file.mtimeMs), isDone: this.#isRead(file) };
      seen.set(file.path, entry);
      return !entry.isDone && (file.isFinished || nowMs - entry.sinceMs >= this.#stableMs);
    });
    this.#seen = seen;
    return ready;
  }

  isDone(path: string): boolean {
    return this.#seen.get(path)?.isDone === true;
  }

  markDone(path: string): void {
    const seen = this.#seen.get(path);
    if (seen !== undefined) seen.isDone = true;
  }
}

export function inOrder<F extends { readonly path: string; readonly mtimeMs: number }>(
  files: F[],
  order: 'name' | 'time',
): F[] {
  const byName = (a: F, b: F): number => (a.path < b.path ? -1 : 1);
  return files.sort(order === 'time' ? (a, b) => a.mtimeMs - b.mtimeMs || byName(a, b) : byName);
}
