/** NEC's side of the request and acknowledge protocol, on a real socket. */
import { createServer, type Server, type Socket } from 'node:net';
import { neax } from '../../parsers/nec/neax.ts';
import { ACK, dataPacket, IDENTIFIERS, NAK, pbxAnswer, readPacket, scanPacket } from '../../parsers/nec/packet.ts';
import { createStreamParser } from '../../parsers/parse-stream.ts';

/** A PBX with records to give: each is sent again until it is acknowledged. What it is told can be made to go wrong. */
export class FakeNecPbx {
  readonly server: Server;
  readonly answers: string[] = [];
  /** Sequence numbers go round from 0 to 9. */
  #sequence = 0;
  readonly sockets = new Set<Socket>();
  readonly records: string[];
  /** What is sent for a data packet; empty: nothing at all. */
  spoil: (packet: string, socket: Socket) => string = (packet) => packet;
  onAcknowledged: (socket: Socket) => boolean = () => true;
  /** After a refusal, without being asked again. */
  repeatsByItself = true;
  sentPackets = 0;
  hasEnded = false;

  constructor(records: readonly string[]) {
    this.records = [...records];
    this.server = createServer((socket) => this.#serve(socket));
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', () => resolve()));
    const address = this.server.address();
    return address !== null && typeof address === 'object' ? address.port : 0;
  }

  end(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }

  #serve(socket: Socket): void {
    let buffer = '';
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      buffer += bytes.toString('latin1');
      for (;;) {
        const scanned = scanPacket(buffer, 0);
        if (buffer === '' || scanned.kind === 'incomplete') return;
        if (scanned.kind === 'none') throw new Error(`not a packet: ${JSON.stringify(buffer)}`);
        const packet = readPacket(buffer.slice(0, scanned.end));
        buffer = buffer.slice(scanned.end);
        if (packet?.isParityRight !== true) throw new Error(`a damaged packet: ${JSON.stringify(packet)}`);
        if (packet.identifier === IDENTIFIERS.request) this.#give(socket);
        else if (packet.identifier === IDENTIFIERS.clientAnswer) this.#answered(socket, packet);
        else if (packet.identifier === IDENTIFIERS.disconnect) {
          this.hasEnded = true;
          socket.end();
        } else throw new Error(`not expected: ${JSON.stringify(packet)}`);
      }
    });
  }

  #give(socket: Socket): void {
    const [record] = this.records;
    if (record === undefined) {
      socket.write(pbxAnswer('1'), 'latin1');
      return;
    }
    this.sentPackets += 1;
    socket.write(this.spoil(dataPacket(String(this.#sequence), record), socket), 'latin1');
  }

  #answered(socket: Socket, packet: { readonly sequence: string; readonly content: string }): void {
    this.answers.push(packet.content);
    if (packet.content === NAK && this.repeatsByItself) this.#give(socket);
    if (packet.content !== ACK || packet.sequence !== String(this.#sequence)) return;
    if (!this.onAcknowledged(socket)) return;
    this.records.shift();
    this.#sequence = (this.#sequence + 1) % 10;
  }
}

/** What the format makes of the journal's bytes: the extension of each call, and how many frames were repeated ones. */
export function parsed(text: string): { readonly extensions: readonly string[]; readonly repeated: number } {
  const parser = createStreamParser(neax, {});
  const outcomes = [...parser.push(text), ...parser.end()].map(({ outcome }) => outcome);
  return {
    extensions: outcomes.flatMap((outcome) => (outcome.kind === 'call' ? [outcome.record.extension ?? ''] : [])),
    repeated: outcomes.filter((outcome) => outcome.kind === 'noise' && outcome.rule === 'repeated').length,
  };
}

/** An outgoing K record of this station; everything else as the document prints it. */
export const recordOf = (extension: string): string =>
  `0!KA000040001206   01121204040112120459             0000000004903202                         0000                  07070          `.replace(
    '206   ',
    extension.padEnd(6),
  );
