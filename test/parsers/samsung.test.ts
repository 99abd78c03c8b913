import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssembledCall } from '../../core/model/call.ts';
import type { CallRecord } from '../../core/model/call-record.ts';
import { daysFromCivil, partsOfPrinted } from '../../core/model/time.ts';
import { createAssembler } from '../../parsers/assembler.ts';
import { detect } from '../../parsers/detect.ts';
import { parseText } from '../../parsers/parse-stream.ts';
import { formatById, formats } from '../../parsers/registry.ts';
import type { FormatDefinition, FormatOptions } from '../../parsers/types.ts';

const ID = 'samsung-officeserv';

function format(id: string): FormatDefinition {
  const found = formatById(id);
  if (found === undefined) throw new Error(`no format ${id}`);
  return found;
}

const records = (text: string, options: FormatOptions = {}, id = ID): CallRecord[] =>
  parseText(format(id), options, text).flatMap(({ outcome }) => (outcome.kind === 'call' ? [outcome.record] : []));

const reasons = (text: string): string[] =>
  parseText(format(ID), {}, text).map(({ outcome }) =>
    outcome.kind === 'noise' ? outcome.rule : outcome.kind === 'malformed' ? `!${outcome.reason}` : outcome.kind,
  );

function localSeconds(printed: string | undefined): number | undefined {
  const parts = printed === undefined ? undefined : partsOfPrinted(printed);
  if (parts?.month === undefined || parts.day === undefined) return undefined;
  return daysFromCivil(parts.year ?? 2000, parts.month, parts.day) * 86400 + parts.secondOfDay;
}

/** The calls of a stream as they stand at its end, in order of their first records. */
function calls(lines: readonly string[], id = ID): AssembledCall[] {
  const assembler = createAssembler(format(id), {});
  const byOffset = new Map<number, AssembledCall>();
  for (const { offset, length, outcome } of parseText(format(id), {}, lines.join('\r\n'))) {
    if (outcome.kind !== 'call') continue;
    const { record, doubts = [] } = outcome;
    const entry = { record, doubts, part: false, sourceOffset: offset, byteLength: length };
    const step = assembler.push(entry, localSeconds(record.start));
    byOffset.set(step.firstOffset, step.call);
  }
  return [...byOffset.values()];
}

/** A line with texts at columns counted from 1. */
function at(width: number, ...cells: readonly (readonly [number, string])[]): string {
  const line = new Array<string>(width).fill(' ');
  for (const [column, text] of cells) {
    [...text].forEach((sign, i) => {
      line[column - 1 + i] = sign;
    });
  }
  return line.join('');
}

interface Leg {
  readonly extension?: string;
  readonly trunk?: string;
  readonly date?: string;
  readonly time: string;
  readonly seconds: string;
  readonly flag: string;
  readonly number?: string;
}
const leg = (
  { extension = '209', trunk = '705', date = '02/21', ...rest }: Leg,
  ...more: (readonly [number, string])[]
) =>
  at(
    126,
    [3, '1'],
    [5, extension],
    [15, trunk],
    [20, date],
    [26, rest.time],
    [35, rest.seconds],
    [44, rest.flag],
    [47, rest.number ?? ''],
    ...more,
  );

const rings = leg({ time: '11:17:27', seconds: '00:00:16', flag: 'IA' });
const movedOn = leg({ time: '11:17:43', seconds: '00:01:31', flag: 'OT' });
const movedAgain = leg({ time: '11:19:14', seconds: '00:00:08', flag: 'IT' });
const taken = leg({ extension: '210', time: '11:19:22', seconds: '00:00:05', flag: 'T' });
const outgoing = leg({ time: '11:17:39', seconds: '00:00:40', flag: 'O', number: '929101' });

