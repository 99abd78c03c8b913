import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssembledCall } from '../../core/model/call.ts';
import { createAssembler } from '../../parsers/assembler.ts';
import { karelMs } from '../../parsers/karel/karel-ms.ts';
import { parseText } from '../../parsers/parse-stream.ts';
import type { ParseOutcome } from '../../parsers/types.ts';

interface Printed {
  readonly counter?: string;
  readonly type?: string;
  readonly pool?: string;
  readonly date?: string;
  readonly start?: string;
  readonly end?: string;
  readonly duration?: string;
  readonly from?: string;
  readonly to?: string;
  readonly line?: string;
  readonly number?: string;
}

const head = (p: Printed): string =>
  `#${p.counter ?? '0042'} ${(p.type ?? 'LDIS').padEnd(4)} ${p.pool ?? ''}`.trimEnd();
/** date 1, start 10, end 19, duration 28, from 34, to 39, info 44, line 48, pulses 51, cost 56, number 64. */
const body = (p: Printed): string =>
  [
    p.date ?? '23/11/26',
    p.start ?? '09:15:00',
    p.end ?? '09:17:00',
    p.duration ?? '02:00',
    (p.from ?? '0101').padEnd(4),
    (p.to ?? '').padEnd(4),
    '   ',
    p.line ?? '03',
    '    ',
    '       ',
    p.number ?? '0912345678',
  ].join(' ');

function outcomesOf(lines: readonly string[]): ParseOutcome[] {
  return parseText(karelMs, {}, lines.map((line) => `${line}\r\n`).join('')).map(({ outcome }) => outcome);
}
function recordOf(p: Printed) {
  const [outcome, ...others] = outcomesOf([head(p), body(p)]);
  if (outcome?.kind !== 'call' || others.length > 0) throw new Error(JSON.stringify([outcome, ...others]));
  return outcome.record;
}
function callsOf(lines: readonly string[]): AssembledCall[] {
  const assembler = createAssembler(karelMs, {});
  const calls = new Map<number, AssembledCall>();
  for (const { outcome, offset, length } of parseText(karelMs, {}, lines.map((line) => `${line}\r\n`).join(''))) {
    if (outcome.kind !== 'call' && outcome.kind !== 'part') continue;
    const { record, kind, doubts = [] } = outcome;
    const entry = { record, part: kind === 'part', doubts, sourceOffset: offset, byteLength: length };
    const step = assembler.push(entry, record.start === undefined ? undefined : Date.parse(`${record.start}Z`) / 1000);
    calls.set(step.firstOffset, step.call);
  }
  return [...calls.values()];
}

