import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callOf, callsOf, outcomesOf, recordOf } from './pbx-reading.ts';

const UCM = 'grandstream-ucm';
const HEADING =
  'AcctId,accountcode,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,end,duration,billsec,disposition,amaflags,uniqueid,userfield,channel_ext,dstchannel_ext,service';

interface Parts {
  readonly clid?: string;
  readonly lastdata?: string;
  readonly answer?: string;
  readonly behind?: string;
}
const row = ({
  clid = '"pn01" <5300>',
  lastdata = 'SIP/5301,60,',
  answer = '2013-12-03 11:46:43',
  behind = '',
}: Parts) =>
  `62,0042,5300,5301,from-internal,${clid},SIP/5300-00000000,SIP/5301-00000001,Dial,${lastdata},2013-12-03 11:46:40,${answer},2013-12-03 11:46:49,9,6,ANSWERED,DOCUMENTATION,1386092800.0,EXT,5300,5301,s${behind}\r\n`;

describe('a Grandstream row', () => {
  it('is found by its three times, however many commas stand in lastdata', () => {
    const wanted = recordOf(UCM, row({ lastdata: 'x' }));
    expect(wanted).toMatchObject({
      callerName: 'pn01',
      accountCode: '0042',
      durationSeconds: 6,
      callId: '1386092800.0',
    });
    fc.assert(
      fc.property(fc.array(fc.constantFrom(',', 'SIP/5301', '60', '(', '^', ' '), { maxLength: 12 }), (pieces) => {
        const lastdata = pieces.join('');
        const record = recordOf(UCM, row({ lastdata }));
        const { lastdata: printed = '', ...extra } = record.extra ?? {};
        expect(printed.trim()).toBe(lastdata.trim());
        const { lastdata: _other, ...wantedExtra } = wanted.extra ?? {};
        expect({ ...record, extra }).toEqual({ ...wanted, extra: wantedExtra });
      }),
    );
  });

  it('reads names with commas, with and without quotes, and doubled quotes', () => {
    expect(recordOf(UCM, row({ clid: '"Lê, An" <5300>' })).callerName).toBe('Lê, An');
    expect(recordOf(UCM, row({ clid: 'Lê, An <5300>' })).callerName).toBe('Lê, An');
    expect(recordOf(UCM, row({ clid: '"""Lê An"" <5300>"' })).callerName).toBe('Lê An');
    expect(recordOf(UCM, row({ clid: '5300' }))).not.toHaveProperty('callerName');
  });

  it('may end in a comma, and has no answer time when nobody answered', () => {
    expect(recordOf(UCM, row({ behind: ',' }))).toEqual(recordOf(UCM, row({})));
    expect(recordOf(UCM, row({ answer: '' }))).not.toHaveProperty('answer');
  });

  it('follows the heading where a file has other columns behind the times', () => {
    const heading = `${HEADING.replace(',service', ',session,src_trunk_name')}\n`;
    const text = heading + row({}).replace(',EXT,5300,5301,s', ',Inbound,5300,5301,abc-1,viettel');
    expect(recordOf(UCM, text)).toMatchObject({ direction: 'incoming', linkedId: 'abc-1', trunk: 'viettel' });
  });

  it('is refused when it is cut inside or before the times', () => {
    const whole = row({});
    for (const length of [20, 90, 130, 160, whole.indexOf('1386092800') + 5, whole.indexOf(',EXT') + 3]) {
      expect(outcomesOf(UCM, `${whole.slice(0, length)}\n`)[0]?.kind, String(length)).toBe('malformed');
    }
  });
});

describe('a Grandstream row cut in front', () => {
  it('is refused, for nobody can say which of its fields is left', () => {
    const whole = row({ lastdata: '6500,tT,,,30,' });
    for (const front of ['62,', '62,0042,', '62,0042,5300,', whole.slice(0, whole.indexOf('SIP/'))]) {
      expect(outcomesOf(UCM, whole.slice(front.length))[0]?.kind, front).toBe('malformed');
    }
  });
});

describe('Grandstream calls', () => {
  const leg = (id: number, called: string, app: string, times: string, disposition: string) =>
    `${id},,0912004711,6500,ext-did-1,"" <0912004711>,PJSIP/trunk_1-00000020,${called === '' ? '' : `PJSIP/${called}-0000002${id % 10}`},${app},6500,${times},${disposition},DOCUMENTATION,1763607600.32,Inbound,,${called},s,,,,,${called},1763607600032-trunk_1,,QUEUE[6500],viettel,,\n`;
  const queue = leg(70, '', 'Queue', '2026-11-20 10:00:00,2026-11-20 10:00:02,2026-11-20 10:03:00,180,178', 'ANSWERED');
  const fork = leg(
    71,
    '1003',
    'ForkCDR',
    '2026-11-20 10:00:00,2026-11-20 10:00:02,2026-11-20 10:00:02,2,0',
    'ANSWERED',
  );
  const rung = leg(72, '1003', 'Queue', '2026-11-20 10:00:02,,2026-11-20 10:00:20,18,0', 'NO ANSWER');
  const taken = leg(
    73,
    '1004',
    'Queue',
    '2026-11-20 10:00:20,2026-11-20 10:00:25,2026-11-20 10:03:00,160,155',
    'ANSWERED',
  );

  it('through a queue are one call of the telephone that took it, however the rows come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([queue, fork, rung, taken], { minLength: 4 }), (rows) => {
        expect(callOf(UCM, rows.join(''))).toMatchObject({
          direction: 'incoming',
          answered: true,
          talkSeconds: 155,
          outsideNumber: '0912004711',
          record: { extension: '1004', start: '2026-11-20T10:00:00', trunk: 'viettel' },
        });
      }),
    );
  });

  it('are what their other rows say when a row is lost, and stay apart from the next session', () => {
    expect(callOf(UCM, queue + rung)).toMatchObject({ direction: 'incoming', outsideNumber: '0912004711' });
    const next = taken.replace('1763607600032', '1763607700032').replace('1763607600.32', '1763607700.40');
    expect(callsOf(UCM, queue + taken + next)).toHaveLength(2);
  });

  it('of old firmware take their direction from both ends and the trunk, marked as concluded', () => {
    const internal = callOf(UCM, row({}));
    expect(internal).toMatchObject({
      direction: 'internal',
      doubts: ['direction-guessed'],
      record: { extension: '5300' },
    });
    const outgoing = row({}).replace(',5301,from', ',0912004711,from').replace(',5300,5301,s', ',5300,,s');
    expect(callOf(UCM, outgoing)).toMatchObject({ direction: 'outgoing', outsideNumber: '0912004711', code: '0042' });
  });
});
