import { describe, expect, it } from 'vitest';
import { callsOf, outcomesOf, recordOf } from './nortel-calls.ts';

const ID = 'shoretel-cdr';

interface Cells {
  readonly id?: string;
  readonly time?: string;
  readonly extension?: string;
  readonly direction?: string;
  readonly dialed?: string;
  readonly caller?: string;
  readonly trunk?: string;
  readonly account?: string;
}

/** A line of the page whose extension is so wide: 7 columns in 6.1, 16 in 7.5. */
function line(width: 7 | 16, cells: Cells): string {
  const { id = '12', time = '08:00:00', extension = '201', direction = '1' } = cells;
  return [
    id.padStart(10),
    '11/23/2026',
    time,
    extension.padEnd(width),
    '00:10:00',
    direction,
    (cells.dialed ?? '').padEnd(16),
    (cells.caller ?? '').padEnd(16),
    (cells.trunk ?? '2').padStart(4),
    '  3',
    (cells.account ?? '').padEnd(20),
  ].join(' ');
}

describe('ShoreTel records', () => {
  it.each([7, 16] as const)('of a page with %i columns for the extension have every field in its place', (width) => {
    const text = line(width, { dialed: '0912345678', account: '12345678901234567890' });
    expect(recordOf(ID, `${text}\r\n`)).toEqual({
      start: '2026-11-23T08:00:00',
      startOrEnd: 'start',
      durationSeconds: 600,
      callId: '12',
      extension: '201',
      direction: 'outgoing',
      conditionCode: '1',
      dialedNumber: '0912345678',
      trunk: '2',
      extra: { trunkGroup: '3' },
      accountCode: '12345678901234567890',
    });
    expect(text).toHaveLength(width === 7 ? 113 : 122);
  });

  it('keep an extension that is a whole telephone number apart from the narrow page', () => {
    expect(recordOf(ID, `${line(16, { extension: '+842438255550' })}\r\n`)['extension']).toBe('+842438255550');
  });

  it.each(['blocked', 'Unavailable', 'out of area', 'ACME, Ward 12'])('take %s for a hidden caller', (caller) => {
    const [outcome] = outcomesOf(ID, `${line(16, { direction: '0', caller })}\r\n`);
    expect(outcome).toMatchObject({ kind: 'call', record: { extra: { caller } }, doubts: ['number-hidden'] });
  });

  it('have numbers written with brackets', () => {
    expect(recordOf(ID, `${line(16, { dialed: '(408) 555-0142' })}\r\n`)['dialedNumber']).toBe('(408) 555-0142');
    const came = line(16, { direction: '0', caller: '(408) 555-0142' });
    expect(recordOf(ID, `${came}\r\n`)['callerNumber']).toBe('(408) 555-0142');
  });

  it('of another direction are no records', () => {
    expect(outcomesOf(ID, `${line(16, { direction: '4' })}\r\n`)).toEqual([
      { kind: 'malformed', reason: 'unknown-line' },
    ]);
  });

  const came = line(16, { direction: '2', extension: '', caller: '0243825555', trunk: '2' });
  const went = line(16, { direction: '3', extension: '', dialed: '0912345678', trunk: '9' });

  it('of a tandem call are one call in either order', () => {
    for (const lines of [
      [came, went],
      [went, came],
    ]) {
      expect(callsOf(ID, `${lines.join('\r\n')}\r\n`, {}, true)).toMatchObject([
        {
          direction: 'tandem',
          talkSeconds: 600,
          outsideNumber: '0912345678',
          record: { trunk: '2', trunkOut: '9', callerNumber: '0243825555' },
        },
      ]);
    }
  });

  it.each([
    ['another Call ID', went.replace('12', '13')],
    ['another time', went.replace('08:00', '08:20')],
    ['the same direction', came],
  ])('of two tandem calls with %s stay two calls', (_what, other) => {
    expect(callsOf(ID, `${came}\r\n${other}\r\n`)).toHaveLength(2);
  });

  it('are read whatever date order the server writes', () => {
    const text = `${line(16, {}).replace('11/23/2026', '05/04/2026')}\r\n`;
    expect(recordOf(ID, text)['start']).toBe('2026-05-04T08:00:00');
    expect(recordOf(ID, text, { dateOrder: 'DMY' })['start']).toBe('2026-04-05T08:00:00');
  });
});
