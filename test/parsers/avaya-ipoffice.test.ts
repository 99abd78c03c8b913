import { describe, expect, it } from 'vitest';
import type { AssembledCall } from '../../core/model/call.ts';
import { createAssembler } from '../../parsers/assembler.ts';
import { avayaIpOffice } from '../../parsers/avaya/avaya-ipoffice.ts';
import { parseText } from '../../parsers/parse-stream.ts';
import type { FormatOptions, ParseOutcome } from '../../parsers/types.ts';

interface Segment {
  readonly start?: string;
  readonly talk?: string;
  readonly ring?: number;
  readonly caller?: string;
  readonly letter?: 'I' | 'O';
  readonly called?: string;
  readonly dialled?: string;
  readonly account?: string;
  readonly internal?: string;
  readonly id?: number;
  readonly continues?: boolean;
  readonly party1?: string;
  readonly party2?: string;
  /** Fields from the hold time on. */
  readonly tail?: string;
}

/** A segment: an answered outgoing call of 201 over line 1 unless told otherwise. */
function segment(s: Segment): string {
  const called = s.called ?? '0912345678';
  return [
    s.start ?? '2026/11/16 09:00:00',
    s.talk ?? '00:01:00',
    s.ring ?? 5,
    s.caller ?? '201',
    s.letter ?? 'O',
    called,
    s.dialled ?? called,
    s.account ?? '',
    s.internal ?? '0',
    s.id ?? 1000001,
    s.continues === true ? 1 : 0,
    s.party1 ?? 'E201,Lan',
    s.party2 ?? 'T9001,Line 1.1',
    s.tail ?? '0,0',
  ].join(',');
}

const parse = (line: string, options: FormatOptions = {}): ParseOutcome =>
  avayaIpOffice.create(options).parse(line, {});

function recordOf(line: string, options: FormatOptions = {}) {
  const outcome = parse(line, options);
  if (outcome.kind !== 'call') throw new Error(JSON.stringify(outcome));
  return outcome.record;
}

function callsOf(lines: readonly string[], options: FormatOptions = {}): AssembledCall[] {
  const assembler = createAssembler(avayaIpOffice, options);
  const calls = new Map<number, AssembledCall>();
  for (const { outcome, offset, length } of parseText(avayaIpOffice, options, `${lines.join('\r\n')}\r\n`)) {
    if (outcome.kind !== 'call') throw new Error(JSON.stringify(outcome));
    const entry = { record: outcome.record, part: false, doubts: [], sourceOffset: offset, byteLength: length };
    const step = assembler.push(entry, Date.parse(`${outcome.record.start}Z`) / 1000);
    calls.set(step.firstOffset, step.call);
  }
  return [...calls.values()];
}

const brief = ({ direction, answered, talkSeconds, code, outsideNumber, record }: AssembledCall) => ({
  direction,
  answered,
  talkSeconds,
  code,
  outsideNumber,
  extension: record.extension,
  trunk: record.trunk,
});

const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

