import { describe, expect, it } from 'vitest';
import { asteriskCsv } from '../../parsers/asterisk/asterisk-csv.ts';
import { brief, keyed, LINE, oneCall, PHONE } from './asterisk-calls.ts';
import { type Cdr, callsOf, callsOfAmi, callsOfCsv, csvLine } from './asterisk-cdr-writer.ts';

describe('lines and telephones that are Local channels', () => {
  const over = (line: string, serial: number) => ({
    to: `Local/0912345678@${line}-0000000${serial};1`,
    data: `Local/0912345678@${line}/n,60`,
  });

  it('makes one call on the second line, whatever the far dialplan writes of the first', () => {
    const congested: Cdr = { ...keyed, ...over('carrier-a', 1), end: 3, disposition: 'CONGESTION' };
    const second: Cdr = { ...keyed, ...over('carrier-b', 2), start: 3, answer: 3, born: 0 };
    const far: Cdr = {
      src: '110',
      dst: '0912345678',
      context: 'carrier-a',
      channel: 'Local/0912345678@carrier-a-00000001;2',
      app: 'Congestion',
      start: 1,
      end: 3,
      disposition: 'CONGESTION',
      id: 9,
      linked: 1,
    };
    const records = [congested, far, second];
    for (const calls of [callsOfCsv(records), callsOfAmi(records), callsOfAmi(records.toReversed())]) {
      expect(calls.filter((call) => call.direction !== 'none').map(brief)).toEqual([
        {
          direction: 'outgoing',
          answered: true,
          talkSeconds: 92,
          code: '0042',
          outsideNumber: '90912345678',
          extension: '110',
          trunk: 'Local/carrier-b',
        },
      ]);
    }
  });

  it('counts such a line on when it is transferred', () => {
    const first: Cdr = { ...keyed, ...over('carrier-a', 1), end: 60 };
    const rest: Cdr = {
      account: '0042',
      src: '0912345678',
      dst: '112',
      channel: 'Local/0912345678@carrier-a-00000001;1',
      to: 'PJSIP/112-00000004',
      data: 'PJSIP/112,30',
      start: 60,
      answer: 60,
      end: 200,
      id: 2,
      born: 1,
      linked: 1,
    };
    expect(brief(oneCall([first, rest]))).toMatchObject({ direction: 'outgoing', code: '0042', talkSeconds: 200 });
  });

  it('takes a telephone that is simulated by one for a telephone', () => {
    const channel = 'Local/110@internal-00000003;2';
    expect(brief(oneCall([{ ...keyed, channel }]))).toMatchObject({ direction: 'outgoing', extension: '110' });
    const { to: _line, ...prompt } = { ...keyed, channel, account: 'EXT110', app: 'Authenticate', data: '' };
    expect(oneCall([prompt]).direction).toBe('none');
  });

  it('gives a ring group called from outside to the telephone that answered', () => {
    const ring = (extension: string, answer?: number): Cdr => ({
      src: '0987654321',
      dst: '600',
      context: 'from-carrier',
      channel: 'Local/600@from-carrier-00000001;2',
      to: `PJSIP/${extension}-00000${extension}`,
      data: 'PJSIP/101&PJSIP/102&PJSIP/103,20',
      start: 0,
      ...(answer === undefined ? {} : { answer }),
      end: answer === undefined ? 6 : 66,
      id: 1,
      linked: 1,
    });
    expect(brief(oneCall([ring('101'), ring('102', 6), ring('103')]))).toMatchObject({
      direction: 'incoming',
      extension: '102',
      talkSeconds: 60,
      outsideNumber: '0987654321',
    });
  });
});

