/**
 * Server-sent events to every open page. A page that reads too slowly loses what waits for it and is told that things
 * changed, so that it asks again; memory stays bounded however many calls come.
 */
import type { Language } from '../i18n/translate.ts';
import { AppError } from '../model/errors.ts';
import { answerMaskOf } from './answer-mask.ts';
import { LiveEvent } from './contract.ts';

export interface EventStreamOptions {
  readonly maxClients?: number;
  /** Events that may wait for one page. */
  readonly maxWaiting?: number;
  readonly heartbeatMs?: number;
}

export interface Subscription {
  readonly language: Language;
  readonly seesNumbers: boolean;
  /** Asked at every heartbeat; the stream ends when the session has. */
  readonly isAllowed: () => boolean;
  readonly signal: AbortSignal;
}

const MAX_CLIENTS = 32;
const MAX_WAITING = 500;
const HEARTBEAT_MS = 15_000;

/** What a page must ask for again after it has lost events. */
const HINTS = (['calls', 'sources', 'people', 'quarantine'] as const).map(
  (what): LiveEvent => ({ type: 'changed', what }),
);

const encoder = new TextEncoder();
const HEARTBEAT = encoder.encode(': still here\n\n');
const OPENING = encoder.encode('retry: 2000\n: open\n\n');

const maskEvent = answerMaskOf(LiveEvent);

function encodeEvent(event: LiveEvent): Uint8Array {
  return encodeAs(event.type, event);
}

function encodeAs(type: LiveEvent['type'], shown: unknown): Uint8Array {
  return encoder.encode(`event: ${type}\ndata: ${JSON.stringify(shown)}\n\n`);
}

class Client {
  readonly subscription: Subscription;
  readonly stream: ReadableStream<Uint8Array>;
  readonly #maxWaiting: number;
  readonly #onEnd: (client: Client) => void;
  #waiting: Uint8Array[] = [];
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  constructor(subscription: Subscription, maxWaiting: number, onEnd: (client: Client) => void) {
    this.subscription = subscription;
    this.#maxWaiting = maxWaiting;
    this.#onEnd = onEnd;
    this.stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
          controller.enqueue(OPENING);
        },
        pull: () => this.#flush(),
        cancel: () => this.#forget(),
      },
      { highWaterMark: 4 },
    );
    subscription.signal.addEventListener('abort', () => this.end(), { once: true });
  }

  send(bytes: Uint8Array): void {
    if (this.#controller === undefined) return;
    this.#waiting.push(bytes);
    if (this.#waiting.length > this.#maxWaiting) this.#waiting = HINTS.map(encodeEvent);
    this.#flush();
  }

  beat(): void {
    if (!this.subscription.isAllowed()) this.end();
    else if (this.#waiting.length === 0) this.send(HEARTBEAT);
  }

  end(): void {
    const controller = this.#controller;
    if (controller === undefined) return;
    this.#forget();
    controller.close();
  }

  #flush(): void {
    while (this.#controller !== undefined && (this.#controller.desiredSize ?? 0) > 0) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#controller.enqueue(next);
    }
  }

  #forget(): void {
    this.#controller = undefined;
    this.#waiting = [];
    this.#onEnd(this);
  }
}

export class EventStream {
  readonly #clients = new Set<Client>();
  readonly #maxClients: number;
  readonly #maxWaiting: number;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(options: EventStreamOptions = {}) {
    this.#maxClients = options.maxClients ?? MAX_CLIENTS;
    this.#maxWaiting = options.maxWaiting ?? MAX_WAITING;
    this.#heartbeat = setInterval(() => {
      for (const client of this.#clients) client.beat();
    }, options.heartbeatMs ?? HEARTBEAT_MS);
    this.#heartbeat.unref();
  }

  get clientCount(): number {
    return this.#clients.size;
  }

  /** Throws AppError `busy` when too many pages are open. */
  open(subscription: Subscription): ReadableStream<Uint8Array> {
    if (this.#clients.size >= this.#maxClients) throw new AppError('busy', { what: 'events' });
    const client = new Client(subscription, this.#maxWaiting, (ended) => this.#clients.delete(ended));
    this.#clients.add(client);
    return client.stream;
  }

  /** `make` is called at most once for each language that somebody reads. */
  publish(make: (language: Language) => LiveEvent): void {
    const made = new Map<Language, LiveEvent>();
    const encoded = new Map<string, Uint8Array>();
    for (const client of this.#clients) {
      const { language, seesNumbers } = client.subscription;
      const event = made.get(language) ?? make(language);
      made.set(language, event);
      const key = `${language} ${seesNumbers}`;
      const bytes = encoded.get(key) ?? encodeAs(event.type, seesNumbers ? event : maskEvent?.(event, language));
      encoded.set(key, bytes);
      client.send(bytes);
    }
  }

  close(): void {
    clearInterval(this.#heartbeat);
    for (const client of this.#clients) client.end();
  }
}
