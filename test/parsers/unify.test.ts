import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssembledCall } from '../../core/model/call.ts';
import type { CallRecord } from '../../core/model/call-record.ts';
import { detect } from '../../parsers/detect.ts';
import { formats } from '../../parsers/registry.ts';
import type { FormatOptions, ParseOutcome } from '../../parsers/types.ts';
import { callsOf, outcomesOf } from './pbx-reading.ts';
import { allSamples } from './sample-folder.ts';

const outcomes = (id: string, lines: readonly string[], options: FormatOptions = {}): readonly ParseOutcome[] =>
  outcomesOf(id, lines.join('\r\n'), options);

const records = (id: string, lines: readonly string[], options: FormatOptions = {}): CallRecord[] =>
  outcomes(id, lines, options).flatMap((outcome) => (outcome.kind === 'call' ? [outcome.record] : []));

const calls = (id: string, lines: readonly string[]): readonly AssembledCall[] => callsOf(id, lines.join('\r\n'));

const sampleRaw = (name: string): string => {
  const found = allSamples().find((one) => one.vendor === 'unify' && one.name === name);
  if (found === undefined) throw new Error(`no sample ${name}`);
  return found.raw;
};
const sampleLines = (name: string): string[] => sampleRaw(name).split('\r\n').slice(0, -1);

interface Line {
  readonly end: string;
  readonly trunk?: string;
  readonly ext?: string;
  readonly ring?: string;
  readonly duration?: string;
  readonly number?: string;
  readonly charge?: string;
  readonly info: string;
  readonly date?: string;
}

/** A long list line of the Hicom 100E. */
function hicom(line: Line): string {
  const { end, trunk = '5', ext = '', ring = '', duration = '', number = '', charge = '', info } = line;
  const front = `${line.date ?? '24.04.01'} ${end} ${trunk.padStart(2)} ${ext.padStart(5)}`;
  return `${front} ${ring.padEnd(5)} ${duration.padEnd(8)} ${number.padEnd(20)} ${charge.padStart(11)} ${info.padStart(2)} `;
}