describe('a real office', () => {
  it.each(['phone110', 'ext110', 'ext-110', '110-desk', 'sipp110'])('knows the telephone %s', (name) => {
    const dialled = oneCall([{ ...keyed, channel: `PJSIP/${name}-00000001`, data: 'PJSIP/0912345678@co1' }]);
    expect(brief(dialled)).toMatchObject({ direction: 'outgoing', extension: '110' });
  });

  it('does not cut an extension out of the middle of a name', () => {
    const call = oneCall([{ ...keyed, channel: 'SIP/001565aabbcc-00000001' }]);
    expect(call.record.extension).toBe('110');
  });

  it('keeps a fixed account code from making a call of anything', () => {
    const inside: Cdr = { ...keyed, account: 'EXT110', dst: '112', to: 'PJSIP/112-00000009', data: 'PJSIP/112,30' };
    expect(brief(oneCall([inside]))).toMatchObject({ direction: 'internal', code: undefined });
    const came: Cdr = {
      ...inside,
      src: '0987654321',
      dst: '110',
      context: 'from-trunk',
      channel: LINE,
      to: PHONE,
      data: 'PJSIP/110',
    };
    expect(brief(oneCall([came]))).toMatchObject({ direction: 'incoming', extension: '110', code: undefined });
  });

  it('does not say that a call includes a prompt when its code was dialled in front of the number', () => {
    expect(oneCall([{ ...keyed, dst: '*55*0042*90912345678', answer: 1 }]).doubts).toEqual([]);
  });

  it('reads the personal code from the column that the site names', () => {
    const text = csvLine({ ...keyed, account: '7' }).replace(/""\n$/, '"note;0042"\n');
    const codes = (codeColumn: string) => callsOf(asteriskCsv, text, { codeColumn }).map((call) => call.code);
    expect(codes('accountcode')).toEqual(['7']);
    expect(codes('userfield')).toEqual(['0042']);
    expect(codes('dialled')).toEqual([undefined]);
  });

  it('counts a line on that is handed back to whoever asked for the call', () => {
    const asked: Cdr = {
      src: '112',
      dst: '110',
      channel: 'PJSIP/112-00000005',
      to: 'PJSIP/110-00000006',
      data: 'PJSIP/110',
      start: 0,
      answer: 4,
      end: 60,
      id: 5,
      linked: 5,
    };
    const joined: Cdr = {
      src: '110',
      dst: '',
      channel: 'PJSIP/110-00000006',
      to: LINE,
      app: 'AppDial',
      data: '(Outgoing Line)',
      start: 60,
      answer: 60,
      end: 200,
      id: 6,
      born: 0,
      linked: 5,
    };
    const calls = callsOfCsv([asked, { ...keyed, start: 10, answer: 10, end: 60 }, joined]);
    expect(calls.filter((call) => call.direction !== 'internal').map(brief)).toMatchObject([
      { direction: 'outgoing', code: '0042', talkSeconds: 190 },
    ]);
  });

  it('counts a parked line on until it is released, also on a port whose name never changes', () => {
    const port = { to: 'DAHDI/1-1', data: 'DAHDI/1/0912345678' };
    const parked: Cdr = {
      src: '0912345678',
      dst: '700',
      channel: 'DAHDI/1-1',
      app: 'Park',
      start: 60,
      answer: 60,
      end: 80,
      id: 2,
      born: 1,
    };
    const fetched: Cdr = {
      account: 'EXT112',
      src: '112',
      dst: '701',
      channel: 'PJSIP/112-00000005',
      to: 'DAHDI/1-1',
      app: 'ParkedCall',
      data: 'default,701',
      start: 80,
      answer: 80,
      end: 200,
      id: 3,
    };
    expect(callsOfCsv([{ ...keyed, ...port, end: 60 }, parked, fetched]).map(brief)).toMatchObject([
      { direction: 'outgoing', extension: '110', code: '0042', talkSeconds: 200 },
    ]);
  });

  it('ties a transfer on a port without ids by the number that was dialled', () => {
    const first: Cdr = { ...keyed, to: 'DAHDI/1-1', data: 'DAHDI/1/0912345678', end: 60 };
    const rest: Cdr = {
      ...first,
      src: '0912345678',
      dst: '112',
      channel: 'DAHDI/1-1',
      to: 'PJSIP/112-00000004',
      data: 'PJSIP/112,30',
      start: 60,
      answer: 60,
      end: 200,
    };
    const read = (later: Cdr) =>
      callsOf(asteriskCsv, [first, later].map((cdr) => csvLine(cdr).split(',').slice(0, -2).join(',')).join('\n'));
    expect(read(rest).map(brief)).toMatchObject([{ direction: 'outgoing', talkSeconds: 200 }]);
    expect(read({ ...rest, account: '', src: '0987654321' })).toHaveLength(2);
  });
});
