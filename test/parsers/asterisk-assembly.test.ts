import { describe, expect, it } from 'vitest';
import { asteriskCsv } from '../../parsers/asterisk/asterisk-csv.ts';
import { brief, keyed, LINE, LINE2, oneCall, PHONE } from './asterisk-calls.ts';
import { type Cdr, callsOf, callsOfAmi, callsOfCsv, csvLine } from './asterisk-cdr-writer.ts';

describe('an outgoing call with a keyed code', () => {
  it('is booked to the code that Authenticate() put into the account code', () => {
    const call = oneCall([keyed]);
    expect(brief(call)).toEqual({
      direction: 'outgoing',
      answered: true,
      talkSeconds: 95,
      code: '0042',
      outsideNumber: '90912345678',
      extension: '110',
      trunk: 'PJSIP/line1',
    });
    expect(call.codeField).toBe('account');
  });

  it('says that the talk time includes the code prompt, and takes off what the site says', () => {
    expect(oneCall([keyed]).doubts).toEqual(['talk-includes-code-prompt']);
    expect(oneCall([keyed], { promptSeconds: '6' }).talkSeconds).toBe(89);
  });

  it('has no such doubt when it rang before it was answered', () => {
    const call = oneCall([{ ...keyed, answer: 9 }], { promptSeconds: '6' });
    expect(call.doubts).toEqual([]);
    expect(call.talkSeconds).toBe(86);
    expect(call.ringSeconds).toBe(9);
  });

  it('takes the code out of a number dialled as *55*CODE*9NUMBER, and out of what is shown', () => {
    const call = oneCall([{ ...keyed, account: '', dst: '*55*0042*90912345678', answer: 9 }]);
    expect(brief(call)).toMatchObject({ direction: 'outgoing', code: '0042', outsideNumber: '90912345678' });
    expect(call.codeField).toBe('dialled');
    expect(call.record.dialedNumber).toBe('90912345678');
    expect(call.legs.map((leg) => leg.dialedNumber)).toEqual(['90912345678']);
  });

  it('follows another way of dialling codes, or none', () => {
    const dialled = { ...keyed, account: '', dst: '#77#0042#0912345678', answer: 9 };
    expect(oneCall([dialled], { dialPattern: '#NN#CODE#NUMBER' }).code).toBe('0042');
    expect(oneCall([{ ...dialled, dst: '*55*0042*0912345678' }], { dialPattern: 'off' }).code).toBeUndefined();
  });

  it('does not take a telephone or a tenant for a person', () => {
    const call = oneCall([{ ...keyed, account: 'EXT110' }]);
    expect(call.code).toBeUndefined();
    expect(call.record.accountCode).toBe('EXT110');
    expect(oneCall([{ ...keyed, account: 'EXT110', dst: '*55*0042*90912345678' }]).code).toBe('0042');
    expect(oneCall([{ ...keyed, account: 'NV-7' }], { personalCodePattern: '^NV-\\d+$' }).code).toBe('NV-7');
  });
});

describe('records that took no outside line', () => {
  const prompt: Cdr = {
    ...keyed,
    account: '',
    app: 'Hangup',
    data: '',
    start: 0,
    answer: 0,
    end: 4,
    disposition: 'ANSWERED',
  };
  const { to: _line, ...noLine } = prompt;

  it('makes no outside call of wrong codes or a hang-up at the prompt', () => {
    for (const app of ['Hangup', 'Authenticate', 'Playback', 'Congestion']) {
      expect(brief(oneCall([{ ...noLine, app }]))).toMatchObject({
        direction: 'none',
        answered: false,
        talkSeconds: 0,
        code: undefined,
        outsideNumber: undefined,
      });
    }
  });

  it('makes none of a right code followed by a hang-up', () => {
    expect(oneCall([{ ...noLine, account: '0042' }]).direction).toBe('none');
  });

  it('makes none of a refused code inside the dialled number, and does not show that code', () => {
    const { answer: _answer, ...refused } = {
      ...noLine,
      dst: '*55*9999*90912345678',
      disposition: 'NO ANSWER' as const,
    };
    const call = oneCall([refused]);
    expect(call.direction).toBe('none');
    expect(call.code).toBeUndefined();
    expect(call.record.dialedNumber).toBe('90912345678');
  });

  it('makes none of the far half of an unanswered call', () => {
    const far: Cdr = {
      src: '90912345678',
      dst: '',
      context: 'from-trunk',
      channel: LINE,
      app: 'AppDial',
      data: '(Outgoing Line)',
      start: 2,
      end: 20,
      id: 2,
      linked: 1,
      sequence: 2,
    };
    expect(oneCall([far]).direction).toBe('none');
    const { answer: _answer, ...rang } = { ...keyed, disposition: 'NO ANSWER' as const };
    expect(brief(oneCall([rang, far]))).toMatchObject({ direction: 'outgoing', answered: false, code: '0042' });
  });
});