describe('Hicom and HiPath lists', () => {
  it('take the direction from the info element, and a transfer from 5 and 6', () => {
    const read = records(
      'unify-hicom100',
      ['1', '2', '3', '4', '5', '6', '7', '8', '9', '51', '52', '59'].map((info) =>
        hicom({ end: '10:00:00', ext: '30', duration: '00:00:10', number: '21378', info }),
      ),
    );
    expect(read.map(({ direction }) => direction)).toEqual([
      'incoming',
      'outgoing',
      'incoming',
      'outgoing',
      'incoming',
      'outgoing',
      'incoming',
      'outgoing',
      'outgoing',
      'incoming',
      'outgoing',
      'outgoing',
    ]);
    expect(read.map(({ transferred }) => transferred === true)).toEqual(
      read.map(({ conditionCode }) => conditionCode === '5' || conditionCode === '6'),
    );
    expect(read.map(({ callerNumber, dialedNumber }) => [callerNumber, dialedNumber])).toEqual(
      read.map(({ direction }) => (direction === 'incoming' ? ['21378', undefined] : [undefined, '21378'])),
    );
    expect(read[10]?.conditionCode).toBe('52');
  });

  it('state whether an incoming call was answered, and nothing about outgoing ones', () => {
    const read = records('unify-hicom100', [
      hicom({ end: '10:00:00', ext: '30', ring: '00:16', duration: '00:02:28', info: '1' }),
      hicom({ end: '10:01:00', ext: '30', ring: '01:21', info: '1' }),
      hicom({ end: '10:02:00', ext: '30', duration: '00:00:12', number: '21378', info: '2' }),
      hicom({ end: '10:03:00', ext: '30', number: '21378', info: '2' }),
    ]);
    expect(read.map(({ answered }) => answered)).toEqual([true, false, undefined, undefined]);
  });

  it('refuse what is no info element, and lines that end before it', () => {
    const whole = hicom({ end: '10:00:00', ext: '30', duration: '00:00:12', number: '21378', info: '2' });
    const refused = [
      ...['10', '49', '60', '99', 'x'].map((info) => whole.replace(/ 2 $/, `${info.padStart(2)} `)),
      whole.slice(0, 70),
      whole.slice(0, 30),
    ];
    for (const line of refused) expect(outcomes('unify-hicom100', [line])[0]?.kind, line).toBe('malformed');
    expect(records('unify-hicom100', [whole.trimEnd()])).toHaveLength(1);
  });

  it('do not read each other: two columns tell them apart', () => {
    const [short = ''] = sampleLines('hicom118-ringing-notice-and-passed-on');
    const [long = ''] = sampleLines('hicom150');
    expect(records('unify-hicom150', [short])).toEqual([]);
    expect(records('unify-hicom100', [long])).toEqual([]);
    const notice = hicom({ end: '19:40:21', trunk: '4', ext: '29', info: '0' });
    expect(outcomes('unify-hicom100', [notice])[0]?.kind).toBe('part');
    expect(outcomes('unify-hicom150', [notice])[0]?.kind).toBe('malformed');
  });

  it('keep a record whose date or time cannot be, in doubt, and refuse a duration that cannot be', () => {
    const good: Line = { end: '10:00:00', ext: '30', duration: '00:00:12', number: '21378', info: '2' };
    for (const line of [
      { ...good, end: '10:00:88' },
      { ...good, end: '25:00:00' },
      { ...good, date: '31.02.01' },
    ]) {
      const [outcome] = outcomes('unify-hicom100', [hicom(line)]);
      expect(outcome).toMatchObject({ kind: 'call', doubts: ['date-impossible'], record: { durationSeconds: 12 } });
      expect(outcome).not.toHaveProperty('record.end');
    }
    expect(outcomes('unify-hicom100', [hicom({ ...good, duration: '00:00:88' })])).toEqual([
      { kind: 'malformed', reason: 'bad-duration' },
    ]);
    expect(outcomes('unify-hicom100', [hicom({ ...good, ring: '00:70' })])).toEqual([
      { kind: 'malformed', reason: 'bad-ring' },
    ]);
  });

  it.each([
    ['12', {}, undefined, { pulses: '12' }],
    ['0', {}, undefined, undefined],
    ['1,25', {}, '1.25', undefined],
    ['12', { chargeIs: 'amount' }, '12', undefined],
    ['12', { chargeIs: 'pulses' }, undefined, { pulses: '12' }],
  ])('read the charge %j with %j', (charge, options, cost, extra) => {
    const line = hicom({ end: '10:00:00', ext: '30', duration: '00:00:12', number: '21378', info: '2', charge });
    const [read] = records('unify-hicom100', [line], options);
    expect([read?.cost, read?.extra]).toEqual([cost, extra]);
  });

  it('skip a heading in any language by its shape, but no cut record', () => {
    const headings = [
      'Datum    Zeit     Lt Tln   Ruf   Dauer    Rufnummer            Betrag      I',
      'Date     Time     Tr Stn   Ring  Duration Number               Charge      I',
      ' ATA     BPEM     L  AB    BbI   PA3FOBOP HOMEP                CTOuM        ',
    ];
    for (const line of headings) {
      expect(outcomes('unify-hicom100', [line])).toEqual([{ kind: 'noise', rule: 'heading' }]);
    }
    expect(outcomes('unify-hicom100', ['7:56:20  2    24       00:00:27 21378'])[0]?.kind).toBe('malformed');
    expect(outcomes('unify-hicom100', ['Password for the user of this port, please'])[0]?.kind).toBe('malformed');
  });

  it('are read behind control characters and with blanks for noughts', () => {
    const line = hicom({
      end: ' 7:13:53',
      date: ' 5.04.01',
      ext: '30',
      ring: '00:07',
      duration: '00:00:12',
      info: '1',
    });
    expect(records('unify-hicom100', [`\x0c\x07\x02${line}`])).toMatchObject([{ end: '2001-04-05T07:13:53' }]);
  });

  it.each([
    ['unify-hicom100', 'hicom118-ringing-notice-and-passed-on'],
    ['unify-hicom150', 'hicom150'],
    ['unify-hicom250', 'hicom250-outgoing'],
    ['unify-hipath3000', 'hipath3000-compressed-made-up'],
  ])('%s: may be indented by whoever copied them', (id, name) => {
    const whole = sampleLines(name).filter((line) => /^\d\d[./]/.test(line));
    expect(whole.length).toBeGreaterThan(1);
    expect(
      outcomes(
        id,
        whole.map((line) => `    ${line}`),
      ),
    ).toEqual(outcomes(id, whole));
  });
});

