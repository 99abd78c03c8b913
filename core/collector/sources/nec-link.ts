/**
 * NEC NEAX and SV over TCP: asks for a record, stores it, and only then tells the PBX that it may forget it. Whatever is
 * lost on the way (a packet, the acknowledgement, this program) the PBX sends again; the parser knows a repeated record by
 * its sequence number. The bytes of the PBX's "no record" answers are stored together with the next record, so that an
 * idle night is not a journal of its own.
 */
import {
  acknowledgement,
  dataRequest,
  disconnectRequest,
  IDENTIFIERS,
  type Packet,
  PBX_ANSWERS,
  readPacket,
  refusal,
  scanPacket,
} from '../../../parsers/nec/packet.ts';
import type { SourceConfig } from '../../model/source-config.ts';
import type { CaptureProblem } from '../control.ts';
import { problemOf } from '../problem.ts';
import type { CloseWhy, RunningSource, SourceHost } from '../source.ts';
import { LinkSocket } from './link-socket.ts';

export type NecLinkConfig = Extract<SourceConfig, { kind: 'nec-link' }>;

export interface NecLinkTimes {
  readonly connectTimeoutMs?: number;
  readonly answerTimeoutMs?: number;
  readonly pollMs?: number;
}

const CONNECT_TIMEOUT_MS = 10_000;
const ANSWER_TIMEOUT_MS = 10_000;
/** Requests without an answer, and packets damaged one after the other, before the connection is made anew. */
const MOST_SILENCES = 3;
/** After a refusal the PBX sends the record again by itself, or waits to be asked: this long it is given the choice. */
const REPEAT_TIMEOUT_MS = 1000;
const MOST_DAMAGED = 10;
/** Bytes that are no packet before it is said that something else speaks there. */
const MOST_GARBAGE_BYTES = 4096;
const IDLE_BYTES = 64 * 1024;

export class NecLinkSource implements RunningSource {
  readonly #host: SourceHost;
  readonly #config: NecLinkConfig;
  readonly #socket: LinkSocket;
  readonly #answerTimeoutMs: number;
  readonly #pollMs: number;
  readonly #done: Promise<void>;
  #stream: number | undefined;
  #isStopping = false;
  #isOpen = false;
  /** Received and not yet cut into packets. */
  #buffer = '';
  /** Received and not yet in the journal. */
  #unstored = '';
  #garbageBytes = 0;
  #damaged = 0;
  #silences = 0;
  #lastAcknowledged = '';
  #isRepeatDue = false;
  #endPause: (() => void) | undefined;