describe('Samsung records', () => {
  it.each([
    ['O', { direction: 'outgoing' }],
    ['I', { direction: 'incoming' }],
    ['IT', { direction: 'incoming', transferred: true }],
    ['OT', { direction: 'outgoing', transferred: true }],
    ['T', { direction: undefined, transferred: true }],
    ['TT', { direction: undefined, transferred: true }],
    ['A', { direction: 'incoming', answered: false }],
    ['IA', { direction: 'incoming', ringSeconds: 40, durationSeconds: undefined }],
    ['DI', { direction: undefined, durationSeconds: 40 }],
    ['DO', { direction: undefined }],
    ['DE', { direction: undefined }],
    ['FI', { direction: undefined }],
    ['FO', { direction: undefined }],
  ])('with the flag %s say what it means and no more', (flag, expected) => {
    const [record] = records(leg({ time: '11:17:39', seconds: '00:00:40', flag }));
    expect(record?.conditionCode).toBe(flag);
    for (const [key, value] of Object.entries(expected)) expect(record?.[key as keyof CallRecord]).toBe(value);
  });

  it('do not call a leg outgoing whose trunk rang until its start', () => {
    expect(records(`${rings}\n${movedOn}`)[1]).not.toHaveProperty('direction');
    expect(records(movedOn)[0]?.direction).toBe('outgoing');
    const elsewhere = leg({ trunk: '706', time: '11:17:43', seconds: '00:01:31', flag: 'OT' });
    expect(records(`${rings}\n${elsewhere}`)[1]?.direction).toBe('outgoing');
  });

  it('are found behind bytes that the PBX or the line put in front', () => {
    const [plain] = records(outgoing);
    for (const front of ['\0', ' ', '     ', 'x\x08y\x08\xfe', '\r', '\x0c', '\0\0']) {
      expect(records(front + outgoing)).toEqual([plain]);
    }
  });

  it('may have lost the blanks in front and behind', () => {
    const [plain] = records(outgoing);
    expect(records(outgoing.trim())).toEqual([plain]);
    expect(records(outgoing.slice(1))).toEqual([plain]);
    const withoutTenant = ` ${outgoing.slice(3)}`.replace(/^ +/, '');
    expect(records(withoutTenant)).toEqual([plain]);
  });

  it('that lost their beginning are no calls', () => {
    for (let lost = 5; lost < 19; lost++) {
      const rest = outgoing.slice(lost);
      const read = records(rest);
      expect(read.every((record) => record.extension === undefined || record.extension === '209')).toBe(true);
    }
    expect(reasons(outgoing.slice(5))).toEqual(['!cut-short']);
    expect(reasons(outgoing.slice(6))).toEqual(['!cut-short']);
  });

  it.each<[string, readonly (readonly [number, string])[], Partial<CallRecord>]>([
    ['a short page', [[70, '0.00']], { cost: '0.00' }],
    ['a short page with a large amount', [[66, '12345.50']], { cost: '12345.50' }],
    ['a 122-column page', [[83, '0.00']], { cost: '0.00' }],
    [
      'a long page with everything',
      [
        [66, '123456789012'],
        [81, '01'],
        [89, '1.50'],
        [95, '0912345678'],
        [108, 'LE VAN B'],
      ],
      { accountCode: '123456789012', cost: '1.50', callerNumber: '0912345678', callerName: 'LE VAN B' },
    ],
    ['an account code that looks like a number', [[66, '4711']], { accountCode: '4711' }],
    [
      'a caller without a name',
      [
        [95, '80942350331'],
        [109, 'no CLIP name'],
      ],
      { callerNumber: '80942350331' },
    ],
    [
      'a caller without a number',
      [
        [95, 'no CLIP number'],
        [110, 'LE VAN B'],
      ],
      { callerName: 'LE VAN B' },
    ],
    [
      'a number that touches its name',
      [[95, '8094235033112 LE VAN B']],
      {
        callerNumber: '8094235033112',
        callerName: 'LE VAN B',
      },
    ],
  ])('tell by themselves what stands behind the digits: %s', (_page, cells, expected) => {
    const [record] = records(leg({ time: '11:17:39', seconds: '00:00:40', flag: 'I' }, ...cells));
    const { start: _start, startOrEnd: _is, durationSeconds: _seconds, direction: _way, ...rest } = record ?? {};
    const { extension: _extension, trunk: _trunk, conditionCode: _flag, ...behind } = rest;
    expect(behind).toEqual(expected);
  });

  it('with letters between the digits and the amounts are damaged', () => {
    expect(reasons(leg({ time: '11:17:39', seconds: '00:00:40', flag: 'I' }, [79, '#!?']))).toEqual([
      '!outside-fields',
    ]);
  });

  it('get the year of the page title, in both of its spellings', () => {
    const titled = (date: string, call: string) =>
      records(` SMDR REPORT FOR [ A B ] ${date} 11:25\r\n${call}`)[0]?.start;
    expect(titled('02/21/2003', outgoing)).toBe('2003-02-21T11:17:39');
    expect(titled('Feb/21/2003', outgoing)).toBe('2003-02-21T11:17:39');
    expect(titled('01/02/2004', outgoing.replace('02/21', '12/31'))).toBe('2003-12-31T11:17:39');
    expect(titled('12/31/2003', outgoing.replace('02/21', '01/01'))).toBe('2004-01-01T11:17:39');
    expect(records(outgoing)[0]?.start).toBe('XXXX-02-21T11:17:39');
  });

  it('read the day first where the source says so', () => {
    const [record] = records(outgoing.replace('02/21', '21/02'), { dateOrder: 'DMY' });
    expect(record?.start).toBe('XXXX-02-21T11:17:39');
  });

  it('are detected with and without their heading', () => {
    const lines = [outgoing, taken, outgoing.replace('209', '210'), movedAgain].join('\r\n');
    expect(detect(lines, formats).candidates[0]?.formatId).toBe(ID);
    const heading = '  T EXT  AUTH TRK  MM/DD STT.TIME DURATION FG DIALED DIGIT          COST        ';
    expect(detect(`${heading}\r\n${lines}`, formats)).toMatchObject({ isSure: true, candidates: [{ formatId: ID }] });
  });
});

