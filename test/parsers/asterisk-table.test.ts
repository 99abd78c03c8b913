import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callOf, outcomesOf, recordOf } from './pbx-reading.ts';

const VALUES: Readonly<Record<string, string>> = {
  calldate: '2026-11-16 09:00:01',
  clid: '"Hoa" <110>',
  src: '110',
  dst: '90912345678',
  dcontext: 'from-internal',
  channel: 'PJSIP/110-0000000a',
  dstchannel: 'PJSIP/line1-0000000b',
  lastapp: 'Dial',
  lastdata: 'PJSIP/0912345678@line1,60,T',
  duration: '58',
  billsec: '50',
  disposition: 'ANSWERED',
  accountcode: '40718',
  uniqueid: '1794794401.10',
  userfield: 'two\nlines',
  linkedid: '1794794401.10',
  surprise: 'kept',
};
const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
const table = (names: readonly string[]) =>
  `${names.join(',')}\n${names.map((name) => quoted(VALUES[name] ?? '')).join(',')}\n`;

describe('the table cdr', () => {
  const names = Object.keys(VALUES);

  it('is read by the names of its heading, in whatever order', () => {
    const wanted = recordOf('asterisk-table', table(names));
    expect(wanted).toMatchObject({
      start: '2026-11-16T09:00:01',
      durationSeconds: 50,
      callerName: 'Hoa',
      linkedId: '1794794401.10',
    });
    expect(wanted.extra).toMatchObject({ surprise: 'kept', userfield: 'two\nlines' });
    fc.assert(
      fc.property(fc.shuffledSubarray(names, { minLength: names.length }), (order) => {
        expect(recordOf('asterisk-table', table(order))).toEqual(wanted);
      }),
    );
  });

  it('rings as long as the duration is more than the talk, having no answer time', () => {
    expect(callOf('asterisk-table', table(names.filter((name) => name !== 'accountcode')))).toMatchObject({
      direction: 'outgoing',
      talkSeconds: 50,
      ringSeconds: 8,
      outsideNumber: '90912345678',
      record: { extension: '110' },
    });
  });

  it('goes on with another heading from where that stands', () => {
    const both = `${table(names)}${table(names.toReversed())}`;
    expect(outcomesOf('asterisk-table', both).map(({ kind }) => kind)).toEqual(['noise', 'call', 'noise', 'call']);
  });

  it('has no rows before its heading', () => {
    const [, row = ''] = table(names).split(/\n(?="2026|")/);
    expect(outcomesOf('asterisk-table', row)[0]).toMatchObject({ kind: 'malformed', reason: 'no-heading' });
  });
});
