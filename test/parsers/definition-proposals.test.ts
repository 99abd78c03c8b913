import { describe, expect, it } from 'vitest';
import { tryDefinition } from '../../core/formats/try-definition.ts';
import type { DefinitionField, DefinitionFile } from '../../parsers/definition/definition-file.ts';
import { type Proposal, proposeShape } from '../../parsers/definition/propose.ts';

function proposed(lines: readonly string[]): Proposal {
  const proposal = proposeShape(lines);
  if (proposal === undefined) throw new Error('nothing is proposed');
  return proposal;
}

/** What the proposal alone, as nobody has touched it, makes of the lines. */
function readingsOf(lines: readonly string[]) {
  const { shape, record, skip, dateLines, dateOrder } = proposed(lines);
  const file: DefinitionFile = {
    formatVersion: 1,
    id: 'own-test',
    vendor: 'Test',
    title: 'Test',
    models: ['1'],
    transports: ['file'],
    confidence: 'unconfirmed',
    ...(record !== undefined && { record }),
    skip,
    dateLines,
    layouts: [shape],
    defaults: { dateOrder, timeIs: 'start' },
    codeFields: [],
  };
  const bytes = Buffer.from(`${lines.join('\r\n')}\r\n`, 'utf8').toString('latin1');
  return tryDefinition(file, bytes).map(({ outcome }) =>
    outcome.kind === 'call' ? outcome.record : `${outcome.kind}: ${outcome.kind === 'malformed' ? outcome.reason : ''}`,
  );
}

const meanings = (lines: readonly string[]): DefinitionField['means'][] =>
  proposed(lines).shape.fields.map(({ means }) => means);
const NO_CALL = 'noise: ';

