/** Several things to say about one source at a time: what holds is said until it is taken back, an event for a while. */
import type { CaptureProblem } from './control.ts';
import type { SourceHost } from './source.ts';

/** What happened once is not shown for ever. */
const EVENT_MS = 15 * 60_000;

export class Notes {
  readonly #host: SourceHost;
  #holding: CaptureProblem | null = null;
  #event: CaptureProblem | null = null;
  #timer: NodeJS.Timeout | undefined;
  #told = 'null';

  constructor(host: SourceHost) {
    this.#host = host;
  }

  /** Holds until it is said anew or taken back with null. */
  hold(problem: CaptureProblem | null): void {
    this.#holding = problem;
    this.#tell();
  }

  /** Happened; shown for a while, behind what holds. */
  event(problem: CaptureProblem): void {
    this.#event = problem;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#event = null;
      this.#tell();
    }, EVENT_MS);
    this.#timer.unref();
    this.#tell();
  }

  /** Nothing can be read at all just now. */
  waiting(problem: CaptureProblem): void {
    this.#told = '';
    this.#host.waiting(problem);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #tell(): void {
    const note = this.#holding ?? this.#event;
    const key = JSON.stringify(note);
    if (key === this.#told) return;
    this.#told = key;
    this.#host.note(note);
  }
}
