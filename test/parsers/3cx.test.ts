import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callOf, callsOf, formatOf, outcomesOf, recordOf } from './pbx-reading.ts';

const CX = '3cx-cdr';
const OUTGOING =
  'Call 23193,00000172FF10D141_4445,00:00:56,2020/06/29 07:53:11,2020/06/29 07:53:42,2020/06/29 07:54:39,TerminatedByDst,Ext.114,0232117346,114,10001,0232117346,,,,,1,0.95,default,Chain: Ext.114;0232117346;';
const WITH_NAMES =
  'Call 288831,4cc2c72490010000_26808,00:00:25,2024/06/17 05:59:49,2024/06/17 05:59:58,2024/06/17 06:00:23,TerminatedBySrc,Ext.10016,+46703114590,10016,10020,+46703114590,,+46703114590,10020,default,1,0.43,default,Chain: Ext.10016;+46703114590;,Extension,Line,Line,NAME,+46703114590,+46703114590,';

describe('a 3CX line', () => {
  it('keeps a display name with commas together and everything behind it in place', () => {
    const record = recordOf(CX, `${WITH_NAMES.replace('NAME', 'Lê, Văn, An')}\r\n`);
    expect(record).toMatchObject({ callerName: 'Lê, Văn, An', direction: 'outgoing', trunk: '10020' });
    expect(record.extra?.['final-type']).toBe('Line');
  });

  it('reads names in UTF-8 that end in any letter', () => {
    expect(recordOf(CX, `${WITH_NAMES.replace('NAME', 'Mai Hà')}\r\n`).callerName).toBe('Mai Hà');
  });

  it('reads the word default in the bill-code field as no code, digits as the code', () => {
    expect(recordOf(CX, `${WITH_NAMES}\r\n`)).not.toHaveProperty('accountCode');
    expect(recordOf(CX, `${WITH_NAMES.replace(',default,1', ',0042,1')}\r\n`).accountCode).toBe('0042');
  });

  it('cuts the dialled number at the two stars; without a bill-code field what follows is the code', () => {
    const cut = OUTGOING.replace(',0232117346,,,,,1', ',0232117346**318,,,,318,1');
    expect(recordOf(CX, cut)).toMatchObject({ dialedNumber: '0232117346', accountCode: '318' });
    const line = '2020/06/29 07:53:11;2020/06/29 07:54:39;Ext.114;0232117346;0232117346**318';
    const options = { fields: 'time-start,time-end,from-no,to-no,dial-no', separator: 'semicolon' };
    expect(recordOf(CX, line, options)).toMatchObject({ dialedNumber: '0232117346', accountCode: '318' });
  });

  it('is UTC where the moment inside its call id is the printed start, whichever way that is written', () => {
    const offsetOf = (line: string) => formatOf(CX).utcOffsetMinutes?.(recordOf(CX, line));
    expect(offsetOf(OUTGOING)).toBe(0);
    expect(offsetOf(WITH_NAMES)).toBe(0);
    const since1601 = '00000C21DE5C2470_6531';
    const queued = OUTGOING.replace('00000172FF10D141_4445', since1601).replaceAll(
      '2020/06/29 07:53:',
      '2023/09/19 13:33:',
    );
    expect(offsetOf(queued.replace('13:33:11', '13:33:54'))).toBe(0);
    expect(offsetOf(OUTGOING.replace('2020/06/29 07:53:11', '2020/06/29 14:53:11'))).toBe(420);
    expect(offsetOf(OUTGOING.replace('07:53:11', '07:58:11'))).toBeUndefined();
  });

  it('may end in one separator more, be quoted, and stand behind a byte order mark', () => {
    const wanted = recordOf(CX, OUTGOING);
    expect(recordOf(CX, `${OUTGOING},\r\n`)).toEqual(wanted);
    expect(recordOf(CX, `\uFEFF${OUTGOING}\n`)).toEqual(wanted);
    const quoted = OUTGOING.replace('Chain: Ext.114;0232117346;', '"Chain: Ext.114,0232117346,"');
    expect(recordOf(CX, quoted)).toMatchObject({ dialedNumber: '0232117346', answered: true });
  });

  it('is read by the order a heading line names', () => {
    const text =
      'time-start,callid,duration,from-no,to-no\n2020/06/29 07:53:11,00000172FF10D141_4445,00:00:56,Ext.114,Ext.115\n';
    expect(outcomesOf(CX, text).map((outcome) => outcome.kind)).toEqual(['noise', 'call']);
    expect(recordOf(CX, text)).toMatchObject({ durationSeconds: 56, direction: 'internal', extension: '114' });
  });

  it('keeps a record whose date is impossible, in doubt and without that time', () => {
    const [outcome] = outcomesOf(CX, OUTGOING.replace('2020/06/29 07:53:11', '2020/02/30 07:53:11'));
    expect(outcome).toMatchObject({ kind: 'call', doubts: ['date-impossible'] });
    expect(outcome?.kind === 'call' && outcome.record.start).toBeFalsy();
  });

  it('is refused when it is cut anywhere before the chain', () => {
    const end = OUTGOING.indexOf(',Chain');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: end }), (length) => {
        const outcomes = outcomesOf(CX, `${OUTGOING.slice(0, length)}\n`);
        expect(outcomes.every((outcome) => outcome.kind === 'malformed' || outcome.kind === 'noise')).toBe(true);
      }),
    );
  });

  it('with all fields is refused when it is cut inside the types', () => {
    const [from, to] = [WITH_NAMES.indexOf(',Extension,Line') + 2, WITH_NAMES.indexOf(',NAME')];
    for (let length = from; length <= to; length++) {
      expect(outcomesOf(CX, `${WITH_NAMES.slice(0, length)}\n`)[0]?.kind, String(length)).toBe('malformed');
    }
  });

  it('takes an incoming call through a queue as that of the telephone it ended at', () => {
    const queued = WITH_NAMES.replace(
      'Ext.10016,+46703114590,10016,10020,+46703114590,,+46703114590,10020,default',
      '+46703114590,Ext.800,10020,800,800,,Ext.194,194,',
    ).replace('Extension,Line,Line', 'Line,Queue,Extension');
    expect(recordOf(CX, queued)).toMatchObject({
      direction: 'incoming',
      extension: '194',
      trunk: '10020',
      callerNumber: '+46703114590',
    });
    const forwarded = queued
      .replace('Ext.194,194', 'Appels Externes,0674118235')
      .replace('Queue,Extension', 'Queue,Line');
    expect(recordOf(CX, forwarded)).toMatchObject({ direction: 'incoming', extension: '800' });
  });

  it('tells a caller over a line who hides the number from a pickup', () => {
    const hidden = OUTGOING.replace('Ext.114,0232117346,114,10001', 'anonymous,Ext.114,10001,114');
    expect(recordOf(CX, hidden)).toMatchObject({ direction: 'incoming', extension: '114', trunk: '10001' });
    const pickup = OUTGOING.replace('0232117346,114,10001,0232117346', 'PickupExt.125,125,125,114');
    expect(recordOf(CX, pickup)).not.toHaveProperty('direction');
    expect(callOf(CX, pickup)).toMatchObject({ direction: 'none', answered: false, talkSeconds: 0 });
  });
});

