/**
 * NEAX and SV PBXs: K records, however they come (nec-framer.ts): as packets of the acknowledge protocol on TCP port
 * 60010, between STX and ETX from a serial port, or as lines of a logger. The record prints start and end; older software
 * prints no year.
 */
import type { FormatDefinition, FrameParser, OptionDefinition, ParseOutcome } from '../types.ts';
import { readFlexibleRecord } from './flexible-record.ts';
import { type KOptions, type KOutcome, readKRecord } from './k-record.ts';
import { kRecordAssembly, NEAX_CODE_FIELDS } from './neax-assembly.ts';
import { MAX_TEXT_BYTES, PACKET_OVERHEAD, SYN } from './packet.ts';
import { packetOutcome } from './packets.ts';

const STX = '\x02';
const ETX = '\x03';

const parityOption: OptionDefinition = {
  name: 'packetParity',
  kind: 'choice',
  choices: ['checked', 'ignored'],
  default: 'checked',
  help: {
    en: 'The check byte of each packet on TCP port 60010. Choose "ignored" only if the PBX is set to another kind of parity (CM08>828) and every record comes out as damaged.',
    vi: 'Byte kiểm tra của mỗi gói tin ở cổng TCP 60010. Chỉ chọn "ignored" nếu tổng đài được đặt kiểu kiểm tra khác (CM08>828) và mọi bản ghi đều bị báo hỏng.',
  },
};
const incomingAreaOption: OptionDefinition = {
  name: 'incomingArea',
  kind: 'choice',
  choices: ['caller', 'codes'],
  default: 'caller',
  help: {
    en: 'What columns 98 to 115 of incoming records hold: the caller’s number (NEAX 2000) or office and authorization codes. Call in from a known number and look.',
    vi: 'Cột 98 đến 115 của bản ghi gọi đến chứa gì: số người gọi (NEAX 2000) hay mã tổng đài và mã xác thực. Hãy gọi vào từ một số đã biết rồi xem.',
  },
};

/** Flow control and bells that a line brings along. */
const CONTROL_IN_FRONT = /^[\x00-\x1f]+/;

const noise = (rule: string): ParseOutcome => ({ kind: 'noise', rule });
const malformed = (reason: string): ParseOutcome => ({ kind: 'malformed', reason });

function outcomeOf(outcome: KOutcome): ParseOutcome {
  if ('reason' in outcome) return malformed(outcome.reason);
  const { record, doubts } = outcome;
  return doubts.length === 0 ? { kind: 'call', record } : { kind: 'call', record, doubts };
}

/** System address, unit address, `K` and the kind. */
const HEAD = /^\d[!-/]K[A-Z]/;

function neaxParser(
  isParityChecked: boolean,
  kinds: string,
  readRecord: (text: string) => KOutcome,
): FrameParser['parse'] {
  const readText = (text: string): ParseOutcome => {
    if (!HEAD.test(text)) return malformed('unknown-line');
    return kinds.includes(text[3] ?? '') ? outcomeOf(readRecord(text)) : malformed('other-kind');
  };
  const readContent = (content: string): ParseOutcome => {
    const start = content.startsWith(STX) ? 1 : 0;
    const end = content.indexOf(ETX);
    return readText(content.slice(start, end < 0 ? undefined : end));
  };
  return (text, context) => {
    if (text.startsWith(SYN) && text.length > 1) return packetOutcome(text, context, isParityChecked, readContent);
    if (text.length <= 1) return noise('parity-byte');
    if (text.trim() === '') return noise('blank');
    return readText(text.charCodeAt(0) < 32 ? text.replace(CONTROL_IN_FRONT, '') : text);
  };
}

const common = {
  vendor: 'NEC',
  transports: ['nec-link', 'serial', 'tcp-client', 'tcp-listener', 'file'],
  framing: { kind: 'nec', maxBytes: MAX_TEXT_BYTES + PACKET_OVERHEAD },
  defaults: {},
  codeFields: NEAX_CODE_FIELDS,
  assembly: kRecordAssembly,
} as const satisfies Partial<FormatDefinition>;

export const neax: FormatDefinition = {
  ...common,
  id: 'nec-neax',
  title: 'NEC NEAX, SV8300 to SV9500, K records',
  models: [
    'NEAX 2000 IVS',
    'NEAX 2000 IPS',
    'NEAX 2400 IMX',
    'NEAX 2400 IPX',
    'NEAX 7400 ICS',
    'SV8300',
    'SV8500',
    'SV9300',
    'SV9500',
  ],
  confidence: 'proved',
  unsure: {
    en: 'Proved for the kinds KA and KE. KH, KI and KJ are read as their longer forms; where their caller number begins (column 131) is not proved. Older software prints no year.',
    vi: 'Đã kiểm chứng với loại KA và KE. KH, KI, KJ được hiểu là dạng dài của KA, KB, KE; chưa chứng minh được số người gọi của chúng bắt đầu ở cột 131. Phần mềm cũ không in năm.',
  },
  options: [parityOption, incomingAreaOption],
  create(options) {
    const incomingArea: KOptions['incomingArea'] = options['incomingArea'] === 'codes' ? 'codes' : 'caller';
    const isParityChecked = options['packetParity'] !== 'ignored';
    return { parse: neaxParser(isParityChecked, 'ABEHIJ', (text) => readKRecord(text, { incomingArea })) };
  },
};

export const neaxFlexible: FormatDefinition = {
  ...common,
  id: 'nec-neax-flexible',
  title: 'NEC SV8500, SV9500, flexible K records',
  models: ['SV8500', 'SV9500', 'NEAX 2400 IPX'],
  confidence: 'unconfirmed',
  unsure: {
    en: 'No real record was found. Above all check extensions, trunks and caller numbers of the first calls, and keep a capture.',
    vi: 'Chưa tìm được bản ghi thật nào. Hãy kiểm tra kỹ máy lẻ, trung kế và số người gọi của những cuộc gọi đầu tiên, và giữ lại dữ liệu gốc.',
  },
  options: [parityOption],
  create(options) {
    return { parse: neaxParser(options['packetParity'] !== 'ignored', 'KLM', readFlexibleRecord) };
  },
};
