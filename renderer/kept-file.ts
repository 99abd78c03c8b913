/** A chosen file, kept by the browser while its import is not finished: after a reload nobody has to choose it again. */

const DATABASE = 'tollbook';
const FILES = 'files';
/** Left behind by a window that was closed; who comes later begins anew. */
const LIFE_MS = 12 * 3600_000;

interface KeptFile {
  readonly file: File;
  readonly atMs: number;
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(FILES);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('no database'));
  });
}

async function withFiles<T>(mode: IDBTransactionMode, work: (files: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const request = work(database.transaction(FILES, mode).objectStore(FILES));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('no answer'));
    });
  } finally {
    database.close();
  }
}

/** A browser that keeps nothing (a private window) only means choosing the file again. */
export async function keepFile(name: string, file: File): Promise<void> {
  await withFiles('readwrite', (files) => files.put({ file, atMs: Date.now() } satisfies KeptFile, name)).catch(
    () => undefined,
  );
}

export async function keptFile(name: string): Promise<File | undefined> {
  const kept = (await withFiles('readonly', (files) => files.get(name)).catch(() => undefined)) as KeptFile | undefined;
  if (kept === undefined) return undefined;
  if (Date.now() - kept.atMs < LIFE_MS) return kept.file;
  await forgetFile(name);
  return undefined;
}

export async function forgetFile(name: string): Promise<void> {
  await withFiles('readwrite', (files) => files.delete(name)).catch(() => undefined);
}
