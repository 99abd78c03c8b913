import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssembledCall } from '../../core/model/call.ts';
import { partsOfPrinted } from '../../core/model/time.ts';
import { createAssembler } from '../../parsers/assembler.ts';
import { detect } from '../../parsers/detect.ts';
import { parseText } from '../../parsers/parse-stream.ts';
import { formatById, formats } from '../../parsers/registry.ts';
import type { FormatDefinition, FormatOptions, ParseOutcome } from '../../parsers/types.ts';

function formatOf(id: string): FormatDefinition {
  const format = formatById(id);
  if (format === undefined) throw new Error(`no format ${id}`);
  return format;
}
const custom = formatOf('avaya-cm-custom');
const printer = formatOf('avaya-cm-printer');
const expanded = formatOf('avaya-cm-expanded');
const unformatted = formatOf('avaya-cm-unformatted');

type Cell = readonly [endColumn: number, text: string];

/** Numbers stand at the right end of their fields, so a cell is named by its last column. */
function line(cells: readonly Cell[]): string {
  const width = Math.max(...cells.map(([end]) => end));
  const characters = new Array<string>(width).fill(' ');
  for (const [end, text] of cells) characters.splice(end - text.length, text.length, ...text);
  return characters.join('');
}

interface Printed {
  readonly time?: string;
  readonly duration?: string;
  readonly condition?: string;
  readonly dial?: string;
  readonly used?: string;
  readonly dialled?: string;
  readonly calling?: string;
  readonly account?: string;
  readonly auth?: string;
  readonly inCircuit?: string;
  readonly outCircuit?: string;
}

const printerLine = (p: Printed): string =>
  line([
    [4, p.time ?? '0915'],
    [9, p.duration ?? '0010'],
    [11, p.condition ?? '7'],
    [15, p.dial ?? ''],
    [19, p.used ?? ''],
    [35, p.dialled ?? ''],
    [41, p.calling ?? ''],
    [57, p.account ?? ''],
    [65, p.auth ?? ''],
    [76, p.inCircuit ?? ''],
    [80, p.outCircuit ?? ''],
  ]);

interface Expanded extends Printed {
  readonly inCode?: string;
}
const expandedLine = (p: Expanded): string =>
  line([
    [4, p.time ?? '0915'],
    [9, p.duration ?? '0010'],
    [11, p.condition ?? '7'],
    [16, p.dial ?? ''],
    [21, p.used ?? ''],
    [37, p.dialled ?? ''],
    [48, p.calling ?? ''],
    [64, p.account ?? ''],
    [72, p.auth ?? ''],
    [81, p.inCircuit ?? ''],
    [85, p.outCircuit ?? ''],
    [95, p.inCode ?? ''],
  ]);
const out = (p: Expanded): string =>
  expandedLine({ used: '8112', outCircuit: '014', dialled: '0912345678', calling: '20101', ...p });
const came = (p: Expanded): string =>
  expandedLine({ condition: '9', dialled: '20105', calling: '0987654321', inCode: '8101', inCircuit: '007', ...p });

function outcomesOf(format: FormatDefinition, lines: readonly string[], options: FormatOptions = {}): ParseOutcome[] {
  return parseText(format, options, lines.map((one) => `${one}\r\n`).join('')).map(({ outcome }) => outcome);
}
function recordsOf(format: FormatDefinition, lines: readonly string[], options: FormatOptions = {}) {
  return outcomesOf(format, lines, options).flatMap((outcome) =>
    outcome.kind === 'call' || outcome.kind === 'part' ? [outcome.record] : [],
  );
}
function recordOf(format: FormatDefinition, one: string, options: FormatOptions = {}) {
  const [record, ...others] = recordsOf(format, [one], options);
  if (record === undefined || others.length > 0) throw new Error(JSON.stringify(outcomesOf(format, [one], options)));
  return record;
}

