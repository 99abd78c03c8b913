import { describe, expect, it } from 'vitest';
import { callOf, callsOf, formatOf, outcomesOf, recordOf } from './pbx-reading.ts';

const JSON_ID = 'yeastar-json';
const MESSAGE = {
  event: 'NewCdr',
  callid: '1571897930.5',
  timestart: '2019-10-23 22:18:50',
  callfrom: '1023',
  callto: '0912004711',
  callduraction: '19',
  talkduraction: '14',
  srctrunkname: '',
  dsttrcunkname: 'line2',
  pincode: '40718',
  status: 'ANSWERED',
  type: 'Outbound',
};
const body = (changes: Readonly<Record<string, unknown>> = {}) => `${JSON.stringify({ ...MESSAGE, ...changes })}\n`;
const renamed = (from: string, to: string) => body().replace(`"${from}"`, `"${to}"`);

describe('a Yeastar message', () => {
  it('gives the same record under every spelling of its keys', () => {
    const wanted = recordOf(JSON_ID, body());
    expect(wanted).toMatchObject({
      direction: 'outgoing',
      extension: '1023',
      trunk: 'line2',
      authCode: '40718',
      durationSeconds: 14,
    });
    const spellings: readonly (readonly [string, string])[] = [
      ['callduraction', 'callduration'],
      ['callduraction', 'call_duration'],
      ['talkduraction', 'talkduration'],
      ['talkduraction', 'talk_duration'],
      ['dsttrcunkname', 'dsttrunkname'],
      ['dsttrcunkname', 'desttrunkname'],
      ['dsttrcunkname', 'dst_trunk_name'],
      ['pincode', 'pin_code'],
      ['event', 'action'],
    ];
    for (const [from, to] of spellings) expect(recordOf(JSON_ID, renamed(from, to)), to).toEqual(wanted);
  });

  it('is answered or not by any of the vendor’s words, and open where the word does not tell', () => {
    const answeredBy = (status: string) => recordOf(JSON_ID, body({ status })).answered;
    expect(['ANSWERED', 'ANSWERD'].map(answeredBy)).toEqual([true, true]);
    expect(['NO ANSWER', 'NO ANSWERED', 'BUSY', 'FAILED', 'ABANDONED'].map(answeredBy)).toEqual(Array(5).fill(false));
    expect(answeredBy('VOICEMAIL')).toBeUndefined();
  });

  it('reads the dates as the PBX is set to show them, and marks an order nobody named', () => {
    const startOf = (timestart: string, options = {}) => outcomesOf(JSON_ID, body({ timestart }), options)[0];
    expect(startOf('2022/04/27 07:20:00 PM')).toMatchObject({ record: { start: '2022-04-27T19:20:00' } });
    expect(startOf('27/04/2022 07:20:00', { dateOrder: 'DMY' })).toMatchObject({
      record: { start: '2022-04-27T07:20:00' },
    });
    expect(startOf('04/27/2022 12:20:00 AM')).toMatchObject({
      record: { start: '2022-04-27T00:20:00' },
      doubts: ['date-order-unproved'],
    });
    expect(startOf('yesterday')).toMatchObject({ kind: 'malformed', reason: 'bad-time' });
  });

  it('of the P series is the same whether its inner quotes are escaped or not', () => {
    const inner = JSON.stringify({
      call_id: '1651057476.362',
      time_start: '2022-04-27 19:04:36',
      call_from: '2005',
      call_to: '2002',
      talk_duration: 21,
      pin_code: ' ',
      status: 'ANSWERED',
      type: 'Internal',
    });
    const escaped = recordOf(JSON_ID, `${JSON.stringify({ type: 30012, sn: 'X1', msg: inner })}\n`);
    expect(escaped).toMatchObject({ durationSeconds: 21, direction: 'internal', answered: true });
    expect(escaped).not.toHaveProperty('authCode');
    expect(recordOf(JSON_ID, `{"type":30012,"sn":"X1","msg":"${inner}"}\n`)).toEqual(escaped);
    expect(recordOf(JSON_ID, `{"type":30012,"sn":"X1","msg":${inner}}\n`)).toEqual(escaped);
  });

  it('tells the zone by the moment inside its call id', () => {
    expect(formatOf(JSON_ID).utcOffsetMinutes?.(recordOf(JSON_ID, body()))).toBe(-480);
  });

  it('does not hide the message behind a broken one', () => {
    const kinds = outcomesOf(JSON_ID, `{"event":"NewCdr","callid":"15\n${body()}{"event":"NewCdr"\n${body()}`).map(
      (one) => one.kind,
    );
    expect(kinds).toEqual(['malformed', 'call', 'malformed', 'call']);
  });
});

describe('Yeastar calls', () => {
  it('of a queue are one call of who talked, in any order', () => {
    const queued = { type: 'Inbound', callfrom: '0912004711', srctrunkname: 'line1', dsttrcunkname: '', pincode: '' };
    const rung = body({ ...queued, callto: '2001', status: 'NO ANSWER', talkduraction: '0' });
    const taken = body({ ...queued, callto: '2002', timestart: '2019-10-23 22:19:00' });
    for (const text of [rung + taken, taken + rung]) {
      expect(callOf(JSON_ID, text)).toMatchObject({
        direction: 'incoming',
        answered: true,
        talkSeconds: 14,
        outsideNumber: '0912004711',
        record: { extension: '2002', trunk: 'line1', start: '2019-10-23T22:18:50' },
      });
    }
    expect(callsOf(JSON_ID, body() + body({ callid: '1571897930.6' }))).toHaveLength(2);
  });

  it('carry the PIN as the personal code', () => {
    expect(callOf(JSON_ID, body())).toMatchObject({ code: '40718', codeField: 'authorization', ringSeconds: 5 });
  });
});

describe('an exported Yeastar table', () => {
  it('is read by its heading, whatever the order of the columns', () => {
    const text =
      'Status;Call To;Time;Call From;Talk Duration;PIN Code\nANSWERED;0912004711;2022-04-27 19:06:40;Hoa<2005>;00:01:01;40718\n';
    expect(recordOf('yeastar-csv', text)).toMatchObject({
      start: '2022-04-27T19:06:40',
      durationSeconds: 61,
      callerName: 'Hoa',
      callerNumber: '2005',
      authCode: '40718',
    });
    expect(outcomesOf('yeastar-csv', text.slice(text.indexOf('\n') + 1))).toMatchObject([{ reason: 'no-heading' }]);
  });
});
