import { describe, expect, it } from 'vitest';
import type { AssembledCall } from '../../core/model/call.ts';
import { daysFromCivil, partsOfPrinted } from '../../core/model/time.ts';
import { type AssemblerState, createAssembler } from '../../parsers/assembler.ts';
import { parseText } from '../../parsers/parse-stream.ts';
import { formatById } from '../../parsers/registry.ts';
import type { FormatDefinition } from '../../parsers/types.ts';

function format(id: string): FormatDefinition {
  const found = formatById(id);
  if (found === undefined) throw new Error(`no format ${id}`);
  return found;
}

function secondsOf(printed: string | undefined): number | undefined {
  const parts = printed === undefined ? undefined : partsOfPrinted(printed);
  if (parts?.year === undefined || parts.month === undefined || parts.day === undefined) return undefined;
  return daysFromCivil(parts.year, parts.month, parts.day) * 86400 + parts.secondOfDay;
}

/** The calls of these lines by first offset, last state; with a save and restore after every record if asked. */
function callsOf(
  id: string,
  lines: readonly string[],
  options: Record<string, string> = {},
  isRestarted = false,
): AssembledCall[] {
  const definition = format(id);
  let assembler = createAssembler(definition, options);
  const calls = new Map<number, AssembledCall>();
  for (const { offset, length, outcome } of parseText(definition, options, `${lines.join('\r\n')}\r\n`)) {
    if (outcome.kind !== 'call' && outcome.kind !== 'part') throw new Error(`not a record: ${JSON.stringify(outcome)}`);
    const { record } = outcome;
    const step = assembler.push(
      { record, part: outcome.kind === 'part', doubts: outcome.doubts ?? [], sourceOffset: offset, byteLength: length },
      secondsOf(record.end ?? record.start ?? record.answer),
    );
    expect(step.isUpdate).toBe(calls.has(step.firstOffset));
    calls.set(step.firstOffset, step.call);
    if (isRestarted) {
      const saved = JSON.parse(JSON.stringify(assembler.save())) as AssemblerState;
      assembler = createAssembler(definition, options, saved);
    }
  }
  return [...calls.values()];
}

function a(
  time: string,
  ext: string,
  trunk: string,
  number: string,
  ring: string,
  duration: string,
  code = '',
  cd = '',
): string {
  return `23/11/26 ${time}   ${ext.padStart(5)} ${trunk.padEnd(2)} ${number.padEnd(25)} ${ring.padEnd(4)} ${duration.padEnd(8)} ${code.padEnd(10)} ${cd.padEnd(3)}`;
}