function callsOf(format: FormatDefinition, lines: readonly string[], options: FormatOptions = {}): AssembledCall[] {
  const assembler = createAssembler(format, options);
  const calls = new Map<number, AssembledCall>();
  const text = lines.map((one) => `${one}\r\n\0\0\0`).join('');
  for (const { outcome, offset, length } of parseText(format, options, text)) {
    if (outcome.kind !== 'call' && outcome.kind !== 'part') continue;
    const { record, kind } = outcome;
    const entry = { record, part: kind === 'part', doubts: [], sourceOffset: offset, byteLength: length };
    const parts = record.end === undefined ? undefined : partsOfPrinted(record.end);
    const day = (parts?.day ?? 1) * 86400;
    const step = assembler.push(entry, parts === undefined ? undefined : day + parts.secondOfDay);
    calls.set(step.firstOffset, step.call);
  }
  return [...calls.values()];
}

describe('durations in tenths of minutes', () => {
  it.each([
    ['0155', 930],
    ['0004', 24],
    ['0001', 6],
    ['1000', 3600],
    ['9599', 35994],
  ])('%s are %i seconds', (printed, seconds) => {
    expect(recordOf(printer, printerLine({ duration: printed, calling: '20101' })).durationSeconds).toBe(seconds);
  });

  it('are unknown after the clock was changed', () => {
    const record = recordOf(printer, printerLine({ duration: '9999', calling: '20101' }));
    expect(record).not.toHaveProperty('durationSeconds');
    expect(record.extra?.['duration']).toBe('9999');
  });

  it('have no minute above 59', () => {
    expect(outcomesOf(printer, [printerLine({ duration: '0755', calling: '20101' })])[0]?.kind).toBe('malformed');
  });
});

describe('the condition code', () => {
  const told = (condition: string, p: Expanded = {}) => {
    const { direction, answered, extension, ringSeconds } = recordOf(
      expanded,
      expandedLine({ condition, dialled: '0912345678', calling: '20101', ...p }),
    );
    return { direction, answered, extension, ringSeconds };
  };
  const outside = { used: '8112', outCircuit: '014' };
  const inside = { inCode: '8101', inCircuit: '007', dialled: '20105', calling: '0987654321' };

  it.each(['7', '8', 'A', 'B'])('%s is an outgoing call', (condition) => {
    expect(told(condition, outside)).toEqual({ direction: 'outgoing', extension: '20101' });
  });
  it('0 is a call between telephones', () => {
    expect(told('0', { dialled: '20105' })).toEqual({ direction: 'internal', extension: '20101' });
  });
  it('9 is an incoming call, and a tandem one when it left by another trunk', () => {
    expect(told('9', inside)).toEqual({ direction: 'incoming', extension: '20105' });
    expect(told('9', { ...inside, dialled: '0243555019', ...outside })).toEqual({ direction: 'tandem' });
  });
  it.each(['1', '4', 'C', 'J', 'K', 'M'])('%s leaves the direction to the trunks', (condition) => {
    expect(told(condition, outside).direction).toBe('outgoing');
    expect(told(condition, inside).direction).toBe('incoming');
    expect(told(condition, { ...inside, ...outside }).direction).toBe('tandem');
    expect(told(condition).direction).toBeUndefined();
  });
  it.each(['E', 'F'])('%s is an attempt that failed', (condition) => {
    expect(told(condition)).toEqual({ answered: false, extension: '20101' });
  });
  it.each([
    ['G', true],
    ['H', false],
    ['I', false],
  ])('%s is a ring time and no talk', (condition, answered) => {
    expect(told(condition, { ...inside, duration: '0002' })).toEqual({
      direction: 'incoming',
      answered,
      extension: '20105',
      ringSeconds: 12,
    });
    expect(recordOf(expanded, came({ condition }))).not.toHaveProperty('durationSeconds');
  });
  it('6 and T are no calls', () => {
    expect(outcomesOf(expanded, [out({ condition: '6' }), out({ condition: 'T' })])).toEqual([
      { kind: 'noise', rule: 'not-recorded' },
      { kind: 'noise', rule: 'signalling' },
    ]);
  });
  it.each(['2', '3', '5', 'D', 'L', 'N', 'Z', '*'])('%s is none', (condition) => {
    expect(outcomesOf(expanded, [out({ condition })])[0]?.kind).toBe('malformed');
  });
  it('has letters of its own in the 59-character page', () => {
    const page = formatOf('avaya-cm-59');
    const read = (condition: string) =>
      recordOf(page, `09150010${condition}   ${'112'.padStart(3)}${'0912345678'.padStart(15)}20101`);
    expect(read('G')).toMatchObject({ direction: 'outgoing', conditionCode: 'G', durationSeconds: 60 });
    expect(read('H')).toMatchObject({ direction: 'outgoing' });
    expect(read('N')).toMatchObject({ answered: false });
  });
});

