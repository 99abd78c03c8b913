/**
 * Avaya Communication Manager, two customized records. The 97-character one prints the ring time of incoming calls in
 * records of their own (G answered, H abandoned) and the code as an authorization code; the 80-character one has an account
 * code and the day first. Both print one record for each party of a transferred call, and the minute in which it ended. A call
 * that the switch refused is E; outgoing calls that nobody answered are not recorded.
 */
import { localText } from '../../model/time.ts';
import { type CallEncoder, type EncodedCall, endOf, fullTruth } from '../encoder.ts';
import { type Cell, placed } from '../printed.ts';
import type { SimulatedCall } from '../traffic.ts';

const ROUTE_CODE = '9';
const OUT_TRUNK_CODE = '8112';
const IN_TRUNK_CODE = '8101';

interface Printed {
  readonly condition: string;
  readonly endLocalSeconds: number;
  readonly seconds: number;
  readonly calling: string;
  readonly dialled: string;
  readonly code?: string;
  readonly outCircuit?: string;
  readonly inCircuit?: string;
  readonly isRefused?: boolean;
}

/** A cell that ends at the right end of its field. */
const right = (start: number, width: number, text: string): Cell => [start + width - text.length, text];
const seconds = (count: number): string => String(count).padStart(5, '0');

function packed(localSeconds: number, order: 'DMY' | 'MDY'): { readonly date: string; readonly time: string } {
  const printed = localText(localSeconds);
  const [year, month, day] = [printed.slice(2, 4), printed.slice(5, 7), printed.slice(8, 10)];
  return {
    date: order === 'DMY' ? day + month + year : month + day + year,
    time: printed.slice(11, 13) + printed.slice(14, 16),
  };
}

function codesOf({ outCircuit, isRefused }: Printed): readonly [dialled: string, used: string] {
  if (isRefused === true) return [ROUTE_CODE, ''];
  return outCircuit === undefined ? ['', ''] : [ROUTE_CODE, OUT_TRUNK_CODE];
}

function line97(record: Printed): string {
  const { date, time } = packed(record.endLocalSeconds, 'MDY');
  const [dialCode, usedCode] = codesOf(record);
  return placed(95, [
    [1, date],
    [8, time],
    right(13, 5, seconds(record.seconds)),
    right(19, 15, record.calling),
    right(35, 23, record.dialled),
    right(59, 13, record.code ?? ''),
    right(73, 4, record.inCircuit === undefined ? '' : IN_TRUNK_CODE),
    right(77, 3, record.inCircuit?.padStart(3, '0') ?? ''),
    right(81, 4, dialCode),
    right(86, 4, usedCode),
    right(90, 3, record.outCircuit?.padStart(3, '0') ?? ''),
    [94, record.condition],
  ]);
}

function line80(record: Printed): string {
  const { date, time } = packed(record.endLocalSeconds, 'DMY');
  const [dialCode, usedCode] = codesOf(record);
  return placed(80, [
    [1, record.condition],
    [3, date],
    [10, time],
    right(15, 5, seconds(record.seconds)),
    right(21, 4, dialCode),
    right(25, 4, usedCode),
    right(30, 17, record.dialled),
    right(48, 10, record.calling),
    right(59, 10, record.code ?? ''),
    right(70, 2, record.outCircuit ?? ''),
    right(73, 3, record.inCircuit?.padStart(3, '0') ?? ''),
    right(77, 4, record.inCircuit === undefined ? '' : IN_TRUNK_CODE),
  ]);
}

function outgoing(call: SimulatedCall): readonly Printed[] {
  const base = { calling: call.extension, dialled: call.outsideNumber, code: call.codeDialled, condition: '7' };
  const end = endOf(call);
  if (call.codeDialled !== '' && call.person === '') {
    const at = call.startLocalSeconds + call.ringSeconds;
    return [{ ...base, condition: 'E', endLocalSeconds: at, seconds: 0, isRefused: true }];
  }
  if (!call.isAnswered) return [];
  const { transfer, trunk: outCircuit } = call;
  if (transfer === undefined) return [{ ...base, outCircuit, endLocalSeconds: end, seconds: call.talkSeconds }];
  const own = call.talkSeconds - transfer.talkSeconds;
  return [
    { ...base, outCircuit, endLocalSeconds: end - transfer.talkSeconds, seconds: own },
    {
      ...base,
      outCircuit,
      code: '',
      calling: transfer.extension,
      endLocalSeconds: end,
      seconds: transfer.talkSeconds,
    },
  ];
}

function incoming(call: SimulatedCall, hasRingRecords: boolean): readonly Printed[] {
  const base = { calling: call.outsideNumber, dialled: call.extension, inCircuit: call.trunk };
  const answeredAt = call.startLocalSeconds + call.ringSeconds;
  const ring = { ...base, endLocalSeconds: answeredAt, seconds: call.ringSeconds };
  const talk = { ...base, condition: '9', endLocalSeconds: endOf(call), seconds: call.talkSeconds };
  if (!hasRingRecords) return call.isAnswered ? [talk] : [];
  return call.isAnswered ? [{ ...ring, condition: 'G' }, talk] : [{ ...ring, condition: 'H' }];
}

function encode(call: SimulatedCall, formatId: string): EncodedCall {
  const is97 = formatId === 'avaya-cm-custom-97';
  const internal: Printed = {
    condition: '0',
    endLocalSeconds: endOf(call),
    seconds: call.talkSeconds,
    calling: call.extension,
    dialled: call.insideNumber,
  };
  const records =
    call.direction === 'outgoing' ? outgoing(call) : call.direction === 'incoming' ? incoming(call, is97) : [internal];
  const truth = fullTruth(call);
  const isRefused = records.some((record) => record.isRefused);
  return {
    records: records.map((record) => ({
      text: `${is97 ? line97(record) : line80(record)}\r\n`,
      atLocalSeconds: record.endLocalSeconds,
    })),
    truth: isRefused ? { ...truth, isAnswered: false, talkSeconds: 0, charge: undefined } : truth,
  };
}

export const avayaCmEncoder: CallEncoder = { formatIds: ['avaya-cm-custom-97', 'avaya-cm-custom-80'], encode };
