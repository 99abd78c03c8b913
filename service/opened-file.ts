/** Reads a file that was opened with the program: one of its own kinds, and no larger than such files are. */
import { open } from 'node:fs/promises';
import path from 'node:path';
import { type OpenedFileKind, type OpenedFileRefusal, openedFileKind } from '../core/model/opened-file.ts';

const BYTES_LIMIT = 4 * 1024 * 1024;

type OpenedFileResult =
  | { readonly kind: OpenedFileKind; readonly fileName: string; readonly bytes: Uint8Array }
  | { readonly fileName: string; readonly reason: OpenedFileRefusal };

async function bytesOf(file: string): Promise<Uint8Array | OpenedFileRefusal> {
  const handle = await open(file, 'r');
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) return 'unreadable';
    if (stat.size > BYTES_LIMIT) return 'tooLarge';
    const bytes = await handle.readFile();
    return bytes.length === 0 ? 'empty' : bytes;
  } finally {
    await handle.close();
  }
}

export async function readOpenedFile(file: string): Promise<OpenedFileResult> {
  const fileName = path.basename(file);
  const kind = openedFileKind(fileName);
  if (kind === undefined) return { fileName, reason: 'unknown' };
  try {
    const bytes = await bytesOf(file);
    return typeof bytes === 'string' ? { fileName, reason: bytes } : { kind, fileName, bytes };
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return { fileName, reason: isMissing ? 'missing' : 'unreadable' };
  }
}