describe('the parties', () => {
  it('of narrow pages are without the caller of an incoming call: the trunk stands there', () => {
    const record = recordOf(
      printer,
      printerLine({ condition: '9', dialled: '20105', calling: '101', inCircuit: '231' }),
    );
    expect(record).toMatchObject({ trunk: '101', extension: '20105', extra: { 'in-crt-id': '123' } });
    expect(record).not.toHaveProperty('callerNumber');
  });

  it('keep leading zeros and the # that ends dialling, which is no part of the number', () => {
    const [call] = callsOf(expanded, [out({ calling: '092', dialled: '0912345678#' })]);
    expect(call?.record).toMatchObject({ extension: '092', dialedNumber: '0912345678#' });
    expect(call?.outsideNumber).toBe('0912345678');
  });

  it('have circuits printed inverted, unless the switch shows them as they are', () => {
    const one = printerLine({ used: '112', dialled: '0912345678', calling: '20101', outCircuit: '231' });
    expect(recordOf(printer, one).trunk).toBe('123');
    expect(recordOf(printer, one, { circuitIds: 'modified' }).trunk).toBe('231');
  });

  it('carry account and authorization code apart', () => {
    const [call] = callsOf(expanded, [out({ account: '00471', auth: '1234567' })]);
    expect(call).toMatchObject({ code: '1234567', codeField: 'authorization' });
    expect(call?.record.accountCode).toBe('00471');
    expect(callsOf(expanded, [out({ account: '00471' })])[0]).toMatchObject({ code: '00471', codeField: 'account' });
    const chosen = (codeSource: string) =>
      callsOf(expanded, [out({ account: '00471', auth: '1234567' })], { codeSource })[0]?.code;
    expect(chosen('account')).toBe('00471');
    expect(chosen('account-then-authorization')).toBe('00471');
    expect(chosen('authorization')).toBe('1234567');
  });

  it('are not cut where a number stands across two fields', () => {
    const shifted = ` ${out({})}`;
    expect(outcomesOf(expanded, [shifted])[0]?.kind).toBe('malformed');
  });
});

describe('date records', () => {
  const at = (time: string): string => printerLine({ time, calling: '20101', dialled: '20105', condition: '0' });
  const ends = (lines: readonly string[], options: FormatOptions = {}) =>
    recordsOf(printer, lines, options).map((record) => record.end);

  it('give the day to the calls behind them; before the first one nobody knows it', () => {
    expect(ends([at('0915'), '11 23', at('0916')])).toEqual(['T09:15:00', 'XXXX-11-23T09:16:00']);
  });

  it.each(['11 23', '1123', '11/23', '09:10 11/23', '0910 1123', '  11 23 '])('are known as %j', (date) => {
    expect(outcomesOf(printer, [date])).toEqual([{ kind: 'noise', rule: 'date' }]);
    expect(ends([date, at('0916')])).toEqual(['XXXX-11-23T09:16:00']);
  });

  it('may be glued to the front of the first call', () => {
    expect(ends([`09:10 11/23${at('0916')}`])).toEqual(['XXXX-11-23T09:16:00']);
  });

  it('have the day first where the switch is set so', () => {
    expect(ends(['05 11', at('0916')], { dateOrder: 'DM' })).toEqual(['XXXX-11-05T09:16:00']);
    expect(outcomesOf(printer, ['23 11'])).toEqual([{ kind: 'malformed', reason: 'bad-date' }]);
    expect(ends(['11 22', '23 11', at('0916')])).toEqual(['T09:16:00']);
  });

  it('may change places with the calls around midnight', () => {
    expect(ends(['11 30', at('2358'), at('0001'), '12 01', at('0003')])).toEqual([
      'XXXX-11-30T23:58:00',
      'XXXX-12-01T00:01:00',
      'XXXX-12-01T00:03:00',
    ]);
    expect(ends(['12 31', at('2350'), '01 01', at('2359'), at('0000'), at('2359')])).toEqual([
      'XXXX-12-31T23:50:00',
      'XXXX-12-31T23:59:00',
      'XXXX-01-01T00:00:00',
      'XXXX-12-31T23:59:00',
    ]);
  });

  it('are not guessed behind 28 February, which has two next days', () => {
    expect(ends(['02 28', at('2358'), at('0001'), '03 01', at('0003')])).toEqual([
      'XXXX-02-28T23:58:00',
      'T00:01:00',
      'XXXX-03-01T00:03:00',
    ]);
  });

  it('that are repeated when the link comes back change nothing', () => {
    expect(ends(['11 23', at('0916'), '11 23', at('2359')])).toEqual(['XXXX-11-23T09:16:00', 'XXXX-11-23T23:59:00']);
  });
});