describe('a proposal', () => {
  it('takes the meaning of columns from the titles over them, and page headings for no calls', () => {
    const page = [
      ' CALL DETAIL REPORT                 LOTUS HOTEL                 PAGE 001',
      ' DATE     TIME  STN   TRK  IN/OUT  NUMBER DIALLED     DURATION   ACCT',
      ' -------- ----- ----- ---- ------  ------------------ ---------- ------',
    ];
    const calls = [
      ' 23-11-26 09:30  2014  T01 OUT     0912345678         0:01\'05"   4711',
      ' 23-11-26 09:34  2001  T03 IN      02838221144        0:00\'41"',
      ' 23-11-26 10:02  2014  T02 OUT     1800555888         0:12\'30"   4711',
    ];
    const next = ' 24-11-26 08:59  2007  T01 OUT     113                0:00\'31"   77';
    expect(readingsOf([...page, ...calls, ...page.map((line) => line.replace('001', '002')), next])).toMatchObject([
      NO_CALL,
      NO_CALL,
      NO_CALL,
      { extension: '2014', trunk: 'T01', dialedNumber: '0912345678', durationSeconds: 65, accountCode: '4711' },
      { extension: '2001', direction: 'incoming', callerNumber: '02838221144', durationSeconds: 41 },
      { start: '2026-11-23T10:02:00', durationSeconds: 750 },
      NO_CALL,
      NO_CALL,
      NO_CALL,
      { start: '2026-11-24T08:59:00', dialedNumber: '113', accountCode: '77' },
    ]);
  });

  it('finds the date in headings whose day of the week changes, and durations with their units', () => {
    const lines = [
      '==== Monday 23 Nov 2026 ====',
      ' 9:30a  214  09123456789      1m05s   L2',
      ' 9:34a  201  <02838221144     0m41s   L1',
      ' 1:07p  220  0987654321     1h02m03s  L3',
      '==== Tuesday 24 Nov 2026 ====',
      ' 8:44a  207  <0283999888      3m10s   L1',
    ];
    expect(readingsOf(lines)).toMatchObject([
      NO_CALL,
      { start: '2026-11-23T09:30:00', direction: 'outgoing', dialedNumber: '09123456789', durationSeconds: 65 },
      { start: '2026-11-23T09:34:00', direction: 'incoming', callerNumber: '02838221144', durationSeconds: 41 },
      { start: '2026-11-23T13:07:00', durationSeconds: 3723 },
      NO_CALL,
      { start: '2026-11-24T08:44:00', direction: 'incoming', durationSeconds: 190 },
    ]);
  });

  it('sees that a call prints two lines, and gives columns to each', () => {
    const lines = [
      'CALL 0001  23/11/2026 09:30:12  STN 214',
      '     TO 0912345678         DUR 00:01:05  LINE 01',
      'CALL 0002  23/11/2026 09:34:50  STN 201',
      '     FM 02838221144        DUR 00:00:41  LINE 03',
      'CALL 0003  24/11/2026 10:02:00  STN 214',
      '     TO 1800555888         DUR 00:12:30  LINE 01',
    ];
    expect(proposed(lines).record).toEqual({ kind: 'lines', count: 2, first: '^ *CALL' });
    expect(readingsOf(lines)).toMatchObject([
      { callId: '0001', extension: '214', dialedNumber: '0912345678', durationSeconds: 65, trunk: '01' },
      { callId: '0002', extension: '201', callerNumber: '02838221144', durationSeconds: 41, trunk: '03' },
      { callId: '0003', start: '2026-11-24T10:02:00', durationSeconds: 750 },
    ]);
  });

  it('cuts keys and brackets around values', () => {
    expect(
      readingsOf([
        '<134>pbx7: ext=214;dir=out;num=0912345678;start=2026-11-23T09:30:12;sec=65;line=4',
        '<134>pbx7: ext=201;dir=in;num=02838221144;start=2026-11-23T09:34:50;sec=41;line=2',
      ]),
    ).toMatchObject([
      { extension: '214', dialedNumber: '0912345678', durationSeconds: 65, trunk: '4' },
      { extension: '201', callerNumber: '02838221144', durationSeconds: 41, trunk: '2' },
    ]);
    expect(
      readingsOf([
        '[23/11 09:30] 214 -> 0912345678 (65) CO1',
        '[23/11 09:34] 201 <- 02838221144 (41) CO3',
        '[23/11 10:02] 2140 -> 1800555888 (750) CO1',
        '[24/11 10:15] 220 <- unknown (0) CO12',
      ]),
    ).toMatchObject([
      { start: 'XXXX-11-23T09:30:00', extension: '214', dialedNumber: '0912345678', durationSeconds: 65 },
      { direction: 'incoming', callerNumber: '02838221144', durationSeconds: 41, trunk: 'CO3' },
      { extension: '2140', durationSeconds: 750 },
      { start: 'XXXX-11-24T10:15:00', direction: 'incoming', durationSeconds: 0 },
    ]);
  });

  it('reads columns of their own for incoming and outgoing numbers as the direction', () => {
    expect(
      readingsOf([
        'No.  Start            Station  Incoming         Outgoing         Secs Res',
        '   1 23/11/26 09:30      214                    0912345678         65 OK',
        '   2 23/11/26 09:34      201   02838221144                         41 OK',
        '   3 24/11/26 10:15      220   0909123123                           0 NA',
      ]),
    ).toMatchObject([
      NO_CALL,
      { callId: '1', direction: 'outgoing', dialedNumber: '0912345678', durationSeconds: 65, answered: true },
      { callId: '2', direction: 'incoming', callerNumber: '02838221144', durationSeconds: 41 },
      { callId: '3', direction: 'incoming', durationSeconds: 0, answered: false },
    ]);
  });

  it('reads sentences whose numbers alone tell who was inside', () => {
    expect(
      readingsOf([
        'From 214 to 0912345678 on 23-Nov-2026 at 09:30:12 lasting 65 sec via trunk 7',
        'From 02838221144 to 201 on 23-Nov-2026 at 09:34:50 lasting 41 sec via trunk 3',
        'From 214 to 201 on 23-Nov-2026 at 10:02:00 lasting 750 sec via trunk 7',
      ]),
    ).toMatchObject([
      { direction: 'outgoing', extension: '214', dialedNumber: '0912345678', durationSeconds: 65, trunk: '7' },
      { direction: 'incoming', extension: '201', callerNumber: '02838221144', durationSeconds: 41 },
      { direction: 'internal', extension: '214', dialedNumber: '201', start: '2026-11-23T10:02:00' },
    ]);
  });

  it('takes two moments for start and end, and the time between for the duration', () => {
    expect(
      readingsOf([
        'ID;StartTime;EndTime;Src;Dst;Dir;Result',
        '1001;23.11.2026 09:30:12;23.11.2026 09:31:17;214;0912345678;out;ANSWERED',
        '1002;23.11.2026 09:34:50;23.11.2026 09:35:31;02838221144;201;in;ANSWERED',
        '1003;24.11.2026 10:15:33;24.11.2026 10:16:04;0909123123;220;in;NO ANSWER',
      ]),
    ).toMatchObject([
      NO_CALL,
      { extension: '214', dialedNumber: '0912345678', durationSeconds: 65 },
      { extension: '201', callerNumber: '02838221144', durationSeconds: 41 },
      { extension: '220', answered: false, end: '2026-11-24T10:16:04' },
    ]);
  });

  it('knows Vietnamese titles and words', () => {
    expect(
      readingsOf([
        'STT | Ngày       | Giờ      | Máy lẻ | Hướng   | Số điện thoại | Thời lượng | Kết quả',
        '1   | 23/11/2026 | 09:30:12 | 214    | Gọi đi  | 0912345678    | 00:01:05   | Thành công',
        '2   | 23/11/2026 | 09:34:50 | 201    | Gọi đến | 02838221144   | 00:00:41   | Thành công',
        '3   | 24/11/2026 | 10:15:33 | 220    | Gọi đến | 0909123123    | 00:00:00   | Gọi nhỡ',
      ]),
    ).toMatchObject([
      NO_CALL,
      { extension: '214', direction: 'outgoing', dialedNumber: '0912345678', answered: true },
      { extension: '201', direction: 'incoming', callerNumber: '02838221144' },
      { extension: '220', direction: 'incoming', answered: false },
    ]);
  });

  it('reads dates without marks in the order in which the calls lie closest', () => {
    expect(proposed(['214 261123 0930 00:01:05', '214 261124 0934 00:00:41']).dateOrder).toBe('YMD');
    expect(proposed(['214 231126 0930 00:01:05', '214 241126 0934 00:00:41']).dateOrder).toBe('DMY');
    expect(proposed(['214 05/11/26 09:30 00:01:05', '214 06/11/26 09:34 00:00:41']).dateOrder).toBe('DMY');
    expect(proposed(['214 11/05/26 09:30 00:01:05', '214 11/06/26 09:34 00:00:41']).dateOrder).toBe('MDY');
  });

  it('leaves open what could be anything', () => {
    expect(meanings(['23/11/26 09:30 00:01:05 7 XQ', '23/11/26 09:31 00:00:05 8 YY'])).toEqual([
      'date',
      'time',
      'talk',
    ]);
  });
});