describe('Hicom lines that were cut', () => {
  const whole = ['hicom118-ringing-notice-and-passed-on', 'hicom150'].flatMap((name) =>
    sampleLines(name).map((line) => ({ id: name === 'hicom150' ? 'unify-hicom150' : 'unify-hicom100', line })),
  );

  it('give the same record or none', () => {
    fc.assert(
      fc.property(fc.constantFrom(...whole), fc.nat({ max: 80 }), ({ id, line }, width) => {
        const [cut] = outcomes(id, [line.slice(0, width)]);
        const [uncut] = outcomes(id, [line]);
        if (cut?.kind === 'call' || cut?.kind === 'part') expect(cut).toEqual(uncut);
        else expect(width).toBeLessThan(line.trimEnd().length);
      }),
    );
  });
});

describe('OpenScape lists with separators', () => {
  const line = '20.06.12|13:11:35|201|33388|00:02|00:00:07|0123456789||1|';

  it('are read with a separator more or less, and with another one', () => {
    const expected = {
      trunk: '201',
      extension: '33388',
      ringSeconds: 2,
      durationSeconds: 7,
      callerNumber: '0123456789',
    };
    const forms = [
      line,
      line.slice(0, -1),
      `${line}|`,
      `${line}|||||`,
      `${line}|||||||||||`,
      line.replaceAll('|', ';'),
      line.replace('20.06.12', '20.06.2012'),
      `\ufeff${line}`,
      line
        .split('|')
        .map((cell) => `"${cell}"`)
        .join('|'),
    ];
    for (const form of forms) expect(records('unify-openscape-business', [form]), form).toMatchObject([expected]);
  });

  it('hold the account code as the tenth field', () => {
    const [read] = records('unify-openscape-business', [
      '20.06.12|13:11:35|201|33388||00:00:07|0123456789|1,20|2|10482|200|0|12|33388|',
    ]);
    expect(read).toMatchObject({
      accountCode: '10482',
      cost: '1.20',
      dialedNumber: '0123456789',
      direction: 'outgoing',
    });
  });

  it('may name a line with a blank and have marks in the account code: only separators bound a cell', () => {
    const [read] = records('unify-openscape-business', [
      '20.06.12|13:11:35|SIP 1|33388||00:00:07|0123456789||2|A12-3|||||',
    ]);
    expect(read).toMatchObject({ trunk: 'SIP 1', accountCode: 'A12-3' });
  });

  it('are damaged when the info element is cut off', () => {
    expect(outcomes('unify-openscape-business', [line.slice(0, -4)])[0]?.kind).toBe('malformed');
    expect(outcomes('unify-openscape-business', ['20.06.12|13:11:35|201|33388|00:02'])[0]?.kind).toBe('malformed');
  });
});

describe('HiPath 4000', () => {
  it('is read with the elements of the site', () => {
    const elements = 'station=6,account=8,trunk=4,destination=16,end=12,duration=6';
    const line = '  4101   10482  11      0912345678261123091230000115';
    expect(records('unify-hipath4000', [line], { elements, durationIs: 'hhmmss' })).toMatchObject([
      {
        extension: '4101',
        accountCode: '10482',
        trunk: '11',
        dialedNumber: '0912345678',
        end: '2026-11-23T09:12:30',
        durationSeconds: 75,
      },
    ]);
  });

  it('goes on with the default when the elements cannot be read', () => {
    const [line = ''] = sampleLines('hipath4000-dp120-made-up');
    expect(records('unify-hipath4000', [line], { elements: 'no list' })).toHaveLength(1);
  });
});

