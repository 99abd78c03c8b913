/** Reads one open file to its end, again and again, and stores each piece together with the position after it. */
import type { FileHandle } from 'node:fs/promises';
import { type FileHead, HEAD_BYTES, hasHead, identityOf, readHead } from '../file-head.ts';
import type { SourceHost } from '../source.ts';

const READ_BYTES = 256 * 1024;

export interface FileReaderOptions {
  readonly host: SourceHost;
  readonly handle: FileHandle;
  readonly path: string;
  readonly device: string;
  readonly inode: string;
  readonly streamId: number;
  readonly position: number;
  readonly head: FileHead;
}

export class FileReader {
  readonly handle: FileHandle;
  readonly device: string;
  readonly inode: string;
  streamId: number;
  readonly #host: SourceHost;
  readonly #path: string;
  #position: number;
  #head: FileHead;
  #seenChange = '';
  #grewAtMs: number;

  constructor(options: FileReaderOptions) {
    this.#host = options.host;
    this.handle = options.handle;
    this.#path = options.path;
    this.device = options.device;
    this.inode = options.inode;
    this.streamId = options.streamId;
    this.#position = options.position;
    this.#head = options.head;
    this.#grewAtMs = options.host.now();
  }

  /** Milliseconds since the file last gave anything. */
  quietMs(): number {
    return this.#host.now() - this.#grewAtMs;
  }

  /** Stores everything up to the end. `isStopped` ends it early. */
  async readToEnd(isStopped: () => boolean): Promise<void> {
    while (!isStopped()) {
      const buffer = Buffer.allocUnsafe(READ_BYTES);
      const { bytesRead } = await this.handle.read(buffer, 0, READ_BYTES, this.#position);
      if (bytesRead === 0) return;
      if (this.#head.headLength < HEAD_BYTES) {
        // Bytes of a file that was written anew in this moment belong to another stream: the next look finds out.
        if (!(await hasHead(this.handle, this.#head))) return;
        this.#head = await readHead(this.handle);
      }
      await this.#store(buffer.subarray(0, bytesRead));
      this.#grewAtMs = this.#host.now();
    }
  }

  /** Whether the file was cut, or cut and written anew, since it was read; then it is read from its beginning. */
  async startAgainIfTruncated(): Promise<boolean> {
    const stats = await this.handle.stat({ bigint: true });
    const change = `${stats.size}/${stats.mtimeNs}`;
    if (change === this.#seenChange) return false;
    const isShorter = stats.size < BigInt(this.#position);
    if (!isShorter && (await hasHead(this.handle, this.#head))) {
      this.#seenChange = change;
      return false;
    }
    await this.#host.closeStream(this.streamId, 'truncated');
    this.#head = await readHead(this.handle);
    this.#position = 0;
    this.streamId = await this.#host.appendFile(this.#path, new Uint8Array(0), this.#mark(), null);
    this.#seenChange = '';
    return true;
  }

  async #store(bytes: Uint8Array): Promise<void> {
    const position = this.#position + bytes.length;
    await this.#host.append(this.streamId, bytes, { ...this.#mark(), position });
    this.#position = position;
  }

  #mark() {
    return { path: this.#path, device: this.device, inode: this.inode, ...this.#head, position: this.#position };
  }
}

/** The identity of an open file. */
export async function fileIdentity(handle: FileHandle): Promise<{
  readonly device: string;
  readonly inode: string;
  readonly size: number;
}> {
  const stats = await handle.stat({ bigint: true });
  return { ...identityOf(stats), size: Number(stats.size) };
}
