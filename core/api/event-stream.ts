/**
 * Server-sent events to every open page. A page that reads too slowly loses what waits for it and is told that things
 * changed, so that it asks again; memory stays bounded however many calls come.
 */
import type { Language } from '../i18n/translate.ts';
import { isGranted, type Permission, type Viewer } from '../model/access.ts';
import { AppError } from '../model/errors.ts';
import { answerMaskOf } from './answer-mask.ts';
import { LiveEvent } from './contract.ts';
import { viewingAs } from './viewing.ts';

export interface EventStreamOptions {
  readonly maxClients?: number;
  /** Events that may wait for one page. */
  readonly maxWaiting?: number;
  readonly heartbeatMs?: number;
}

export interface Subscription {
  readonly language: Language;
  /** Asked at every heartbeat, and when users or sessions change; the stream ends when the session has (undefined). */
  readonly viewer: () => Viewer | undefined;
  readonly signal: AbortSignal;
}

const MAX_CLIENTS = 32;
const MAX_WAITING = 500;
const HEARTBEAT_MS = 15_000;

/** Who is told of what. Calls are told to those in whose scope they are. */
const ACCESS: Readonly<Record<Exclude<LiveEvent['type'], 'changed'>, Permission>> = {
  call: 'read-calls',
  source: 'read-sources',
  import: 'read-sources',
  lines: 'read-sources',
  system: 'read-sources',
};
const ACCESS_TO_CHANGES: Readonly<Record<Extract<LiveEvent, { type: 'changed' }>['what'], Permission>> = {
  calls: 'read-calls',
  people: 'read-people',
  sources: 'read-sources',
  settings: 'self',
  tariffs: 'read-prices',
  quarantine: 'read-sources',
  rerates: 'read-prices',
  holidays: 'read-rules',
  policies: 'read-rules',
  budgets: 'read-rules',
  schedules: 'send-reports',
  statements: 'decide-calls',
  alerts: 'read-rules',
  backups: 'administer',
  notices: 'self',
};

function isToldOf(event: LiveEvent, viewer: Viewer): boolean {
  return isGranted(viewer.role, event.type === 'changed' ? ACCESS_TO_CHANGES[event.what] : ACCESS[event.type]);
}

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
  #viewer: Viewer | undefined;
  #waiting: Uint8Array[] = [];
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  constructor(subscription: Subscription, maxWaiting: number, onEnd: (client: Client) => void) {
    this.subscription = subscription;
    this.#maxWaiting = maxWaiting;
    this.#onEnd = onEnd;
    this.#viewer = subscription.viewer();
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
    if (this.#waiting.length > this.#maxWaiting) {
      this.#waiting = HINTS.filter((hint) => this.#viewer !== undefined && isToldOf(hint, this.#viewer)).map(
        encodeEvent,
      );
    }
    this.#flush();
  }

  /** Undefined once the stream has ended. */
  get viewer(): Viewer | undefined {
    return this.#viewer;
  }

  beat(): void {
    this.recheck();
    if (this.#viewer !== undefined && this.#waiting.length === 0) this.send(HEARTBEAT);
  }

  recheck(): void {
    this.#viewer = this.subscription.viewer();
    if (this.#viewer === undefined) this.end();
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

  /** `make` is called once for each kind of reader: language, and what is masked. `isSeen` keeps it from the others. */
  publish(make: (language: Language) => LiveEvent, isSeen: (viewer: Viewer) => boolean = () => true): void {
    const encoded = new Map<string, { readonly event: LiveEvent; readonly bytes: Uint8Array }>();
    for (const client of this.#clients) {
      const { viewer, subscription } = client;
      if (viewer === undefined || !isSeen(viewer)) continue;
      const { language } = subscription;
      const key = `${language} ${viewer.seesNumbers} ${viewer.seesCodes} ${viewer.scope.kind === 'person'}`;
      let made = encoded.get(key);
      if (made === undefined) {
        const event = viewingAs(viewer, () => make(language));
        const shown = viewer.seesNumbers ? event : maskEvent?.(event, language);
        made = { event, bytes: encodeAs(event.type, shown) };
        encoded.set(key, made);
      }
      if (isToldOf(made.event, viewer)) client.send(made.bytes);
    }
  }

  /** Users, roles or sessions have changed. */
  recheck(): void {
    for (const client of this.#clients) client.recheck();
  }

  close(): void {
    clearInterval(this.#heartbeat);
    for (const client of this.#clients) client.end();
  }
}
