/** Reads a whole file, unpacking `.gz`: what it holds, and what tells it from others. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

/** Read at once and kept in memory up to this size. */
export const SMALL_BYTES = 1024 * 1024;
const READ_BYTES = 256 * 1024;
/** Records shrink to a tenth, very regular ones to a hundredth. What is packed tighter was made to fill the disk. */
const MOST_UNPACKED_RATIO = 300;
const ALWAYS_UNPACKED_BYTES = 64 * 1024 * 1024;

export interface FileFacts {
  readonly size: number;
  readonly contentHash: Uint8Array;
  /** Hash of the first `prefixLength` bytes that was asked for; undefined when there are fewer. */
  readonly prefixHash: Uint8Array | undefined;
  /** Up to and with the last line end. */
  readonly linesEnd: number;
  /** All bytes of a small file. */
  readonly bytes: Uint8Array | undefined;
}

export function isPacked(path: string): boolean {
  return path.toLowerCase().endsWith('.gz');
}

/** Bytes of the file from its start, unpacked. Throws what reading throws; a cut `.gz` is `Z_BUF_ERROR`, a bomb `EFBIG`. */
export async function* fileBytes(path: string): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: READ_BYTES });
  if (!isPacked(path)) {
    yield* file as AsyncIterable<Buffer>;
    return;
  }
  const unpacked = createGunzip();
  file.on('error', (error) => unpacked.destroy(error));
  file.pipe(unpacked);
  try {
    let length = 0;
    for await (const bytes of unpacked as AsyncIterable<Buffer>) {
      length += bytes.length;
      if (length > ALWAYS_UNPACKED_BYTES && length > MOST_UNPACKED_RATIO * file.bytesRead)
        throw Object.assign(new Error('packed too tightly'), { code: 'EFBIG' });
      yield bytes;
    }
  } finally {
    file.destroy();
    unpacked.destroy();
  }
}

export async function factsOf(path: string, prefixLength: number | undefined): Promise<FileFacts> {
  const hash = createHash('sha256');
  let prefixHash: Uint8Array | undefined = prefixLength === 0 ? createHash('sha256').digest() : undefined;
  let size = 0;
  let linesEnd = 0;
  let kept: Buffer[] | undefined = [];
  for await (const bytes of fileBytes(path)) {
    if (prefixLength !== undefined && size < prefixLength && size + bytes.length >= prefixLength) {
      prefixHash = hash
        .copy()
        .update(bytes.subarray(0, prefixLength - size))
        .digest();
    }
    hash.update(bytes);
    const lineEnd = Math.max(bytes.lastIndexOf(10), bytes.lastIndexOf(13));
    if (lineEnd >= 0) linesEnd = size + lineEnd + 1;
    size += bytes.length;
    if (size > SMALL_BYTES) kept = undefined;
    else kept?.push(bytes);
  }
  return {
    size,
    contentHash: hash.digest(),
    prefixHash,
    linesEnd,
    bytes: kept === undefined ? undefined : Buffer.concat(kept),
  };
}