describe('Samsung calls', () => {
  it('are whole chains on one trunk: ringing, talk, transfer', () => {
    const [call, ...others] = calls([rings, movedOn, movedAgain, taken]);
    expect(others).toEqual([]);
    expect(call).toMatchObject({
      direction: 'incoming',
      answered: true,
      talkSeconds: 91 + 8 + 5,
      ringSeconds: 16,
      doubts: [],
      record: { start: 'XXXX-02-21T11:17:27', transferred: true, extension: '209' },
    });
    expect(call?.legs.map((one) => one.conditionCode)).toEqual(['IA', 'OT', 'IT', 'T']);
  });

  it('do not mix with calls of other trunks in between', () => {
    const other = leg({ extension: '259', trunk: '704', time: '11:17:50', seconds: '00:01:00', flag: 'O' });
    const found = calls([rings, other, movedOn, movedAgain, other.replace('11:17:50', '11:19:00'), taken]);
    expect(found.map((call) => call.legs.length)).toEqual([4, 1, 1]);
  });

  it('that nobody was seen to begin or to take are marked', () => {
    expect(calls([taken])[0]?.doubts).toContain('leg-missing');
    expect(calls([movedAgain])[0]?.doubts).toContain('leg-missing');
    expect(calls([movedAgain, taken])[0]?.doubts).toEqual([]);
  });

  it('are two when a new call begins on the trunk', () => {
    const next = leg({ time: '11:19:27', seconds: '00:00:30', flag: 'O', number: '929102' });
    expect(calls([movedAgain, taken, next])).toHaveLength(2);
    expect(calls([taken, taken.replace('11:19:22', '11:30:00')])).toHaveLength(2);
  });

  it('are not answered by ringing alone', () => {
    expect(calls([rings])[0]).toMatchObject({ direction: 'incoming', answered: undefined, talkSeconds: 0 });
    const given = leg({ time: '11:17:43', seconds: '00:00:04', flag: 'A' });
    expect(calls([given])[0]).toMatchObject({ direction: 'incoming', answered: false, talkSeconds: 0 });
    expect(calls([rings, given])).toMatchObject([{ answered: false, talkSeconds: 0 }]);
  });

  it('find the code of whichever leg has it', () => {
    const coded = movedOn.replace('209       705', '209  4711 705');
    expect(calls([coded, taken.replace('11:19:22', '11:19:14')])[0]).toMatchObject({
      code: '4711',
      codeField: 'authorization',
      record: { authCode: '4711' },
    });
  });

  it('keep every second of talk however the printing order and lost legs are', () => {
    const chain = [rings, movedOn, movedAgain, taken];
    fc.assert(
      fc.property(fc.shuffledSubarray(chain, { minLength: 1 }), (some) => {
        const found = calls(some);
        const seconds = records(some.join('\n')).reduce((sum, one) => sum + (one.durationSeconds ?? 0), 0);
        expect(found.reduce((sum, call) => sum + call.talkSeconds, 0)).toBe(seconds);
        expect(found.flatMap((call) => call.legs)).toHaveLength(some.length);
      }),
    );
  });

  it('of the newer page ring as on the older one', () => {
    const line = at(152, [3, '000123'], [10, '201'], [27, '12/25 17:06:12'], [42, '00:00:30'], [51, 'IA']);
    const [record] = records(line, {}, 'samsung-officeserv-call-id');
    expect(record).toMatchObject({ ringSeconds: 30, direction: 'incoming' });
    expect(record).not.toHaveProperty('durationSeconds');
  });

  it('of the newer page are tied by the number of the call', () => {
    const line = (id: string, extension: string, time: string, kind: string): string =>
      at(152, [3, id], [10, extension], [27, `12/25 ${time}`], [42, '00:00:30'], [51, kind], [54, '7014242']);
    const found = calls(
      [
        line('000123', '201', '17:06:12', 'IT'),
        line('000124', '205', '17:06:20', 'O'),
        line('000123', '202', '17:06:42', 'T'),
        line('000123', '202', '23:06:42', 'O'),
      ],
      'samsung-officeserv-call-id',
    );
    expect(found.map((call) => call.legs.length)).toEqual([2, 1, 1]);
    expect(found[0]).toMatchObject({ talkSeconds: 60, direction: 'incoming', record: { callId: '000123' } });
  });
});