describe('3CX calls', () => {
  it('book a forwarded call to the number it reached, not to the extension that was dialled', () => {
    const forwarded =
      'Call 23624,00000173046EE2A4_4992,00:00:09,2020/06/30 08:54:02,2020/06/30 08:54:24,2020/06/30 08:54:33,TerminatedBySrc,Ext.185,0674118235,185,10001,110,,Appels Externes,0674118235,,1,0.15,default,Chain: Ext.185;Ext.110;Appels Externes;';
    expect(callOf(CX, forwarded)).toMatchObject({
      direction: 'outgoing',
      outsideNumber: '0674118235',
      talkSeconds: 9,
      ringSeconds: 22,
      record: { extension: '185', trunk: '10001' },
    });
  });

  it('tie legs by the first part of the call id, in any order, and count common seconds once', () => {
    const first = OUTGOING;
    const second = OUTGOING.replace('Call 23193', 'Call 23194')
      .replace('_4445', '_4446')
      .replace('00:00:56', '00:01:00')
      .replace('2020/06/29 07:53:42', '2020/06/29 07:54:30')
      .replace('2020/06/29 07:54:39', '2020/06/29 07:55:30');
    for (const text of [`${first}\n${second}\n`, `${second}\n${first}\n`]) {
      const call = callOf(CX, text);
      expect(call).toMatchObject({ direction: 'outgoing', outsideNumber: '0232117346', talkSeconds: 108 });
      expect(call.legs).toHaveLength(2);
    }
  });

  it('stay apart when only times and numbers are the same', () => {
    expect(callsOf(CX, `${OUTGOING}\n${OUTGOING.replace('D141_4445', 'D142_4446')}\n`)).toHaveLength(2);
  });
});
