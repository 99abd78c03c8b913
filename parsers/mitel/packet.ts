/**
 * Packets of the Mitel 5000 (Inter-Tel 5000, CS-5200/5400) on its TCP port. All text has one character per byte.
 *
 *     length (4 bytes, little-endian, counts what follows)  content
 *
 * The collector connects, sends one login packet (`84`, password, `00`) and then only reads: the PBX sends each record as
 * a packet of 82 bytes (80 characters, CR, LF). It expects no acknowledgement, and records carry no number of their own.
 */

/** Bytes of the length in front of a packet. */
export const LENGTH_BYTES = 4;
export const MAX_PASSWORD_CHARACTERS = 15;
/** First byte of a login packet's content. */
export const LOGIN = '\x84';

/** A password the PBX can have: 0 to 15 ASCII characters, no control characters. */
export function isPassword(password: string): boolean {
  return password.length <= MAX_PASSWORD_CHARACTERS && /^[\x20-\x7e]*$/.test(password);
}

/** What the collector sends first; an empty password is one too. */
export function loginPacket(password: string): string {
  const content = `${LOGIN}${password}\0`;
  return `${String.fromCharCode(content.length)}\0\0\0${content}`;
}

/** `not` and `short`: there is no length at this place, or it is not yet whole. */
export type PacketLength = number | 'not' | 'short';

/**
 * Length of the packet whose length bytes stand at `at`, as the PBX counts it. A length whose first byte is padding, flow
 * control or a line end is none: such bytes stand between plain lines.
 */
export function packetLengthAt(text: string, at: number, maxBytes: number): PacketLength {
  if (at >= text.length) return 'short';
  const low = text.charCodeAt(at);
  if (BETWEEN_LINES.includes(low)) return 'not';
  if (at + 1 === text.length) return 'short';
  const length = low + 256 * text.charCodeAt(at + 1);
  if (length > maxBytes) return 'not';
  for (let i = at + 2; i < at + LENGTH_BYTES; i++) {
    if (i === text.length) return 'short';
    if (text.charCodeAt(i) !== 0) return 'not';
  }
  return length;
}

/** NUL, LF, FF, CR, XON, XOFF, ^Z. */
const BETWEEN_LINES: readonly number[] = [0, 10, 12, 13, 0x11, 0x13, 0x1a];