describe('several records of one channel', () => {
  it.each(['BUSY', 'NO ANSWER'] as const)('makes one unanswered call of %s and a false ANSWERED', (disposition) => {
    const { to: _line, ...ended } = keyed;
    const failed: Cdr = { ...keyed, answer: 0, end: 30, disposition };
    const falseAnswer: Cdr = { ...ended, app: 'Hangup', data: '', start: 30, answer: 30, end: 30, sequence: 2 };
    const call = oneCall([failed, falseAnswer]);
    expect(brief(call)).toMatchObject({ direction: 'outgoing', answered: false, talkSeconds: 0, code: '0042' });
    expect(call.legs).toHaveLength(1);
  });

  it('makes one call on the second line when the first is congested', () => {
    const congested: Cdr = { ...keyed, end: 8, disposition: 'CONGESTION' };
    const second: Cdr = { ...keyed, to: LINE2, data: 'PJSIP/0912345678@line2,60', start: 8, answer: 8, sequence: 2 };
    const call = oneCall([congested, second]);
    expect(brief(call)).toMatchObject({ direction: 'outgoing', talkSeconds: 87, code: '0042', trunk: 'PJSIP/line2' });
    expect(call.legs.map((leg) => leg.trunk)).toEqual(['PJSIP/line1', 'PJSIP/line2']);
  });

  it('gives a ring group of three to the telephone that answered', () => {
    const ring = (extension: string, serial: number, answer?: number): Cdr => ({
      src: '0987654321',
      dst: '600',
      context: 'from-trunk',
      channel: LINE,
      to: `PJSIP/${extension}-0000001${serial}`,
      data: 'PJSIP/101&PJSIP/102&PJSIP/103,20',
      start: 0,
      ...(answer === undefined ? {} : { answer }),
      end: answer === undefined ? 6 : 66,
      id: 1,
      linked: 1,
      sequence: serial,
    });
    expect(brief(oneCall([ring('101', 1), ring('102', 2, 6), ring('103', 3)]))).toEqual({
      direction: 'incoming',
      answered: true,
      talkSeconds: 60,
      code: undefined,
      outsideNumber: '0987654321',
      extension: '102',
      trunk: 'PJSIP/line1',
    });
    expect(brief(oneCall([ring('101', 1), ring('102', 2), ring('103', 3)]))).toMatchObject({
      direction: 'incoming',
      answered: false,
      talkSeconds: 0,
    });
  });

  it('counts a queue call by the telephone, not by the queue that answered the line', () => {
    const menu: Cdr = {
      src: '0987654321',
      dst: '1',
      context: 'ivr-main',
      channel: 'SIP/KTTK-000009ae',
      to: 'Local/2998@default-000005b6;1',
      data: 'Local/2998@default',
      start: 0,
      answer: 0,
      end: 9,
      id: 1,
      linked: 1,
    };
    const taken: Cdr = { ...menu, to: 'SIP/2910-000009b0', start: 9, answer: 9, end: 59 };
    expect(brief(oneCall([menu, taken]))).toMatchObject({
      direction: 'incoming',
      extension: '2910',
      talkSeconds: 50,
      outsideNumber: '0987654321',
    });
    const { to: _to, ...abandoned } = menu;
    expect(brief(oneCall([{ ...abandoned, app: 'Queue', data: 'support-420' }]))).toMatchObject({
      direction: 'incoming',
      answered: false,
      talkSeconds: 0,
    });
  });

  it('keeps two answered calls apart that one channel made under two codes', () => {
    const again: Cdr = {
      ...keyed,
      account: '77',
      dst: '90900000001',
      to: LINE2,
      start: 96,
      answer: 96,
      end: 146,
      born: 0,
    };
    for (const calls of [callsOfCsv([keyed, again]), callsOfAmi([again, keyed])]) {
      expect(calls.map((call) => [call.code, call.talkSeconds]).sort()).toEqual([
        ['0042', 95],
        ['77', 50],
      ]);
    }
  });

  it('are tied without a uniqueid by the channel they share', () => {
    const { to: _line, ...ended } = keyed;
    const busy: Cdr = { ...keyed, answer: 0, end: 30, disposition: 'BUSY' };
    const falseAnswer: Cdr = { ...ended, app: 'Hangup', data: '', start: 30, answer: 30, end: 30 };
    const text = [busy, falseAnswer].map((cdr) => csvLine(cdr).split(',').slice(0, -2).join(','));
    const calls = callsOf(asteriskCsv, `${text.join('\n')}\n`);
    expect(calls.map(brief)).toMatchObject([{ direction: 'outgoing', answered: false, code: '0042' }]);
  });

  it('does not count a record twice that was imported twice', () => {
    expect(oneCall([keyed, keyed]).talkSeconds).toBe(95);
  });
});