describe('the customized record', () => {
  const items =
    'date 6, space, time 4, space, sec-dur 5, space, cond-code, space, dialed-num 18, space, calling-num 7, space, acct-code 6, space, ucid';
  const one = `112326 0915 00155 7 ${'0912345678'.padStart(18)} ${'20101'.padStart(7)} ${'4711'.padStart(6)} 00001012341790000001`;

  it('is read by the list of its items', () => {
    expect(recordOf(custom, one, { items })).toEqual({
      end: '2026-11-23T09:15:00',
      startOrEnd: 'end',
      durationSeconds: 155,
      direction: 'outgoing',
      conditionCode: '7',
      dialedNumber: '0912345678',
      callerNumber: '20101',
      extension: '20101',
      accountCode: '4711',
      callId: '00001012341790000001',
    });
  });

  it('may be listed as the form prints it, with any separators, and end with its line end', () => {
    const lists = [
      items.replaceAll(', ', ','),
      items.replaceAll(', ', '\n'),
      items.replaceAll(' 6', ':6').replaceAll(' 18', ' - 18'),
      items.replaceAll('-', '_').toUpperCase(),
      items
        .split(', ')
        .map((item, i) => `${i + 1}: ${item}`)
        .join('; '),
      `${items}, return 1, line-feed 1, null`,
    ];
    const expected = recordOf(custom, one, { items });
    for (const list of lists) expect(recordOf(custom, one, { items: list })).toEqual(expected);
  });

  it('may be copied from the form, whose numbers give the order across its columns', () => {
    const names = items.split(', ').map((item) => item.split(' '));
    const place = (i: number): string =>
      `${String(i + 1).padStart(2)}: ${(names[i]?.[0] ?? '').padEnd(15)}- ${(names[i]?.[1] ?? (names[i] === undefined ? '' : names[i]?.[0] === 'ucid' ? '20' : '1')).padEnd(3)}`;
    const rows = Array.from({ length: 6 }, (_, row) => [row, row + 6, row + 12].map(place).join('   '));
    expect(rows[0]).toBe(' 1: date           - 6      7: cond-code      - 1     13: acct-code      - 6  ');
    expect(rows[5]).toBe(' 6: space          - 1     12: space          - 1     18:                -    ');
    expect(recordOf(custom, one, { items: rows.join('\n') })).toEqual(recordOf(custom, one, { items }));
    expect(recordOf(custom, one, { items: rows.join(' ') })).toEqual(recordOf(custom, one, { items }));
  });

  it('never throws, whatever is typed as the list', () => {
    const word = fc.constantFrom(
      'date',
      'time',
      'sec-dur',
      'dialed-num',
      'calling-num',
      'space',
      'skip',
      'return',
      '6',
    );
    const typed = fc.oneof(
      fc.string(),
      fc.array(word).map((words) => words.join(', ')),
    );
    fc.assert(
      fc.property(typed, fc.string({ maxLength: 120 }), (list, text) => {
        for (const outcome of outcomesOf(custom, [text], { items: list })) {
          expect(['call', 'noise', 'malformed']).toContain(outcome.kind);
        }
      }),
    );
  });

  it('takes usual lengths for granted and passes over what is skipped', () => {
    const list = 'cond-code, space, time, space, duration, skip 9, dialed-num, space, calling-num 5';
    const text = `A 0915 0012whatever ${'0912345678'.padStart(23)} 20101`;
    expect(recordOf(custom, text, { items: list })).toMatchObject({
      end: 'T09:15:00',
      durationSeconds: 72,
      dialedNumber: '0912345678',
      extension: '20101',
    });
  });

  it.each([
    ['date 6, time, dialled-num 18, sec-dur', 'unknown-item', 'dialled-num 18'],
    ['date 6, time, dialed-num 0, sec-dur', 'unknown-item', 'dialed-num 0'],
    ['date 6, time, dialed-num, sec-dur, time', 'item-twice', 'time'],
    ['date 6, time', 'items-incomplete', 'dialed-num'],
    ['date 6, time, dialed-num', 'items-incomplete', 'sec-dur'],
    ['date 6, line-feed, dialed-num, sec-dur', 'items-after-line-end', 'dialed-num'],
    ['???', 'unknown-item', '???'],
  ])('refuses every line of the list %j and says why', (list, reason, detail) => {
    expect(outcomesOf(custom, [one, ''], { items: list })).toEqual([{ kind: 'malformed', reason, detail }]);
  });

  it('is malformed when the list does not fit: a character stands where a space is listed', () => {
    expect(outcomesOf(custom, [one], { items: items.replace('dialed-num 18', 'dialed-num 16') })[0]).toMatchObject({
      kind: 'malformed',
    });
    expect(outcomesOf(custom, [`${one} 1`], { items })[0]).toMatchObject({ reason: 'outside-fields' });
  });

  it.each([
    ['MDY', '020902', '2002-02-09'],
    ['DMY', '020902', '2002-09-02'],
    ['YMD', '020902', '2002-09-02'],
    ['YDM', '020902', '2002-02-09'],
  ])('has its date in the order %s', (dateOrder, printed, date) => {
    const text = one.replace('112326', printed);
    expect(recordOf(custom, text, { items, dateOrder }).end).toBe(`${date}T09:15:00`);
  });

  it('keeps a call with an impossible date', () => {
    expect(outcomesOf(custom, [one.replace('112326', '133126')], { items })[0]).toMatchObject({
      kind: 'call',
      doubts: ['date-impossible'],
    });
  });

  it('may have a date of four places, or none and date records', () => {
    const list = 'date 4, space, time, space, duration 4, space, calling-num 5';
    expect(recordOf(custom, '1123 0915 0012 20101', { items: list }).end).toBe('XXXX-11-23T09:15:00');
    const dateless = 'time, space, duration 4, space, calling-num 5';
    expect(recordsOf(custom, ['09:00 11/23', '0915 0012 20101'], { items: dateless })[0]?.end).toBe(
      'XXXX-11-23T09:15:00',
    );
  });

  it('tells a caller from a trunk access code where both share an item', () => {
    const list = 'cond-code, space, time, space, duration, space, clg-num/in-tac 10, space, dialed-num 15';
    const incoming = (calling: string) =>
      recordOf(custom, `9 0915 0012 ${calling.padStart(10)} ${'20105'.padStart(15)}`, { items: list });
    expect(incoming('0987654321')).toMatchObject({ callerNumber: '0987654321', extension: '20105' });
    expect(incoming('8101')).toMatchObject({ trunk: '8101', extension: '20105' });
    expect(incoming('8101')).not.toHaveProperty('callerNumber');
  });
});

