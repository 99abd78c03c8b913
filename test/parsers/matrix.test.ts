import { describe, expect, it } from 'vitest';
import { matrixEternity } from '../../parsers/matrix/matrix-eternity.ts';
import { parseText } from '../../parsers/parse-stream.ts';
import type { FormatOptions, ParseOutcome } from '../../parsers/types.ts';

type Cell = readonly [column: number, text: string];

function line(cells: readonly Cell[]): string {
  const characters = new Array<string>(Math.max(...cells.map(([column, text]) => column - 1 + text.length))).fill(' ');
  for (const [column, text] of cells) characters.splice(column - 1, text.length, ...text);
  return characters.join('');
}

const outgoing: readonly Cell[] = [
  [1, '00001'],
  [8, '2101'],
  [13, '471'],
  [17, '0101'],
  [22, '0912345678'],
  [41, '23-11'],
  [50, '09:15:02'],
  [59, '  151'],
  [72, '12.50'],
  [78, 'TI'],
];
const incoming: readonly Cell[] = [
  [7, '0243555019'],
  [24, '2105'],
  [32, '0102'],
  [37, '23-11'],
  [48, '09:18:30'],
  [65, '   65'],
  [70, 'N'],
];
const internal: readonly Cell[] = [
  [7, 'IN'],
  [12, '2101'],
  [29, '2105'],
  [41, '23-11'],
  [53, '09:30:00'],
  [63, '   12'],
];

function outcomeOf(text: string, options: FormatOptions = {}): ParseOutcome {
  // Padding in front is a frame of its own.
  const outcome = parseText(matrixEternity, options, `${text}\r\n`).at(-1);
  if (outcome === undefined) throw new Error('no frame');
  return outcome.outcome;
}
function recordOf(text: string, options: FormatOptions = {}) {
  const outcome = outcomeOf(text, options);
  if (outcome.kind !== 'call') throw new Error(JSON.stringify(outcome));
  return outcome.record;
}