describe('transfers', () => {
  const first: Cdr = { ...keyed, end: 60 };
  const rest: Cdr = {
    account: '0042',
    src: '0912345678',
    dst: '112',
    channel: LINE,
    to: 'PJSIP/112-00000004',
    data: 'PJSIP/112,30',
    start: 60,
    answer: 60,
    end: 200,
    id: 2,
    born: 3,
    linked: 1,
    sequence: 3,
  };

  it('makes one outgoing call of the first person when an outside call is blindly transferred', () => {
    const call = oneCall([first, rest]);
    expect(brief(call)).toEqual({
      direction: 'outgoing',
      answered: true,
      talkSeconds: 200,
      code: '0042',
      outsideNumber: '90912345678',
      extension: '110',
      trunk: 'PJSIP/line1',
    });
    expect(call.record.transferred).toBe(true);
    expect(call.record.end).toBe('2026-11-16T09:03:20');
  });

  it('ties the legs by channel name and time where there is no linkedid, also on a port whose name never changes', () => {
    const port = (cdr: Cdr): Cdr => ({
      ...cdr,
      channel: cdr.channel === LINE ? 'DAHDI/1-1' : cdr.channel,
      ...(cdr.to === LINE ? { to: 'DAHDI/1-1', data: 'DAHDI/1/0912345678,60' } : {}),
    });
    expect(callsOfCsv([port(first), port(rest)]).map(brief)).toMatchObject([
      { direction: 'outgoing', talkSeconds: 200 },
    ]);
    const nextCall: Cdr = { ...port(rest), account: '', dst: '112', start: 61, answer: 70, born: 61 };
    expect(callsOfCsv([port(first), nextCall]).map((call) => call.direction)).toEqual(['outgoing', 'incoming']);
  });

  it('counts the line on when it is transferred into a queue that nobody answers', () => {
    const { to: _to, ...waiting } = rest;
    const call = oneCall([first, { ...waiting, app: 'Queue', data: 'support' }]);
    expect(brief(call)).toMatchObject({ direction: 'outgoing', talkSeconds: 200, extension: '110' });
  });

  it('knows a line by the name it bears while it is moved', () => {
    expect(callsOfCsv([first, { ...rest, channel: `AsyncGoto/${LINE}` }]).map(brief)).toMatchObject([
      { talkSeconds: 200 },
    ]);
  });

  it('does not tie a later call whose channel has the same name after a restart', () => {
    const later: Cdr = { ...rest, account: '', start: 7200, answer: 7210, end: 7300, born: 7200 };
    expect(callsOfCsv([first, later]).map((call) => call.direction)).toEqual(['outgoing', 'incoming']);
  });

  it('counts the outside line once through an attended transfer, and the question as a call inside', () => {
    const question: Cdr = {
      src: '110',
      dst: '112',
      channel: 'PJSIP/110-00000005',
      to: 'PJSIP/112-00000006',
      data: 'PJSIP/112,30',
      start: 40,
      answer: 44,
      end: 60,
      id: 5,
      linked: 5,
    };
    const joined: Cdr = {
      account: '0042',
      src: '90912345678',
      dst: '',
      channel: LINE,
      to: 'PJSIP/112-00000006',
      app: 'AppDial',
      data: '(Outgoing Line)',
      start: 60,
      answer: 60,
      end: 200,
      id: 2,
      born: 3,
      linked: 1,
    };
    const calls = callsOfCsv([question, first, joined]);
    const outside = calls.filter((call) => call.direction === 'outgoing');
    expect(outside.map(brief)).toMatchObject([{ talkSeconds: 200, code: '0042', extension: '110' }]);
    expect(calls.some((call) => call.direction === 'incoming' || call.direction === 'tandem')).toBe(false);
  });

  it('books a call made for somebody else to the code of the person who dialled it', () => {
    const asked: Cdr = {
      src: '110',
      dst: '112',
      channel: PHONE,
      to: 'PJSIP/112-00000004',
      data: 'PJSIP/112',
      start: 0,
      answer: 5,
      end: 50,
      id: 1,
    };
    const made: Cdr = {
      ...keyed,
      account: '7',
      src: '112',
      channel: 'PJSIP/112-00000005',
      start: 20,
      answer: 20,
      end: 50,
      id: 3,
    };
    const joined: Cdr = { ...asked, to: LINE, start: 50, answer: 50, end: 150 };
    const outside = callsOfCsv([made, asked, joined]).filter((call) => call.direction === 'outgoing');
    expect(outside.map(brief)).toMatchObject([
      { code: '7', extension: '112', talkSeconds: 130, outsideNumber: '90912345678' },
    ]);
  });

  it('keeps two outside calls apart that were put together in one bridge', () => {
    const other: Cdr = {
      ...keyed,
      account: '77',
      channel: 'PJSIP/110-00000007',
      to: LINE2,
      data: 'PJSIP/0900000001@line2',
      dst: '90900000001',
      start: 20,
      answer: 20,
      end: 95,
      id: 7,
      linked: 1,
    };
    for (const calls of [callsOfAmi([keyed, other]), callsOfCsv([other, keyed])]) {
      expect(calls.map((call) => call.code).sort()).toEqual(['0042', '77']);
    }
  });

  it('names both lines of an incoming call that is forwarded outside', () => {
    const forwarded: Cdr = {
      src: '0987654321',
      dst: '0911111111',
      context: 'from-trunk',
      channel: LINE,
      to: LINE2,
      data: 'PJSIP/0911111111@line2',
      start: 0,
      answer: 8,
      end: 60,
      id: 1,
    };
    const call = oneCall([forwarded]);
    expect(brief(call)).toMatchObject({
      direction: 'tandem',
      talkSeconds: 52,
      trunk: 'PJSIP/line1',
      outsideNumber: '0911111111',
    });
    expect(call.record.trunkOut).toBe('PJSIP/line2');
  });
});