describe('records of one call', () => {
  it('of a call that was passed on are tied by trunk, number and touching times', () => {
    const calls = callsOf(expanded, [
      '11 23',
      out({ time: '0915', duration: '0020', auth: '4711' }),
      out({ time: '0918', duration: '0030', calling: '20107' }),
    ]);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ talkSeconds: 300, code: '4711', answered: true, direction: 'outgoing' });
    expect(calls[0]?.record).toMatchObject({ extension: '20101', transferred: true, end: 'XXXX-11-23T09:18:00' });
    expect(calls[0]?.legs).toHaveLength(2);
  });

  it('stay apart on another line, to another number, by the same telephone or after a pause', () => {
    const first = out({ time: '0915', duration: '0020' });
    for (const next of [
      out({ time: '0918', duration: '0030', calling: '20107', outCircuit: '015' }),
      out({ time: '0918', duration: '0030', calling: '20107', used: '8113' }),
      out({ time: '0918', duration: '0030', calling: '20107', dialled: '0912345679' }),
      out({ time: '0918', duration: '0030' }),
      out({ time: '0928', duration: '0030', calling: '20107' }),
    ]) {
      expect(callsOf(expanded, ['11 23', first, next])).toHaveLength(2);
    }
  });

  it('of incoming calls are tied only when the caller is printed', () => {
    const legs = (calling: string) => [
      came({ time: '0915', duration: '0020', calling }),
      came({ time: '0918', duration: '0030', calling, dialled: '20107' }),
    ];
    expect(callsOf(expanded, legs('0987654321'))).toHaveLength(1);
    expect(callsOf(expanded, legs(''))).toHaveLength(2);
  });

  it('give an answered call its ring time, never as talk', () => {
    const [call, ...others] = callsOf(expanded, [
      came({ time: '0915', duration: '0002', condition: 'G' }),
      came({ time: '0918', duration: '0030' }),
    ]);
    expect(others).toEqual([]);
    expect(call).toMatchObject({ talkSeconds: 180, ringSeconds: 12, answered: true, direction: 'incoming' });
  });

  it('say that a call was answered when its talk is lost, and lost when nobody took it', () => {
    const [answered] = callsOf(expanded, [came({ condition: 'G', duration: '0002' })]);
    expect(answered).toMatchObject({ answered: true, talkSeconds: 0, ringSeconds: 12 });
    const [abandoned, next] = callsOf(expanded, [
      came({ condition: 'H', duration: '0002' }),
      came({ time: '0918', duration: '0030' }),
    ]);
    expect(abandoned).toMatchObject({ answered: false, talkSeconds: 0 });
    expect(next).toMatchObject({ talkSeconds: 180 });
  });

  it('of more than ten hours are one', () => {
    const calls = callsOf(expanded, [
      '11 23',
      out({ time: '1900', duration: '9599', condition: '4' }),
      '11 24',
      out({ time: '0500', duration: '9599', condition: '4' }),
      out({ time: '0530', duration: '0300' }),
    ]);
    expect(calls).toHaveLength(1);
    expect(calls[0]?.talkSeconds).toBe(35994 * 2 + 1800);
    expect(calls[0]?.record.transferred).toBeUndefined();
  });

  it('are tied by the universal call id wherever they went', () => {
    const items =
      'date, space, time, space, sec-dur, space, cond-code, space, dialed-num, space, calling-num, space, ucid';
    const leg = (time: string, calling: string, id: string) =>
      `112326 ${time} 00060 7 ${'0912345678'.padStart(23)} ${calling.padStart(15)} ${id}`;
    const [a, b] = ['00001012341790000001', '00001012341790000002'];
    const legs = [leg('0915', '20101', a), leg('0916', '20103', b), leg('0945', '20107', a)];
    const calls = callsOf(custom, legs, { items });
    expect(calls.map((call) => [call.talkSeconds, call.legs.length])).toEqual([
      [120, 2],
      [60, 1],
    ]);
  });

  it('are never lost or counted twice, in whatever order they come and whichever are missing', () => {
    const day = [
      out({ time: '0915', duration: '0020' }),
      out({ time: '0918', duration: '0030', calling: '20107' }),
      came({ time: '0920', duration: '0002', condition: 'G' }),
      came({ time: '0923', duration: '0030' }),
      out({ time: '0930', duration: '0100', outCircuit: '016', calling: '20110' }),
      came({ time: '0931', duration: '0001', condition: 'H', inCircuit: '009' }),
    ];
    const seconds = [120, 180, 0, 180, 600, 0];
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5]), (kept) => {
        const calls = callsOf(
          expanded,
          kept.map((index) => day[index] ?? ''),
        );
        const talk = calls.reduce((sum, call) => sum + call.talkSeconds, 0);
        expect(talk).toBe(kept.reduce((sum, index) => sum + (seconds[index] ?? 0), 0));
        expect(calls.reduce((sum, call) => sum + call.legs.length, 0)).toBe(kept.length);
      }),
    );
  });
});