describe('the pages of a Matrix ETERNITY', () => {
  it('tell the direction by where the clock stands', () => {
    expect(recordOf(line(outgoing))).toEqual({
      start: 'XXXX-11-23T09:15:02',
      startOrEnd: 'start',
      durationSeconds: 151,
      direction: 'outgoing',
      extension: '2101',
      callerNumber: '2101',
      accountCode: '471',
      trunk: '0101',
      dialedNumber: '0912345678',
      cost: '12.50',
      conditionCode: 'TI',
    });
    expect(recordOf(line(incoming))).toEqual({
      start: 'XXXX-11-23T09:18:30',
      startOrEnd: 'start',
      durationSeconds: 65,
      direction: 'incoming',
      extension: '2105',
      callerNumber: '0243555019',
      trunk: '0102',
      conditionCode: 'N',
    });
    expect(recordOf(line(internal))).toEqual({
      start: 'XXXX-11-23T09:30:00',
      startOrEnd: 'start',
      durationSeconds: 12,
      direction: 'internal',
      extension: '2101',
      callerNumber: '2101',
      dialedNumber: '2105',
    });
  });

  it.each(['TI', 'I', 'R', 'C', 'D'])('keep the outgoing type %s as printed and conclude nothing from it', (type) => {
    const record = recordOf(line([...outgoing.slice(0, -1), [78, type]]));
    expect(record.conditionCode).toBe(type);
    expect(record).not.toHaveProperty('answered');
    expect(record).not.toHaveProperty('transferred');
  });
  it.each(['T', 'N', 'U', 'D', 'I'])('keep the incoming type %s as printed', (type) => {
    expect(recordOf(line([...incoming.slice(0, -1), [70, type]])).conditionCode).toBe(type);
  });

  it.each([
    ['23-11-26', '2026-11-23'],
    ['23/11/26', '2026-11-23'],
    ['23-11', 'XXXX-11-23'],
    ['23-11 26', 'XXXX-11-23'],
  ])('have the year behind the month, parted as day and month are: %s', (printed, date) => {
    expect(recordOf(line([...outgoing.filter(([column]) => column !== 41), [41, printed]])).start).toBe(
      `${date}T09:15:02`,
    );
  });

  it('are read behind NULs and behind a syslog header', () => {
    const expected = recordOf(line(incoming));
    for (const header of [
      '<134>',
      '<134>Nov 23 09:18:30 ',
      '<134>Nov 23 09:18:30',
      '<134>Nov  3 09:18:30 pbx ',
      '<134>Nov 23 09:18:30 pbx smdr: ',
      '<134>1 2026-11-23T09:18:30Z pbx ',
    ]) {
      expect(recordOf(`\0\0${header}${line(incoming)}`)).toEqual(expected);
    }
  });

  it('say nothing of a caller for whom a word is printed, and of fields that are only filled up', () => {
    const from = (text: string) => outcomeOf(line([[7, text.padEnd(16)], ...incoming.slice(1)]));
    for (const text of ['Unknown', 'PRIVATE', 'Not Available']) {
      const outcome = from(text);
      expect(outcome).toMatchObject({ kind: 'call', doubts: ['number-hidden'], record: { extra: { caller: text } } });
      expect(outcome.kind === 'call' ? outcome.record : {}).not.toHaveProperty('callerNumber');
    }
    expect(from('-'.repeat(16))).toEqual({ kind: 'call', record: recordOf(line(incoming.slice(1))) });
    expect(from('0243555019------')).toEqual(outcomeOf(line(incoming)));
    expect(from('#!')).toMatchObject({ kind: 'malformed', reason: 'bad-number' });
  });

  it('keep a call with an impossible date', () => {
    expect(outcomeOf(line(outgoing).replace('23-11', '31-02'))).toMatchObject({
      kind: 'call',
      doubts: ['date-impossible'],
    });
  });

  it('are noise as a ruler or a heading, and malformed when damaged', () => {
    expect(outcomeOf('-------------------------------------------')).toEqual({ kind: 'noise', rule: 'ruler' });
    expect(outcomeOf('  Ext   Acc  Trunk  Called Number   Date   Time   Duration')).toEqual({
      kind: 'noise',
      rule: 'heading',
    });
    for (const text of ['SMDR started at 09:15:02', line(outgoing).slice(1), line(outgoing).slice(0, 58), 'hello']) {
      expect(outcomeOf(text).kind).toBe('malformed');
    }
    expect(outcomeOf(line(internal).replace('IN', '  ')).kind).toBe('malformed');
  });
});

describe('the columns of a site', () => {
  const outgoingColumns =
    'caller 1 4, called 6 12, day 19 2, month 22 2, year 25 4, time 30 5, duration 36 6, account 43 6';
  const own = '2101 0912345678   23/11/2026 09:15    151 104711';

  it('stand above the usual ones', () => {
    expect(recordOf(own, { outgoingColumns, incomingColumns: 'off', internalColumns: 'off' })).toEqual({
      start: '2026-11-23T09:15:00',
      startOrEnd: 'start',
      durationSeconds: 151,
      direction: 'outgoing',
      extension: '2101',
      callerNumber: '2101',
      dialedNumber: '0912345678',
      accountCode: '104711',
    });
    expect(outcomeOf(own).kind).toBe('malformed');
    expect(outcomeOf(line(incoming), { incomingColumns: 'off' }).kind).toBe('malformed');
  });

  it.each([
    ['caller 1 4, dialled 6 12, day 19 2, month 22 2, time 30 5, duration 36 6', 'dialled 6 12'],
    ['day 19 2, month 20 2, time 30 5, duration 36 6', 'month 20 2'],
    ['day 19 2, month 22 2, time 30 5', 'duration'],
    ['day 19, month 22 2, time 30 5, duration 36 6', 'day 19'],
    ['day 0 2, month 22 2, time 30 5, duration 36 6', 'day 0 2'],
  ])('that cannot be understood refuse every line and say why: %s', (list, detail) => {
    expect(outcomeOf(own, { outgoingColumns: list })).toEqual({ kind: 'malformed', reason: 'unknown-column', detail });
  });
});