describe('what a channel is', () => {
  const call = (cdr: Partial<Cdr>, options: Record<string, string> = {}) =>
    oneCall([{ ...keyed, account: '', answer: 5, ...cdr }], options);

  it('knows calls between telephones', () => {
    const inside = call({ dst: '112', to: 'PJSIP/112-00000002', data: 'PJSIP/112,30' });
    expect(brief(inside)).toMatchObject({
      direction: 'internal',
      extension: '110',
      outsideNumber: undefined,
      talkSeconds: 90,
    });
    expect(inside.doubts).toEqual([]);
    expect(
      call({ src: 'lan', channel: 'PJSIP/lan-00000001', dst: '112', to: 'PJSIP/mai-00000002', data: 'PJSIP/mai' })
        .direction,
    ).toBe('internal');
  });

  it.each([
    ['SIP/2889-0000098e', 'OOH323/avayaG700-1919', 'Local/09243820431@default,30,t'],
    ['SIP/110-0000098e', 'DAHDI/i1/0912345678-5', 'DAHDI/g1/0912345678'],
    ['SIP/110-0000098e', 'DAHDI/4-1', 'DAHDI/4/0912345678'],
    ['IAX2/110-14597', 'Dongle/MTS-SUP-0100000151', 'Dongle/g0/0912345678'],
    ['SCCP/110-00000001', 'IAX2/pbx-14597', 'IAX2/pbx/0912345678'],
    ['PJSIP/110-00000001', 'PJSIP/hanoi-00000002', 'PJSIP/hanoi/sip:0912345678@10.0.0.1'],
    ['PJSIP/110-00000001', 'PJSIP/841-00000002', 'PJSIP/0912345678@841'],
  ])('knows %s to %s as outgoing', (channel, to, data) => {
    const made = call({ channel, to, data, src: channel.includes('2889') ? '2889' : '110' });
    expect(made.direction).toBe('outgoing');
    expect(made.doubts).toEqual([]);
  });

  it.each([
    ['OOH323/avayaipo-1945', '3711', 'default'],
    ['SIP/KTTK-000009ae', '9996837840', 'ivr'],
    ['DAHDI/i1/0987654321-5', '0987654321', 'from-pstn'],
    ['DAHDI/1-1', '0987654321', 'from-pstn'],
    ['PJSIP/co-00000001', 'anonymous', 'from-co'],
    ['PJSIP/9000-00000001', '0987654321', 'from-pstn'],
    ['PJSIP/hanoi-00000001', '0987654321', 'office'],
  ])('knows %s calling a telephone as incoming', (channel, src, context) => {
    const came = call({ channel, src, context, dst: '1110', to: 'SIP/1110-000009be', data: 'SIP/1110' });
    expect(brief(came)).toMatchObject({ direction: 'incoming', extension: '1110', outsideNumber: src });
    expect(came.doubts).toEqual([]);
  });

  it('follows the trunks and extensions that the site names', () => {
    const cdr = {
      channel: 'SIP/1001-00000001',
      src: '0987654321',
      dst: '200',
      to: 'SIP/200-00000002',
      data: 'SIP/200',
    };
    expect(call(cdr).direction).toBe('internal');
    expect(call(cdr, { trunks: 'sip/1001' }).direction).toBe('incoming');
    expect(call(cdr, { extensions: '^2\\d\\d$' }).direction).toBe('incoming');
    expect(call(cdr, { trunks: '1001', extensions: '[' }).direction).toBe('incoming');
  });

  it('says when a side is only guessed', () => {
    expect(
      call({ channel: 'SIP/sip0-00000001', src: '7001', context: 'call_line', dst: '8001', to: 'TELCHAN/5/25' }).doubts,
    ).toEqual(['direction-guessed']);
  });

  it('looks through Local channels that stay in the way', () => {
    const out: Cdr = { ...keyed, answer: 5, to: 'Local/0912345678@lcr-0000000a;1', data: 'Local/0912345678@lcr/n' };
    const far: Cdr = {
      ...keyed,
      account: '',
      answer: 5,
      channel: 'Local/0912345678@lcr-0000000a;2',
      id: 3,
      sequence: 2,
    };
    const made = oneCall([out, far]);
    expect(brief(made)).toMatchObject({
      direction: 'outgoing',
      code: '0042',
      extension: '110',
      talkSeconds: 90,
      trunk: 'PJSIP/line1',
    });
    expect(made.legs.map((leg) => leg.trunk)).toEqual(['PJSIP/line1']);
  });
});