describe('what comes over the line', () => {
  const whole = unformattedLine();
  function unformattedLine(): string {
    return line([
      [4, '0915'],
      [8, '0155'],
      [9, '7'],
      [13, '9'],
      [17, '8112'],
      [32, '0912345678'],
      [42, '20101'],
      [73, '014'],
      [100, ''],
    ]);
  }

  it('is cut at CR LF, at LF or CR alone, with NULs anywhere between', () => {
    for (const end of ['\r\n', '\n', '\r', '\r\n\0\0\0', '\0\n\0']) {
      const outcomes = parseText(unformatted, {}, `${whole}${end}${whole}${end}`).map(({ outcome }) => outcome);
      expect(outcomes.filter(({ kind }) => kind === 'call')).toHaveLength(2);
      expect(outcomes.filter(({ kind }) => kind === 'malformed')).toEqual([]);
    }
  });

  it('may be the enhanced form, with the time in queue', () => {
    const enhanced = `${whole.slice(0, 64)}12${whole.slice(66)}`;
    expect(recordOf(unformatted, enhanced)).toEqual({
      ...recordOf(unformatted, whole),
      extra: { ...recordOf(unformatted, whole).extra, 'queue-time': '12' },
    });
  });

  it('may have lost the blanks at its end, but nothing at its front', () => {
    const expected = recordOf(unformatted, whole);
    expect(recordOf(unformatted, whole.trimEnd())).toEqual(expected);
    for (let from = 1; from < 17; from++) {
      const cut = outcomesOf(unformatted, [whole.slice(from)])[0];
      const isSame = cut?.kind === 'call' && cut.record.dialedNumber === expected.dialedNumber;
      expect(isSame).toBe(false);
    }
  });

  it('may stand behind the mark of a UTF-8 file or a bell', () => {
    for (const front of ['\xef\xbb\xbf', '\x07'])
      expect(recordOf(unformatted, `${front}${whole}`)).toEqual(recordOf(unformatted, whole));
  });

  it('is no call when it is a time stamp, a bar code or a number alone', () => {
    for (const text of ['20261123091500', '8466721249256', '20261123091500 70439', '09150017912345678901234567'])
      for (const id of ['avaya-cm-lsu', 'avaya-cm-59', 'avaya-cm-unformatted'])
        expect(outcomesOf(formatOf(id), [text])[0]?.kind, `${id} ${text}`).toBe('malformed');
  });

  it('is not what detection is sure of where every line is digits from end to end', () => {
    const lines = Array.from(
      { length: 20 },
      (_, i) => `202611230915${i + 10}${`${(i + 1) * 7919}`.repeat(9).slice(0, 26)}`,
    );
    const { isSure, candidates } = detect(`${lines.join('\r\n')}\r\n`, formats);
    expect(candidates[0]?.formatId).toMatch(/^avaya-cm-/);
    expect(candidates[0]?.confidence).toBeLessThan(0.6);
    expect(isSure).toBe(false);
  });

  it('is no call when it is a binary session or a message', () => {
    for (const text of ['\x01\x00\x20\x7f\x80RSP', 'CDR link up', 'login: ', '0915', '0915 0010']) {
      expect(outcomesOf(unformatted, [text]).map(({ kind }) => kind)).not.toContain('call');
      expect(outcomesOf(printer, [text]).map(({ kind }) => kind)).not.toContain('call');
    }
  });
});

describe('a record in two lines', () => {
  const twoLine = formatOf('avaya-cm-int-isdn');
  const first = came({ inCircuit: '', inCode: '' }).trimEnd();
  const second = line([
    [6, '007'],
    [20, '8101'],
  ]);

  it('is one call with the trunk of its second line', () => {
    const calls = callsOf(twoLine, ['1123', first, second, out({ outCircuit: '' })]);
    expect(calls).toHaveLength(2);
    expect(calls[0]?.legs).toHaveLength(1);
    expect(calls[0]?.record).toMatchObject({
      extension: '20105',
      extra: { 'in-crt-id': '007', 'in-trk-code': '8101' },
    });
  });

  it('has no second line where none came before it', () => {
    expect(outcomesOf(twoLine, [second])[0]?.kind).toBe('malformed');
    expect(outcomesOf(twoLine, [first, second, second]).map(({ kind }) => kind)).toEqual(['call', 'part', 'malformed']);
  });
});
