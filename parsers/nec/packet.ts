/**
 * Packets of the request and acknowledge protocol of NEC NEAX and SV PBXs (TCP port 60010; the PBX listens). Pure helpers
 * for both ends: the transport builds requests and answers with them, the framer and the parser read data with them.
 * Text has one character per byte (latin1).
 *
 *     SYN  identifier  length   text                                    parity
 *     16h  1 digit     5 digits device number (2 digits) + what follows  1 byte
 *
 * | identifier | from   | text after the device number           |
 * | 1 request  | client | nothing                                |
 * | 2 data     | PBX    | sequence number (1 character), record  |
 * | 3 answer   | PBX    | code: 1 no record, 2 status, 3 parity error, 5 illegal |
 * | 4 answer   | client | sequence number, ACK (06h) or NAK (15h) |
 * | 5 status   | both   | anything                               |
 * | 6 end      | client | ACK                                    |
 *
 * The length counts the text alone. The parity byte is the XOR of all bytes between SYN and itself, inverted.
 *
 * For the transport: keep a buffer of the bytes that came, call `scanPacket(buffer, 0)`, drop `end` bytes of a packet or
 * `skip` bytes of what is none, and wait when it is `incomplete`. A data packet is answered with
 * `acknowledgement(packet)` once it is stored, with `refusal(packet)` when `isParityRight` is false; until it is
 * acknowledged the PBX sends the same record again.
 */

export const SYN = '\x16';
export const ACK = '\x06';
export const NAK = '\x15';

export const IDENTIFIERS = {
  request: '1',
  data: '2',
  pbxAnswer: '3',
  clientAnswer: '4',
  status: '5',
  disconnect: '6',
} as const;
export type PacketIdentifier = (typeof IDENTIFIERS)[keyof typeof IDENTIFIERS];

/** Codes of the PBX's answer (identifier 3). */
export const PBX_ANSWERS = { noRecord: '1', status: '2', parityError: '3', illegal: '5' } as const;

/** The PBX's device number of call records. */
export const SMDR_DEVICE = '00';

/** Bytes of a packet beside its text: SYN, identifier, length, parity. */
export const PACKET_OVERHEAD = 8;
/** The longest text that is believed; flexible records are the longest and stay well below. */
export const MAX_TEXT_BYTES = 4096;

const HEADER_BYTES = 7;

/** XOR of the bytes of `text` from `from` up to `to`, inverted: the parity byte of a packet, 0 to 255. */
export function parityOf(text: string, from = 0, to: number = text.length): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum ^= text.charCodeAt(i);
  return ~sum & 0xff;
}

/** A whole packet around `text` (device number included). */
export function buildPacket(identifier: PacketIdentifier, text: string): string {
  const body = `${identifier}${String(text.length).padStart(5, '0')}${text}`;
  return `${SYN}${body}${String.fromCharCode(parityOf(body))}`;
}

/** "Give me the next record." */
export function dataRequest(device: string = SMDR_DEVICE): string {
  return buildPacket(IDENTIFIERS.request, device);
}

/** "I have stored it." The PBX then forgets the record. */
export function acknowledgement(packet: { readonly device: string; readonly sequence: string }): string {
  return buildPacket(IDENTIFIERS.clientAnswer, `${packet.device}${packet.sequence}${ACK}`);
}

/** "It came damaged, send it again." */
export function refusal(packet: { readonly device: string; readonly sequence: string }): string {
  return buildPacket(IDENTIFIERS.clientAnswer, `${packet.device}${packet.sequence}${NAK}`);
}

export function disconnectRequest(device: string = SMDR_DEVICE): string {
  return buildPacket(IDENTIFIERS.disconnect, `${device}${ACK}`);
}

/** What the PBX sends; a simulated PBX builds these. */
export function dataPacket(sequence: string, record: string, device: string = SMDR_DEVICE): string {
  return buildPacket(IDENTIFIERS.data, `${device}${sequence}${record}`);
}
export function pbxAnswer(code: string, device: string = SMDR_DEVICE): string {
  return buildPacket(IDENTIFIERS.pbxAnswer, `${device}${code}`);
}

