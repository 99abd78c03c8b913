/** What every kind of source has in common: it reads bytes, hands them to its host, and says how it is. */
import type { FileMark, StoredFile } from '../store/journal.ts';
import type { CaptureProblem } from './control.ts';

/** `stopped`: the program ends or pauses and goes on later; `removed`: this configuration is not wanted any more. */
export type CloseWhy = 'stopped' | 'removed';

/** A source that was opened. It opens only once; the supervisor makes a new one to try again. */
export interface RunningSource {
  /** Stores what was read so far, then lets go of the device. Safe to call at any time, also after `ended`. */
  close(why: CloseWhy): Promise<void>;
}

export interface SourceHost {
  readonly sourceId: number;
  /** For files of its own (received files, a host key); made by whoever needs it, readable by this account alone. */
  readonly folder: string;
  readonly now: () => number;

  openStream(peer: string): Promise<number>;
  /** Goes on in the stream of this peer that was left open, with a gap marked, or opens a new one. */
  continueStream(peer: string, gapReason: string): Promise<number>;
  closeStream(streamId: number, reason: string): Promise<void>;
  markGap(streamId: number, reason: string): Promise<void>;
  /** Resolves when the bytes are on the disk. While the disk is full it waits: read no further until then. */
  append(streamId: number, bytes: Uint8Array, file?: FileMark): Promise<void>;
  /** A stream of its own with these bytes, stored together; with a reason it is closed at once. */
  appendFile(peer: string, bytes: Uint8Array, file: FileMark, closeReason: string | null): Promise<number>;
  files(): readonly StoredFile[];
  openFiles(): readonly StoredFile[];
  fileAt(path: string): StoredFile | undefined;
  fileOfInode(device: string, inode: string): StoredFile | undefined;
  fileWithContent(contentHash: Uint8Array): StoredFile | undefined;

  opened(): void;
  connections(count: number): void;
  /** Not open, and it will notice by itself when it can be (a file not there yet). */
  waiting(problem: CaptureProblem): void;
  /** Something to say while it goes on (a refused peer); null takes it back. */
  note(problem: CaptureProblem | null): void;
  /** Fingerprint of the host key that is spoken with: the other side's, or this one's own. */
  hostKey(fingerprint: string): void;
  /** It is over; null when the other side simply closed. The supervisor opens it again later. */
  ended(problem: CaptureProblem | null): void;
}

export type OpenSource = (host: SourceHost) => RunningSource;
