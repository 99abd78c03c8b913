/** What the packets of the acknowledge protocol carry: a record, an answer without one, or a record that came before. */
import type { ParseOutcome, StreamContext } from '../types.ts';
import { IDENTIFIERS, PBX_ANSWERS, readPacket } from './packet.ts';

const LAST_SEQUENCE = 'necSequence';
const LAST_RECORD = 'necRecord';

const ANSWERS: Readonly<Record<string, string>> = {
  [PBX_ANSWERS.noRecord]: 'no-record',
  [PBX_ANSWERS.status]: 'pbx-status',
  [PBX_ANSWERS.parityError]: 'pbx-saw-parity-error',
  [PBX_ANSWERS.illegal]: 'pbx-saw-illegal-request',
};
/** The client's own packets are in captures of both directions. */
const OTHERS: Readonly<Record<string, string>> = {
  [IDENTIFIERS.request]: 'data-request',
  [IDENTIFIERS.clientAnswer]: 'acknowledgement',
  [IDENTIFIERS.status]: 'status-monitor',
  [IDENTIFIERS.disconnect]: 'disconnect',
};

const noise = (rule: string): ParseOutcome => ({ kind: 'noise', rule });

/**
 * The outcome of a packet. `readRecord` reads the text of a data packet. The PBX sends a record until it is acknowledged,
 * so one with the number and the content of the last is the same; only a new number makes an equal record a new call.
 */
export function packetOutcome(
  bytes: string,
  context: StreamContext,
  isParityChecked: boolean,
  readRecord: (text: string) => ParseOutcome,
): ParseOutcome {
  const packet = readPacket(bytes);
  if (packet === undefined) return { kind: 'malformed', reason: 'bad-packet' };
  if (!packet.isWhole) return { kind: 'malformed', reason: 'cut-short' };
  if (isParityChecked && !packet.isParityRight) return { kind: 'malformed', reason: 'bad-parity' };
  if (packet.identifier === IDENTIFIERS.data) {
    if (packet.sequence === '') return { kind: 'malformed', reason: 'cut-short' };
    if (context[LAST_SEQUENCE] === packet.sequence && context[LAST_RECORD] === packet.content) return noise('repeated');
    context[LAST_SEQUENCE] = packet.sequence;
    context[LAST_RECORD] = packet.content;
    return readRecord(packet.content);
  }
  if (packet.identifier === IDENTIFIERS.pbxAnswer) {
    // The code is the first character; what may stand behind it does not change what it means.
    const rule = ANSWERS[packet.content[0] ?? ''];
    return rule === undefined ? { kind: 'malformed', reason: 'unknown-answer' } : noise(rule);
  }
  const rule = OTHERS[packet.identifier];
  return rule === undefined ? { kind: 'malformed', reason: 'bad-packet' } : noise(rule);
}
