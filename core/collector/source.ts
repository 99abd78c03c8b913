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
  readonly now: () => number;

  openStream(peer: string): Promise<number>;
  /** Goes on in the stream of this peer that was left open, with a gap marked, or opens a new one. */
  continueStream(peer: string, gapReason: string): Promise<number>;
  closeStream(streamId: number, reason: string): Promise<void>;
  markGap(streamId: number, reason: string): Promise<void>;
  /** Resolves when the bytes are on the disk. While the disk is full it waits: read no further until then. */
  append(streamId: number, bytes: Uint8Array, file?: FileMark): Promise<void>;
  files(): readonly StoredFile[];

  opened(): void;
  connections(count: number): void;
  /** Not open, and it will notice by itself when it can be (a file not there yet). */
  waiting(problem: CaptureProblem): void;
  /** Something to say while it goes on (a refused peer); null takes it back. */
  note(problem: CaptureProblem | null): void;
  /** It is over; null when the other side simply closed. The supervisor opens it again later. */
  ended(problem: CaptureProblem | null): void;
}

export type OpenSource = (host: SourceHost) => RunningSource;