describe('Panasonic records become calls', () => {
  it('a transferred outgoing call is one call, booked to the code of the leg that dialled', () => {
    const calls = callsOf('panasonic-a', [
      a('09:00', '201', '01', '0903000111', '', "00:02'00", '4711'),
      a('09:03', '202', '01', '0903000111', '', "00:03'00", '', 'TR'),
    ]);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({
      direction: 'outgoing',
      answered: true,
      talkSeconds: 300,
      code: '4711',
      codeField: 'account',
      outsideNumber: '0903000111',
      record: { extension: '201', transferred: true, end: '2026-11-23T09:03:00', durationSeconds: 300 },
    });
    expect(calls[0]?.legs.map((leg) => leg.extension)).toEqual(['201', '202']);
  });

  it('a chain of transfers stays one call, however often the service restarts', () => {
    const lines = [
      a('09:00', '201', '01', '<I>0243000111', "0'05", "00:00'30"),
      a('09:01', '202', '01', '<I>0243000111', "0'00", "00:00'50", '', 'TR'),
      a('10:01', '203', '01', '<I>0243000111', "0'00", "01:00'10", '', 'TR'),
    ];
    const calls = callsOf('panasonic-a', lines, {}, true);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ talkSeconds: 3690, ringSeconds: 5, outsideNumber: '0243000111' });
    expect(calls).toEqual(callsOf('panasonic-a', lines));
  });

  it('a group leg of no duration belongs to the leg that answers and is no lost call', () => {
    const calls = callsOf('panasonic-a', [
      a('09:27', '1605', '05', '<I>', "0'06", "00:00'00"),
      a('09:43', '136', '05', '<I>', "0'00", "00:15'54"),
    ]);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ answered: true, talkSeconds: 954, ringSeconds: 6, record: { extension: '136' } });
  });

  it('a lost call (NA) is closed: the next caller on the trunk is another call', () => {
    const calls = callsOf('panasonic-a', [
      a('09:27', '161', '07', '<I>', "0'24", "00:00'00", '', 'NA'),
      a('09:28', '162', '07', '<I>', "0'04", "00:00'20"),
    ]);
    expect(calls.map((call) => call.answered)).toEqual([false, true]);
    expect(calls[0]?.talkSeconds).toBe(0);
  });

  it.each([
    ['another trunk', a('09:03', '202', '02', '0903000111', '', "00:03'00", '', 'TR')],
    ['another number', a('09:03', '202', '01', '0903000222', '', "00:03'00", '', 'TR')],
    ['a time that does not touch', a('09:10', '202', '01', '0903000111', '', "00:03'00", '', 'TR')],
    ['no TR', a('09:03', '202', '01', '0903000111', '', "00:03'00")],
    ['an incoming call', a('09:03', '202', '01', '<I>0903000111', "0'03", "00:03'00", '', 'TR')],
    ['the next day', a('09:03', '202', '01', '0903000111', '', "00:03'00", '', 'TR').replace('23/11', '24/11')],
  ])('two calls are not made one when the second has %s', (_why, second) => {
    expect(callsOf('panasonic-a', [a('09:00', '201', '01', '0903000111', '', "00:02'00"), second])).toHaveLength(2);
  });

  it('RC, AN and the final line are one call', () => {
    const calls = callsOf('panasonic-td500-b', [
      '16/09/02 13:42   4 F2014  T10902 <INCOMING>                                   RC',
      '16/09/02 13:42   4 E1114  T10902 <INCOMING>                                   AN',
      "16/09/02 13:42   4 E1114  T10902 <INCOMING>               00:00'01              ",
    ]);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({
      direction: 'incoming',
      answered: true,
      talkSeconds: 1,
      record: { extension: '1114', durationSeconds: 1 },
    });
    expect(calls[0]?.legs.map((leg) => leg.extension)).toEqual(['F2014', '1114', '1114']);
  });

  it.each([
    ['E117', '117'],
    ['F2014', 'F2014'],
    ['D01', 'D01'],
    ['T001', 'T001'],
  ])('the KX-TD500 prints %s for the extension %s', (printed, extension) => {
    const line = `15/12/02 15:05   1 ${printed.padEnd(6)} T10105 9664619                  00:00'27              `;
    const [record] = parseText(format('panasonic-td500-b'), {}, `${line}\r\n`);
    expect(record?.outcome).toMatchObject({ record: { extension: printed } });
    expect(callsOf('panasonic-td500-b', [line])[0]).toMatchObject({ record: { extension }, legs: [{ extension }] });
  });

  it('a KX-TA ring line and the line of the answer are one call; a ring line alone stays unanswered', () => {
    const ring = '12/19/06   3:17PM      01   <    incoming    >0243000111                  ....  ';
    const answer = `12/19/06   3:17PM  16  01   <    incoming    >0243000111        00:00'22" ....  `;
    const calls = callsOf('panasonic-ta80', [ring, answer]);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ answered: true, talkSeconds: 22, record: { extension: '16' } });
    expect(callsOf('panasonic-ta80', [ring, answer.replace('3:17', '3:18')])).toHaveLength(2);
    expect(callsOf('panasonic-ta80', [ring])[0]).toMatchObject({ answered: undefined, talkSeconds: 0 });
  });

  it('a KX-TA leg with the transfer star continues the leg it touches', () => {
    const first = `12/19/06   3:17PM  16  04   <    incoming    >0243000111        00:02'22" ....  `;
    const second = `12/19/06 * 3:20PM  11  04   <    incoming    >0243000111        00:00'48" ....  `;
    const calls = callsOf('panasonic-ta80', [first, second]);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({
      talkSeconds: 190,
      record: { extension: '16', start: '2006-12-19T15:17:00', transferred: true },
    });
    expect(callsOf('panasonic-ta80', [first, second.replace('*', ' ')])).toHaveLength(2);
  });

  it('the two records of a call forwarded to a trunk are one tandem call, its talk counted once', () => {
    const lines = [
      a('09:05', '201', '03', '<I>0243000111', "0'05", "00:02'00"),
      a('09:05', '201', '04', '0903000111', '', "00:02'00", '', 'FW'),
    ];
    for (const order of [lines, lines.toReversed()]) {
      const calls = callsOf('panasonic-a', order);
      expect(calls).toHaveLength(1);
      expect(calls[0]).toMatchObject({
        direction: 'tandem',
        talkSeconds: 120,
        outsideNumber: '0903000111',
        record: { trunk: '03', trunkOut: '04', callerNumber: '0243000111', dialedNumber: '0903000111' },
      });
    }
    const [inside = '', out = ''] = lines;
    for (const other of [
      out.replace("00:02'00", "00:02'01"),
      out.replace('09:05', '09:07'),
      out.replace(' FW', '   '),
    ]) {
      expect(callsOf('panasonic-a', [inside, other])).toHaveLength(2);
    }
  });

  it('the code comes from the column that the source names', () => {
    const line = a('10:30', '*123', '01', '0903000111', '', "00:01'05", '9876');
    const found = (codeSource?: string) =>
      callsOf('panasonic-a', [line], codeSource === undefined ? {} : { codeSource })[0];
    expect(found()).toMatchObject({ code: '123', codeField: 'verification' });
    expect(found('verification')).toMatchObject({ code: '123', codeField: 'verification' });
    expect(found('account')).toMatchObject({ code: '9876', codeField: 'account' });
  });

  it('marks of pause, flash and secrecy leave the outside number, and a hidden number is in doubt', () => {
    const numberOf = (printed: string) => {
      const [call] = callsOf('panasonic-a', [a('09:00', '201', '01', printed, '', "00:02'00")]);
      return [call?.outsideNumber, call?.doubts];
    };
    expect(numberOf('9P0903000111')).toEqual(['90903000111', []]);
    expect(numberOf('F0903000111')).toEqual(['0903000111', []]);
    expect(numberOf('0903000111-22')).toEqual(['0903000111', []]);
    expect(numberOf('.................86629144')).toEqual(['86629144', ['number-hidden']]);
    expect(numberOf('090300XXXX')).toEqual(['090300', ['number-hidden']]);
    expect(numberOf('.................')).toEqual([undefined, ['number-hidden']]);
  });

  it('closes what is open after its window on the clock of the PBX', () => {
    const { assembly, codeFields } = format('panasonic-a');
    if (assembly === undefined) throw new Error('Panasonic has an assembly');
    const joinsAll = { codeFields, assembly: { ...assembly, windowSeconds: 100, joins: () => true } };
    const assembler = createAssembler(joinsAll, {});
    const updates = [0, 90, 191, 50].map((seconds, i) => {
      const record = { trunk: '01', direction: 'outgoing', durationSeconds: 1 } as const;
      return assembler.push({ record, part: false, doubts: [], sourceOffset: i, byteLength: 1 }, seconds).isUpdate;
    });
    expect(updates).toEqual([false, true, false, false]);
  });

  it('keeps what is open small: 20,000 calls leave no more than a call for each trunk', () => {
    const definition = format('panasonic-a');
    const assembler = createAssembler(definition, {});
    for (let i = 0; i < 20_000; i++) {
      assembler.push(
        {
          record: {
            direction: i % 2 === 0 ? 'incoming' : 'outgoing',
            trunk: String(i % 30),
            durationSeconds: 60,
            end: '2026-11-23T09:00:00',
          },
          part: false,
          doubts: [],
          sourceOffset: i * 82,
          byteLength: 80,
        },
        i * 10,
      );
    }
    expect(assembler.save().groups.length).toBeLessThanOrEqual(31);
  });
});