describe('an IP Office line', () => {
  it('is read by position whatever the number of fields', () => {
    const seventeen = segment({});
    const more = ',1,4711,Lan,0.50,VND,0,2,0,2500,100,,,,10.0.0.1,20868,0.0.0.0,0,2026/11/16 02:01:05,2,1';
    expect(seventeen.split(',')).toHaveLength(17);
    for (const count of [17, 30, 31, 34, 35, 37]) {
      const record = recordOf(`${seventeen}${more}`.split(',').slice(0, count).join(','));
      expect(record).toMatchObject({ direction: 'outgoing', extension: '201', trunk: 'T9001', durationSeconds: 60 });
      expect(record.authCode).toBe(count > 17 ? '4711' : undefined);
      expect(record.cost).toBe(count > 17 ? '0.50' : undefined);
      expect(record.extra?.['SmdrRecordTime']).toBe(count > 34 ? '2026/11/16 02:01:05' : undefined);
    }
    expect(recordOf(`${seventeen}${more},,,x`).authCode).toBe('4711');
  });

  it('is put straight when names hold commas', () => {
    const line = segment({ party1: 'E201,Nguyen, Lan, Ms', party2: 'T9161,LINE 5.1, old', tail: '7,3,1,4711' });
    expect(recordOf(line)).toMatchObject({
      extension: '201',
      callerName: 'Nguyen, Lan, Ms',
      trunk: 'T9161',
      holdSeconds: 7,
      parkSeconds: 3,
      authCode: '4711',
    });
  });

  it('reads names in UTF-8, else byte for byte', () => {
    expect(recordOf(latin1(segment({ party1: 'E201,Hoà' }))).callerName).toBe('Hoà');
    expect(recordOf(segment({ party1: 'E201,Jos\xe9' })).callerName).toBe('José');
  });

  it('takes neither n/a nor a refused code for a code', () => {
    expect(recordOf(segment({ tail: '0,0,,n/a' })).authCode).toBeUndefined();
    const refused = recordOf(segment({ tail: '0,0,0,9999' }));
    expect(refused.authCode).toBeUndefined();
    expect(refused.extra?.['AuthCode']).toBe('9999');
  });

  it('is outgoing only over a line', () => {
    const direction = (s: Segment) => recordOf(segment(s)).direction;
    expect(direction({})).toBe('outgoing');
    expect(direction({ letter: 'I', party1: 'E201,Lan' })).toBe('incoming');
    expect(direction({ internal: '1', party2: 'E202,Mai' })).toBe('internal');
    expect(direction({ internal: 'I', party2: 'E202,Mai' })).toBe('internal');
    expect(direction({ party2: 'V9511,VM Channel 11' })).toBeUndefined();
    expect(direction({ party2: 'V8000,U1 0.0' })).toBeUndefined();
  });

  it.each([
    ['0000.00', '0.00'],
    ['0', '0'],
    ['0012.5', '12.5'],
  ])('states the charge %s, also one of nothing, as %s', (printed, cost) => {
    expect(recordOf(segment({ tail: `0,0,,,Extn201,${printed},EUR` }))).toMatchObject({ cost, currency: 'EUR' });
  });

  it('states no charge where none is printed', () => {
    expect(recordOf(segment({ tail: '0,0,,,,,,,' }))).not.toHaveProperty('cost');
  });

  it('is read with quoted fields and one-digit hours too', () => {
    const line = segment({ start: '2026/03/02 9:05:07', party1: 'E201,Lan' });
    expect(recordOf(line).start).toBe('2026-03-02T09:05:07');
    const quoted = line
      .split(',')
      .map((field) => `"${field}"`)
      .join(',');
    expect(recordOf(quoted)).toEqual(recordOf(line));
  });

  it('is read where only the fields that hold a comma are quoted', () => {
    const whole = segment({ party1: 'E201,Nguyen, Lan' });
    expect(recordOf(whole.replace('Nguyen, Lan', '"Nguyen, Lan"'))).toEqual(recordOf(whole));
    expect(recordOf(segment({ party1: 'E201,Lan "Mimi" Le' })).callerName).toBe('Lan "Mimi" Le');
  });

  it('cuts a caller at the @ of a SIP address', () => {
    expect(recordOf(segment({ letter: 'I', caller: '0987654321@10.0.0.9' })).callerNumber).toBe('0987654321');
  });

  it('is noise as a heading and malformed as anything else', () => {
    const heading = 'Call Start,Connected Time,Ring Time,Caller,Direction,Called Number,Dialled Number,Account';
    expect(parse(heading)).toEqual({ kind: 'noise', rule: 'heading' });
    expect(parse('hello, world').kind).toBe('malformed');
    expect(parse(segment({ talk: '1 min' }))).toMatchObject({ reason: 'bad-duration' });
    expect(parse(segment({ party1: 'X201,Lan' }))).toMatchObject({ reason: 'bad-party' });
    const whole = segment({});
    for (let length = 0; length < whole.indexOf(',T9001'); length++) {
      expect(parse(whole.slice(0, length)).kind).not.toBe('call');
    }
  });

  it('keeps a record with an impossible date and says so', () => {
    expect(parse(segment({ start: '2026/02/30 09:00:00' }))).toMatchObject({
      kind: 'call',
      doubts: ['date-impossible'],
    });
  });

  it('is read behind the mark of a UTF-8 file and behind a bell', () => {
    const whole = segment({});
    for (const front of ['\xef\xbb\xbf', '\x07']) expect(recordOf(`${front}${whole}`)).toEqual(recordOf(whole));
  });

  it('is read behind NULs', () => {
    const kinds = parseText(avayaIpOffice, {}, `\0\0${segment({})}\n\0\0`).map(({ outcome }) => outcome.kind);
    expect(kinds.filter((kind) => kind !== 'noise')).toEqual(['call']);
    expect(recordOf(`\0\0${segment({})}`).extension).toBe('201');
  });
});

