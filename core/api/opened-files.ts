/** Files that were opened with the program, in memory for some minutes; what they hold is decided on a page. */
import { randomUUID } from 'node:crypto';
import { AppError } from '../model/errors.ts';
import type { OpenedFileKind } from '../model/opened-file.ts';

interface OpenedFile {
  readonly kind: OpenedFileKind;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly openedAtMs: number;
}

const LIFE_MS = 10 * 60 * 1000;
const FILES_LIMIT = 8;

export class OpenedFiles {
  readonly #files = new Map<string, OpenedFile>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** The id that its page asks with; nobody can guess it. */
  add(file: Omit<OpenedFile, 'openedAtMs'>): string {
    this.#forgetOld();
    const [oldest] = this.#files.keys();
    if (oldest !== undefined && this.#files.size >= FILES_LIMIT) this.#files.delete(oldest);
    const id = randomUUID();
    this.#files.set(id, { ...file, openedAtMs: this.#nowMs() });
    return id;
  }

  /** Throws AppError `import-expired`, also where the id is one of another kind. */
  get(id: string, kind: OpenedFileKind): OpenedFile {
    this.#forgetOld();
    const file = this.#files.get(id);
    if (file === undefined || file.kind !== kind) throw new AppError('import-expired');
    return file;
  }

  remove(id: string): void {
    this.#files.delete(id);
  }

  #forgetOld(): void {
    for (const [id, { openedAtMs }] of this.#files) {
      if (openedAtMs + LIFE_MS <= this.#nowMs()) this.#files.delete(id);
    }
  }
}
