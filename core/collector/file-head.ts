/** Tells one file from another: device and inode, and the hash of the first bytes, because inode numbers are used again. */
import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

export const HEAD_BYTES = 1024;

export interface FileHead {
  readonly headHash: Uint8Array;
  readonly headLength: number;
}

/** Hash of the first `length` bytes, or of as many as there are. */
export async function readHead(handle: FileHandle, length = HEAD_BYTES): Promise<FileHead> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return { headHash: createHash('sha256').update(buffer.subarray(0, filled)).digest(), headLength: filled };
}

export async function hasHead(handle: FileHandle, head: FileHead): Promise<boolean> {
  const now = await readHead(handle, head.headLength);
  return now.headLength === head.headLength && Buffer.compare(now.headHash, head.headHash) === 0;
}

export function identityOf(stats: BigIntStats): { readonly device: string; readonly inode: string } {
  return { device: stats.dev.toString(), inode: stats.ino.toString() };
}

export function isSameFile(
  a: { readonly device: string; readonly inode: string },
  b: { readonly device: string; readonly inode: string },
): boolean {
  return a.device === b.device && a.inode === b.inode;
}