describe('the personal code', () => {
  const both = segment({ account: '120', tail: '0,0,1,4711' });
  const found = (line: string, codeSource?: string) => {
    const [call] = callsOf([line], codeSource === undefined ? {} : { codeSource });
    return [call?.code, call?.codeField];
  };

  it('is the authorization code, else the account code, unless the site says', () => {
    expect(found(both)).toEqual(['4711', 'authorization']);
    expect(found(segment({ account: '120' }))).toEqual(['120', 'account']);
    expect(found(both, 'account-then-authorization')).toEqual(['120', 'account']);
    expect(found(segment({ account: '120' }), 'authorization')).toEqual([undefined, undefined]);
    expect(found(both, 'account')).toEqual(['120', 'account']);
  });

  it('is the last one attached to the call', () => {
    const calls = callsOf([segment({ account: '120', continues: true }), segment({ account: '130' })]);
    expect(calls.map((call) => call.code)).toEqual(['130']);
  });
});

describe('the segments of one call', () => {
  it('are tied by Call ID and start, through other calls', () => {
    const calls = callsOf([
      segment({ id: 1000001, continues: true, talk: '00:00:20' }),
      segment({ id: 1000002, caller: '203', party1: 'E203,Mai' }),
      segment({ id: 1000001, talk: '00:00:40', party1: 'E205,Ha' }),
    ]);
    expect(calls.map(brief)).toMatchObject([
      { direction: 'outgoing', talkSeconds: 60, extension: '201' },
      { direction: 'outgoing', talkSeconds: 60, extension: '203' },
    ]);
    expect(calls[0]?.record.transferred).toBe(true);
    expect(calls[0]?.legs).toHaveLength(2);
  });

  it('are another call when the system restarted and the ID came again', () => {
    const first = segment({ continues: true });
    expect(callsOf([first, segment({ start: '2026/11/16 10:30:00' })])).toHaveLength(2);
    expect(callsOf([segment({}), segment({})])).toHaveLength(2);
  });

  it('of a conference leave the line to the telephone that dialled', () => {
    const calls = callsOf([
      segment({ talk: '00:00:03', caller: '2101', called: '8262623#', party1: 'E2101,Extn2101', continues: true }),
      segment({ id: 1000009, talk: '00:00:46', called: '*47', internal: '1', party2: 'V11001,CO Channel 100.1' }),
      segment({ talk: '00:00:49', caller: '', called: '8262623#', party1: 'V11002,CO Channel 100.2' }),
    ]);
    expect(calls.map(brief)).toMatchObject([
      { direction: 'outgoing', extension: '2101', talkSeconds: 52, outsideNumber: '8262623', trunk: 'T9001' },
      { direction: 'internal', outsideNumber: undefined },
    ]);
  });

  it('give a picked-up call to the telephone that picked it up', () => {
    const came = { letter: 'I', caller: '0987654321', called: '390', dialled: '390664' } as const;
    const calls = callsOf([
      segment({ ...came, talk: '00:00:00', party1: 'E2124,Extn2124', continues: true }),
      segment({ ...came, talk: '00:00:38', party1: 'E2121,Extn2121' }),
    ]);
    expect(calls.map(brief)).toEqual([
      {
        direction: 'incoming',
        answered: true,
        talkSeconds: 38,
        code: undefined,
        outsideNumber: '0987654321',
        extension: '2121',
        trunk: 'T9001',
      },
    ]);
  });

  it('make no outside call of voicemail and tones, and an unanswered one of silence', () => {
    const [voicemail, tone, lost] = [
      segment({ party2: 'V9511,VM Channel 11', called: '222' }),
      segment({ party2: 'V8000,U1 0.0', called: '*88', talk: '00:00:00' }),
      segment({ letter: 'I', caller: '0987654321', talk: '00:00:00' }),
    ].flatMap((line) => callsOf([line]));
    expect(voicemail?.direction).toBe('internal');
    expect(tone?.direction).toBe('none');
    expect(lost).toMatchObject({ direction: 'incoming', answered: false, talkSeconds: 0 });
  });

  it('name both lines of a call that was forwarded outside', () => {
    const calls = callsOf([
      segment({ letter: 'I', caller: '0987654321', talk: '00:00:00', continues: true }),
      segment({
        caller: '',
        party1: 'T9002,Line 2.1',
        party2: 'T9003,Line 3.1',
        tail: '0,0,,,,,,,,,,,U fu,Lan,0911111111',
      }),
    ]);
    expect(calls.map(brief)).toMatchObject([{ direction: 'tandem', trunk: 'T9001', outsideNumber: '0911111111' }]);
    expect(calls[0]?.record.trunkOut).toBe('T9003');
  });
});