describe('the two lines of a Karel call', () => {
  it('are one record', () => {
    expect(recordOf({})).toEqual({
      start: '2026-11-23T09:15:00',
      end: '2026-11-23T09:17:00',
      startOrEnd: 'both',
      durationSeconds: 120,
      direction: 'outgoing',
      conditionCode: 'LDIS',
      callId: '0042',
      extension: '0101',
      trunk: '03',
      dialedNumber: '0912345678',
    });
  });

  it.each([
    ['LDIS', 'outgoing'],
    ['INTL', 'outgoing'],
    ['', 'outgoing'],
    ['IC', 'incoming'],
  ])('of type %j are %s', (type, direction) => {
    const record = recordOf({ type });
    expect(record.direction).toBe(direction);
    expect(record.conditionCode).toBe(type === '' ? undefined : type);
    expect(record[direction === 'incoming' ? 'callerNumber' : 'dialedNumber']).toBe('0912345678');
  });

  it('tell a transfer by the second telephone, and no extension by a word', () => {
    expect(recordOf({ to: '0105' })).toMatchObject({ extension: '0101', transferred: true, extra: { to: '0105' } });
    expect(recordOf({})).not.toHaveProperty('transferred');
    expect(recordOf({ from: 'OPE' })).not.toHaveProperty('extension');
    expect(recordOf({ from: 'D01', pool: 'C' }).extra).toEqual({ from: 'D01', commonPool: 'C' });
  });

  it('end on the next day when the end is before the start, also at the end of a year', () => {
    expect(recordOf({ date: '31/12/26', start: '23:59:00', end: '00:01:00' })).toMatchObject({
      start: '2026-12-31T23:59:00',
      end: '2027-01-01T00:01:00',
      durationSeconds: 120,
    });
  });

  it('are as long as their start and end say where mm:ss has no room', () => {
    expect(recordOf({ end: '11:15:00', duration: '20:00' }).durationSeconds).toBe(7200);
    expect(recordOf({ end: '11:15:00', duration: '**:**' }).durationSeconds).toBe(7200);
    expect(recordOf({ end: '09:17:30', duration: '02:00' }).durationSeconds).toBe(120);
  });

  it('keep a call with an impossible date or clock', () => {
    for (const p of [{ date: '31/02/26' }, { start: '25:00:00' }]) {
      expect(outcomesOf([head(p), body(p)])[0]).toMatchObject({ kind: 'call', doubts: ['date-impossible'] });
    }
  });

  it('are no call when the second is lost', () => {
    const lost = { kind: 'malformed', reason: 'half-record' };
    expect(outcomesOf([head({})])).toEqual([lost]);
    expect(outcomesOf([head({}), head({ counter: '0043' }), body({})])).toMatchObject([
      lost,
      { kind: 'call', record: { callId: '0043' } },
    ]);
  });

  it('are kept without a direction of their own when the first is lost', () => {
    const [outcome] = outcomesOf([body({})]);
    expect(outcome).toMatchObject({ kind: 'call', doubts: ['leg-missing'] });
    expect(outcome?.kind === 'call' ? outcome.record : {}).not.toHaveProperty('direction');
    expect(callsOf([body({})])[0]?.doubts).toEqual(['leg-missing', 'direction-guessed']);
  });

  it('are malformed when damaged', () => {
    for (const text of ['#', '#00a2 LDIS', '#0042 XYZ', '#0042 LDIS CC', '#0042LDIS']) {
      expect(outcomesOf([text, body({})])[0]).toEqual({ kind: 'malformed', reason: 'half-record' });
    }
    for (const text of [`${body({})} 12`, body({ duration: '2:0x' }), 'MS128 ready']) {
      expect(outcomesOf([text])[0]?.kind).toBe('malformed');
      expect(outcomesOf([head({}), text])[0]?.kind).toBe('malformed');
    }
  });

  it('have the counter at either end of its places, also behind the mark of a UTF-8 file or a bell', () => {
    for (const counter of ['  42', '42  ']) {
      expect(recordOf({ counter })).toEqual({ ...recordOf({}), callId: '42' });
      expect(recordOf({ counter, type: '', pool: '' })).toMatchObject({ callId: '42', dialedNumber: '0912345678' });
    }
    for (const front of ['\xef\xbb\xbf', '\x07'])
      expect(outcomesOf([`${front}${head({})}`, `\x07${body({})}`])).toEqual(outcomesOf([head({}), body({})]));
  });

  it('may be ended by CR, LF, both or more, with blanks in front of the line end', () => {
    for (const end of ['\r\n', '\n', '\r', '\r\n\r\n', '\0\r\n', '  \r\n']) {
      const text = head({}) + end + body({}) + end;
      const [outcome] = parseText(karelMs, {}, text + text);
      expect(outcome?.outcome).toMatchObject({ kind: 'call', record: recordOf({}) });
    }
  });

  it('lose nothing whichever lines are lost', () => {
    const lines = Array.from({ length: 6 }, (_, i) => [
      head({ counter: `000${i}` }),
      body({ start: `1${i}:00:00`, end: `1${i}:01:00`, duration: '01:00' }),
    ]).flat();
    fc.assert(
      fc.property(fc.subarray(lines), (kept) => {
        const bodies = kept.filter((line) => !line.startsWith('#')).length;
        const lonely = kept.filter((line, i) => line.startsWith('#') && kept[i + 1]?.startsWith('#') !== false).length;
        const calls = callsOf(kept);
        const refused = outcomesOf(kept).filter(({ kind }) => kind === 'malformed');
        expect(calls).toHaveLength(bodies);
        expect(refused).toHaveLength(lonely);
        expect(calls.reduce((sum, { talkSeconds }) => sum + talkSeconds, 0)).toBe(bodies * 60);
      }),
    );
  });
});
