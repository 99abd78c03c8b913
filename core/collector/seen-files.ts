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
  /** Since when it was not still for long enough. */
  readonly restlessSinceMs: number;
  isDone: boolean;
}

export class SeenFiles<F extends Versioned> {
  readonly #stableMs: number;
  readonly #patienceMs: number;
  readonly #isRead: (file: F) => boolean;
  #seen = new Map<string, Seen>();

  /**
   * `isRead` is asked once for each version. A file that is never still is ready now and then nevertheless, each time after
   * `patienceMs`: a busy log would otherwise be read at night only.
   */
  constructor(stableMs: number, isRead: (file: F) => boolean, patienceMs = Number.POSITIVE_INFINITY) {
    this.#stableMs = stableMs;
    this.#patienceMs = patienceMs;
    this.#isRead = isRead;
  }

  /** With every look at the whole folder. Files that are gone are forgotten. */
  readyOf(files: readonly F[], nowMs: number): readonly F[] {
    const seen = new Map<string, Seen>();
    const ready = files.filter((file) => {
      const before = this.#seen.get(file.path);
      const isSame = before?.version === file.version;
      // A file that is old when it is first seen has nobody writing to it. A clock that was set back is not waited for.
      const sinceMs = Math.min(nowMs, isSame ? before.sinceMs : file.mtimeMs);
      const isStill = file.isFinished || nowMs - sinceMs >= this.#stableMs;
      const restlessSinceMs = Math.min(nowMs, before === undefined || before.isDone ? nowMs : before.restlessSinceMs);
      const isOverdue = !isStill && nowMs - restlessSinceMs >= this.#patienceMs;
      const isDone = isSame ? before.isDone : this.#isRead(file);
      const { version } = file;
      seen.set(file.path, { version, sinceMs, restlessSinceMs: isOverdue ? nowMs : restlessSinceMs, isDone });
      return !isDone && (isStill || isOverdue);
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
