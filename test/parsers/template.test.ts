import { describe, expect, it } from 'vitest';
import { formats } from '../../parsers/_template/index.ts';
import { assembleSingle } from '../../parsers/assembly.ts';
import { parseText } from '../../parsers/parse-stream.ts';
import { formatById } from '../../parsers/registry.ts';

describe('the template of docs/adding-a-format.md', () => {
  const [acme] = formats;
  if (acme === undefined) throw new Error('the template has no format');

  it('reads the line it draws, its heading and its ruler', () => {
    const text =
      'Date     Time  Ext CO Number\r\n------\r\n11/23/26 09:30  201 01 0903000111           00:01:05   4711\r\n';
    const [heading, ruler, call] = parseText(acme, {}, text);
    expect([heading?.outcome, ruler?.outcome]).toEqual([
      { kind: 'noise', rule: 'heading' },
      { kind: 'noise', rule: 'ruler' },
    ]);
    if (call?.outcome.kind !== 'call') throw new Error(`not a call: ${JSON.stringify(call?.outcome)}`);
    const { record } = call.outcome;
    expect(record).toEqual({
      start: '2026-11-23T09:30:00',
      startOrEnd: 'start',
      extension: '201',
      trunk: '01',
      direction: 'outgoing',
      dialedNumber: '0903000111',
      durationSeconds: 65,
      accountCode: '4711',
    });
    const entry = { record, part: false, doubts: [], sourceOffset: call.offset, byteLength: call.length };
    expect(assembleSingle(entry, acme.codeFields)).toMatchObject({
      direction: 'outgoing',
      answered: true,
      talkSeconds: 65,
      code: '4711',
      codeField: 'account',
      outsideNumber: '0903000111',
    });
  });

  it('is in no catalogue', () => {
    expect(formatById('acme-500')).toBeUndefined();
  });
});