export interface Packet {
  readonly identifier: string;
  /** Two digits; empty when the text is too short to hold them. */
  readonly device: string;
  /** Of data and client answers: the one character after the device number; else empty. */
  readonly sequence: string;
  /** What follows: the record, the code of an answer, ACK or NAK. */
  readonly content: string;
  /** As many bytes as the length says, no more and no fewer. */
  readonly isWhole: boolean;
  readonly isParityRight: boolean;
}

export type ScannedPacket =
  /** A packet from `at` up to `end`. A wrong parity may mean that bytes were lost and `end` is not its true end. */
  | { readonly kind: 'packet'; readonly end: number; readonly isParityRight: boolean }
  /** Can be the beginning of a packet; more bytes are needed. */
  | { readonly kind: 'incomplete' }
  /** No packet starts at `at`. The next SYN can be `skip` bytes further on. */
  | { readonly kind: 'none'; readonly skip: number };

const NEEDS_MORE: ScannedPacket = { kind: 'incomplete' };

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Length of the text by the header at `at`; `undefined`: no header; -1: the bytes that are there can be one. */
function headerLength(buffer: string, at: number, maxTextBytes: number): number | undefined {
  let length = 0;
  for (let i = 1; i < HEADER_BYTES; i++) {
    if (at + i >= buffer.length) return -1;
    const code = buffer.charCodeAt(at + i);
    if (i === 1) {
      if (code < 49 || code > 54) return undefined;
    } else {
      if (!isDigit(code)) return undefined;
      length = length * 10 + code - 48;
    }
  }
  return length < 2 || length > maxTextBytes ? undefined : length;
}

/**
 * What stands at `at`. When a packet's parity is wrong and another header begins inside it, bytes were lost: it ends where
 * the other begins.
 */
export function scanPacket(buffer: string, at: number, maxTextBytes: number = MAX_TEXT_BYTES): ScannedPacket {
  const length = buffer[at] === SYN ? headerLength(buffer, at, maxTextBytes) : undefined;
  if (length === undefined) {
    const next = buffer.indexOf(SYN, at + 1);
    return { kind: 'none', skip: (next < 0 ? buffer.length : next) - at };
  }
  if (length < 0) return NEEDS_MORE;
  const end = at + length + PACKET_OVERHEAD;
  if (buffer.length < end) return NEEDS_MORE;
  if (parityOf(buffer, at + 1, end - 1) === buffer.charCodeAt(end - 1)) {
    return { kind: 'packet', end, isParityRight: true };
  }
  for (let next = buffer.indexOf(SYN, at + 1); next >= 0 && next < end - 1; next = buffer.indexOf(SYN, next + 1)) {
    const inner = headerLength(buffer, next, maxTextBytes);
    if (inner === -1) return NEEDS_MORE;
    if (inner !== undefined) return { kind: 'packet', end: next, isParityRight: false };
  }
  return { kind: 'packet', end, isParityRight: false };
}

/** The packet that these bytes are, from its SYN to its parity byte; undefined when they are none. */
export function readPacket(bytes: string): Packet | undefined {
  if (bytes[0] !== SYN || bytes.length < HEADER_BYTES) return undefined;
  const length = headerLength(bytes, 0, MAX_TEXT_BYTES);
  if (length === undefined || length < 0) return undefined;
  const isWhole = bytes.length === length + PACKET_OVERHEAD;
  const identifier = bytes[1] ?? '';
  const text = bytes.slice(HEADER_BYTES, isWhole ? -1 : undefined);
  const hasSequence = identifier === IDENTIFIERS.data || identifier === IDENTIFIERS.clientAnswer;
  return {
    identifier,
    device: text.slice(0, 2),
    sequence: hasSequence ? text.slice(2, 3) : '',
    content: text.slice(hasSequence ? 3 : 2),
    isWhole,
    isParityRight: isWhole && parityOf(bytes, 1, bytes.length - 1) === bytes.charCodeAt(bytes.length - 1),
  };
}