describe('Hicom calls', () => {
  const first = hicom({
    end: '07:13:53',
    ext: '30',
    ring: '00:07',
    duration: '00:00:12',
    number: '5551234',
    info: '1',
  });
  const second = hicom({ end: '07:15:05', ext: '42', duration: '00:01:11', number: '5551234', info: '5' });
  const third = hicom({ end: '07:16:06', ext: '43', duration: '00:01:00', number: '5551234', info: '5' });

  it('that were passed on are one, with the talk of all segments', () => {
    expect(calls('unify-hicom100', [first, second, third])).toMatchObject([
      {
        direction: 'incoming',
        answered: true,
        talkSeconds: 143,
        ringSeconds: 7,
        outsideNumber: '5551234',
        record: { extension: '30', end: '2001-04-24T07:16:06', transferred: true },
        doubts: [],
      },
    ]);
  });

  it('are the same whatever order their segments come in', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([first, second, third], { minLength: 3 }), (lines) => {
        const found = calls('unify-hicom100', lines);
        expect(found.reduce((sum, call) => sum + call.talkSeconds, 0)).toBe(143);
        expect(found.every((call) => call.direction === 'incoming')).toBe(true);
        const isOrdered = lines.indexOf(second) !== 2;
        if (isOrdered) expect(found).toHaveLength(1);
      }),
    );
  });

  it('whose first segment was lost say that it is missing, and are complete when it comes late', () => {
    expect(calls('unify-hicom100', [second])).toMatchObject([{ talkSeconds: 71, doubts: ['leg-missing'] }]);
    expect(calls('unify-hicom100', [second, first])).toMatchObject([
      { talkSeconds: 83, record: { extension: '30' }, doubts: [] },
    ]);
  });

  it('do not take a segment twice', () => {
    const found = calls('unify-hicom100', [first, second, second]);
    expect(found.map(({ talkSeconds }) => talkSeconds)).toEqual([83, 71]);
    expect(found[1]?.doubts).toEqual(['leg-missing']);
  });

  it('on another trunk, another way or at another time are not tied', () => {
    const others = [
      hicom({ end: '07:15:05', trunk: '6', ext: '42', duration: '00:01:11', info: '5' }),
      hicom({ end: '07:15:05', ext: '42', duration: '00:01:11', info: '6' }),
      hicom({ end: '07:25:05', ext: '42', duration: '00:01:11', info: '5' }),
      hicom({ end: '07:15:05', ext: '42', duration: '00:01:11', info: '1' }),
      hicom({ end: '07:15:05', ext: '42', duration: '00:01:11', number: '5559999', info: '5' }),
    ];
    for (const other of others) expect(calls('unify-hicom100', [first, other]), other).toHaveLength(2);
  });

  it('take in the notices that they ring, of every telephone that rang', () => {
    const notice = (end: string, ext: string) => hicom({ end, trunk: '4', ext, info: '0' });
    const lost = hicom({ end: '19:41:42', trunk: '4', ext: '29', ring: '01:21', info: '1' });
    const taken = hicom({ end: '19:42:40', trunk: '4', ext: '31', ring: '00:30', duration: '00:01:49', info: '1' });
    expect(calls('unify-hicom100', [notice('19:40:21', '29'), lost])).toMatchObject([
      { direction: 'incoming', answered: false, ringSeconds: 81, talkSeconds: 0, record: { extension: '29' } },
    ]);
    expect(calls('unify-hicom100', [notice('19:40:21', '29'), notice('19:40:41', '31'), taken])).toMatchObject([
      { answered: true, talkSeconds: 109, record: { extension: '31' } },
    ]);
  });

  it('of which only the notice came stay what they are, and do not swallow the next call', () => {
    const notice = hicom({ end: '19:40:21', trunk: '4', ext: '29', info: '0' });
    const muchLater = hicom({ end: '20:41:42', trunk: '4', ext: '30', ring: '00:10', duration: '00:00:20', info: '1' });
    const before = hicom({ end: '19:45:00', trunk: '4', ext: '30', ring: '00:10', duration: '00:06:00', info: '1' });
    const outgoing = hicom({ end: '19:41:42', trunk: '4', ext: '30', duration: '00:00:20', info: '2' });
    for (const other of [muchLater, before, outgoing]) {
      const found = calls('unify-hicom100', [notice, other]);
      expect(found, other).toHaveLength(2);
      expect(found[0]).toMatchObject({ direction: 'incoming', answered: undefined, talkSeconds: 0 });
    }
  });

  it('with masked digits keep what is printed and say that the number is hidden', () => {
    const masked = hicom({ end: '10:00:00', ext: '30', duration: '00:00:12', number: '0912345????', info: '2' });
    expect(calls('unify-hicom100', [masked])).toMatchObject([
      { outsideNumber: '0912345', doubts: ['number-hidden'], record: { dialedNumber: '0912345????' } },
    ]);
  });
});

describe('Unify streams', () => {
  it.each([
    ['hicom118-ringing-notice-and-passed-on', 'unify-hicom100'],
    ['hicom150', 'unify-hicom150'],
    ['hicom250-outgoing', 'unify-hicom250'],
    ['openscape-office-both-forms', 'unify-openscape-business'],
    ['hipath3000-compressed-made-up', 'unify-hipath3000'],
    ['hipath5000-made-up', 'unify-hipath5000'],
    ['hipath4000-dp120-made-up', 'unify-hipath4000'],
  ])('%s is recognised as %s', (name, id) => {
    expect(detect(sampleRaw(name), formats).candidates[0]?.formatId).toBe(id);
  });
});
