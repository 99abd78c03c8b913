/**
 * Vodavi STS, Triad, XTS: built by LG, sold in the USA. The public lines had their blanks collapsed by a capture program,
 * so only the order is known: station, line, duration, start, date, and the call type with its number.
 *
 *     1027 062 00:06:25 12:37 07/23/09 O18005425227
 *     1200 041 00:01:26 11:13 07/29/09 I9000 ** **9000 2025550143
 *
 * The number behind I is the group that rang; a caller's number stands last, a name behind it. `T`
 * is a leg taken over by transfer, of either direction.
 */
import { defineFormat, type Field } from '../engine.ts';
import { dateTime, duration } from '../readers.ts';
import { assemblyByLine, CODE_FIELDS } from './assembly.ts';
import { line, station, wholeRecord } from './fields.ts';
import { headings, noiseOf } from './noise.ts';

const NUMBER = /^[\d*#PpFf+.,X-]*$/;

const LETTERS = /\p{L}{2}/u;

interface Incoming {
  readonly group: string;
  readonly caller: string;
  readonly name: string;
}

function readIncoming(words: readonly string[]): Incoming | undefined {
  const [group = '', ...rest] = words;
  if (!/^\d*$/.test(group)) return undefined;
  const plain = rest.filter((word) => !word.startsWith('**'));
  const [caller = '', ...name] = plain;
  const printed = name.join(' ');
  if (/^\+?[\d-]*$/.test(caller)) {
    return printed === '' || LETTERS.test(printed) ? { group, caller, name: printed } : undefined;
  }
  // Where the number is hidden a word stands for it, behind the marks that stand in front of every caller.
  const isMarked = plain.length < rest.length;
  return isMarked && LETTERS.test(caller) ? { group, caller: '', name: plain.join(' ') } : undefined;
}

const dialled: Field = (cellOf) => {
  const [typeAt, restAt] = [cellOf('type'), cellOf('rest')];
  return (row, draft, state) => {
    const type = row[typeAt] ?? '';
    const rest = row[restAt] ?? '';
    const words = rest === '' ? [] : rest.split(/\s+/);
    draft.conditionCode = type;
    if (type === 'T' || type === 't') draft.transferred = true;
    const isOut = type === 'O' || (type === 'T' && !words.includes('**'));
    if (isOut) {
      const [number = '', ...more] = words.filter((word) => word !== '**');
      const [code, ...tooMuch] = more;
      if (!NUMBER.test(number) || tooMuch.length > 0) return 'bad-number';
      if (code !== undefined && !/^[\d*#]{1,12}$/.test(code)) return 'bad-account';
      if (type === 'O') draft.direction = 'outgoing';
      else state.doubts.push('direction-guessed');
      if (number !== '') draft.dialedNumber = number;
      if (code !== undefined) draft.accountCode = code;
      return undefined;
    }
    draft.direction = 'incoming';
    if (type === 'R' || type === 'G') draft.answered = false;
    const ringing = /^(\d*)\s*RI?NG\s+(\d+):(\d\d)$/.exec(rest);
    if (ringing !== null) {
      draft.ringSeconds = Number(ringing[2]) * 60 + Number(ringing[3]);
      if (ringing[1] !== '') draft.extra = { ...draft.extra, number: ringing[1] ?? '' };
      return undefined;
    }
    const found = readIncoming(words);
    if (found === undefined) return 'bad-number';
    if (found.group !== '') draft.extra = { ...draft.extra, number: found.group };
    if (found.caller !== '') draft.callerNumber = found.caller;
    if (found.name !== '') draft.callerName = found.name;
    return undefined;
  };
};

export const vodavi = defineFormat({
  id: 'vodavi',
  vendor: 'Vodavi',
  title: 'Vodavi STS, Triad, XTS',
  models: ['STS', 'Triad', 'XTS'],
  transports: ['serial', 'tcp-client', 'file'],
  confidence: 'documented',
  unsure: {
    en: 'Only lines with collapsed blanks are public, so fields are read by their order. No line with an account code was found: a further number behind an outgoing one is taken as the account code.',
    vi: 'Chỉ có những dòng công khai đã bị gộp khoảng trắng, nên các trường được đọc theo thứ tự. Chưa có dòng nào chứa mã tài khoản: số thứ hai đứng sau số gọi đi được coi là mã tài khoản.',
  },
  confusableWith: ['lg-ghx'],
  framing: { kind: 'line', maxBytes: 256 },
  options: [],
  defaults: { dateOrder: 'MDY', clock: '24h', timeIs: 'start' },
  codeFields: CODE_FIELDS,
  noise: noiseOf(headings.vodavi),
  layouts: [
    {
      kind: 'pattern',
      match:
        /^\s*(?<sta>[A-Z\d]{1,5})\s+(?<co>\d{3})\s+(?<time>\d\d:\d\d:\d\d)\s+(?<clock>\d\d:\d\d)\s+(?<date>\d\d\/\d\d\/\d\d)\s+(?<type>[OItTRGH])\s*(?<rest>.*)$/,
      columns: ['sta', 'co', 'time', 'clock', 'date', 'type', 'rest'],
      fields: [
        station('sta'),
        line('co'),
        duration('durationSeconds', 'time'),
        dateTime('date', 'clock'),
        dialled,
        wholeRecord,
      ],
    },
  ],
  assembly: assemblyByLine,
});