  constructor(host: SourceHost, config: NecLinkConfig, times: NecLinkTimes = {}) {
    this.#host = host;
    this.#config = config;
    this.#answerTimeoutMs = times.answerTimeoutMs ?? ANSWER_TIMEOUT_MS;
    this.#pollMs = times.pollMs ?? config.pollSeconds * 1000;
    this.#socket = new LinkSocket({
      host: config.host,
      port: config.port,
      connectTimeoutMs: times.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    });
    this.#done = this.#run();
  }

  async close(why: CloseWhy): Promise<void> {
    this.#isStopping = true;
    this.#endPause?.();
    await this.#socket.close(this.#isOpen ? disconnectRequest() : '');
    await this.#done;
    if (why === 'removed' && this.#stream !== undefined) {
      await this.#host.closeStream(this.#stream, 'removed').catch(() => undefined);
    }
  }

  async #run(): Promise<void> {
    let problem: CaptureProblem | null = null;
    try {
      if (await this.#socket.connected()) {
        const peer = `${this.#config.host}:${this.#config.port}`;
        this.#stream = await this.#host.continueStream(peer, 'reconnected');
        this.#host.connections(1);
        problem = await this.#talk();
      }
      await this.#socket.close();
      this.#unstored += this.#buffer;
      await this.#store();
    } catch (error) {
      // Above all a journal that was closed: what waits in the PBX is asked for again after the next start.
      problem = problemOf(error);
      await this.#socket.close();
    }
    this.#host.connections(0);
    this.#host.ended(problem ?? this.#socket.problem);
  }

  /** Request, data, acknowledgement, until the connection is over. */
  async #talk(): Promise<CaptureProblem | null> {
    this.#socket.send(dataRequest());
    while (!this.#isStopping) {
      const packet = await this.#packet();
      if (this.#socket.isClosed && packet === undefined) return null;
      if (this.#garbageBytes > MOST_GARBAGE_BYTES) return this.#problem('link-not-spoken');
      if (packet === undefined) {
        if (!this.#isRepeatDue) this.#silences += 1;
        this.#isRepeatDue = false;
        if (this.#silences >= MOST_SILENCES) return this.#problem('link-silent');
        this.#socket.send(dataRequest());
        continue;
      }
      this.#silences = 0;
      this.#isRepeatDue = false;
      const failure = await this.#answer(packet);
      if (failure !== null) return failure;
    }
    return null;
  }

  async #answer(packet: Packet): Promise<CaptureProblem | null> {
    if (!packet.isParityRight && this.#config.isParityChecked) {
      const failure = this.#countDamaged();
      if (failure !== null) return failure;
      // It was cut, and what came behind it can be the same record whole: two askings would bring everything twice.
      if (this.#buffer !== '') return null;
      // Without a sequence number there is nothing to refuse by name: asking anew brings the same record.
      this.#isRepeatDue = packet.identifier === IDENTIFIERS.data && packet.sequence !== '';
      this.#socket.send(this.#isRepeatDue ? refusal(packet) : dataRequest());
      return null;
    }
    this.#understood();
    switch (packet.identifier) {
      case IDENTIFIERS.data:
        await this.#store();
        if (this.#damaged > 0) this.#host.note(null);
        this.#damaged = 0;
        this.#socket.send(acknowledgement(packet));
        // Sent twice on this connection, so it was asked for twice: one asking is still under way.
        if (this.#lastAcknowledged !== bytesOf(packet)) this.#socket.send(dataRequest());
        this.#lastAcknowledged = bytesOf(packet);
        return null;
      case IDENTIFIERS.pbxAnswer:
        return await this.#afterPbxAnswer(packet.content);
      case IDENTIFIERS.disconnect:
        await this.#socket.close();
        return null;
      default:
        // A status report comes between the answers; the one that is waited for is still to come.
        return null;
    }
  }

  async #afterPbxAnswer(code: string): Promise<CaptureProblem | null> {
    if (code === PBX_ANSWERS.parityError) {
      const failure = this.#countDamaged();
      // Whether the request or the acknowledgement came damaged: asking anew puts both right.
      if (failure === null) this.#socket.send(dataRequest());
      return failure;
    }
    if (code === PBX_ANSWERS.illegal) return this.#problem('link-refused');
    if (this.#unstored.length > IDLE_BYTES) await this.#store();
    await this.#pause();
    this.#socket.send(dataRequest());
    return null;
  }

  #countDamaged(): CaptureProblem | null {
    this.#damaged += 1;
    const problem = this.#problem('link-damaged');
    if (this.#damaged >= MOST_DAMAGED) return problem;
    this.#host.note(problem);
    return null;
  }

  #understood(): void {
    this.#garbageBytes = 0;
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#host.opened();
  }

  /** The next packet; undefined when none came in time or the connection is over. */
  async #packet(): Promise<Packet | undefined> {
    for (;;) {
      while (this.#buffer !== '') {
        const scanned = scanPacket(this.#buffer, 0);
        if (scanned.kind === 'incomplete') break;
        const length = scanned.kind === 'packet' ? scanned.end : scanned.skip;
        const bytes = this.#buffer.slice(0, length);
        this.#buffer = this.#buffer.slice(length);
        this.#unstored += bytes;
        if (scanned.kind === 'packet') return readPacket(bytes);
        this.#garbageBytes += length;
        if (this.#unstored.length > IDLE_BYTES) await this.#store();
      }
      if (this.#garbageBytes > MOST_GARBAGE_BYTES) return undefined;
      const timeoutMs = this.#isRepeatDue ? Math.min(REPEAT_TIMEOUT_MS, this.#answerTimeoutMs) : this.#answerTimeoutMs;
      const more = await this.#socket.receive(timeoutMs);
      if (more === '') {
        // The rest of a packet that never came belongs to nothing that follows.
        this.#unstored += this.#buffer;
        this.#buffer = '';
        return undefined;
      }
      this.#buffer += more;
    }
  }

  async #store(): Promise<void> {
    if (this.#unstored === '' || this.#stream === undefined) return;
    const bytes = Buffer.from(this.#unstored, 'latin1');
    this.#unstored = '';
    await this.#host.append(this.#stream, bytes);
  }

  async #pause(): Promise<void> {
    if (this.#isStopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#pollMs);
      this.#endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#endPause = undefined;
  }

  #problem(code: 'link-silent' | 'link-damaged' | 'link-refused' | 'link-not-spoken'): CaptureProblem {
    const { host, port } = this.#config;
    return { code, values: code === 'link-damaged' ? { host, count: this.#damaged } : { host, port } };
  }
}

function bytesOf({ sequence, content }: Packet): string {
  return `${sequence}${content}`;
}
