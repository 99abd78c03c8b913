/** Files that are made for one answer and thrown away behind it. */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';

/** Lets `write` make a file of this ending, and gives its bytes; it is gone once they are read, or the reader is. */
export async function spooledFile(
  folder: string,
  ending: string,
  write: (file: string) => Promise<void>,
): Promise<ReadableStream<Uint8Array>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `answer-${randomUUID()}.${ending}`);
  try {
    await write(file);
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
  const stream = createReadStream(file);
  stream.once('close', () => {
    rm(file, { force: true }).catch(() => undefined);
  });
  return Readable.toWeb(stream) as NodeReadableStream<Uint8Array> as ReadableStream<Uint8Array>;
}
