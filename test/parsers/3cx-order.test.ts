import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detect } from '../../parsers/detect.ts';
import { formats } from '../../parsers/registry.ts';
import { type FieldName, USUAL_FIELDS } from '../../parsers/threecx/fields.ts';
import { proposeOptions } from '../../parsers/threecx/propose.ts';

const ROWS = readFileSync('parsers/threecx/samples/20-fields-one-log.raw', 'latin1')
  .split(/\r?\n/)
  .filter((line) => line.startsWith('Call '))
  .map((line) => line.split(','));
const COUNT = 20;

const linesIn = (order: readonly number[], rows: readonly (readonly string[])[] = ROWS): string[] =>
  rows.map((row) => order.map((at) => row[at] ?? '').join('\t'));
const orderOf = (...names: readonly FieldName[]): number[] => names.map((name) => USUAL_FIELDS.indexOf(name));
const proposedFor = (lines: readonly string[]): readonly string[] =>
  proposeOptions(lines)?.['fields']?.split(',') ?? [];

describe('the order of 3CX fields', () => {
  it('is proposed from the values, or a field is skipped, but none is named wrongly', () => {
    const anyOrder = fc.shuffledSubarray(
      Array.from({ length: COUNT }, (_, i) => i),
      { minLength: 12 },
    );
    fc.assert(
      fc.property(anyOrder, fc.shuffledSubarray(ROWS, { minLength: 4 }), (order, rows) => {
        proposedFor(linesIn(order, rows)).forEach((name, i) => {
          expect([USUAL_FIELDS[order[i] ?? 0], '-']).toContain(name);
        });
      }),
    );
  });

  it('with the time first and both parties turned round is found and read', () => {
    const names: readonly FieldName[] = [
      'time-end',
      'time-start',
      'duration',
      'to-no',
      'from-no',
      'to-dn',
      'from-dn',
      'dial-no',
      'chain',
    ];
    const [best] = detect(linesIn(orderOf(...names)).join('\r\n'), formats).candidates;
    expect(best).toMatchObject({ formatId: '3cx-cdr', options: { fields: names.join(',') } });
  });

  it('is left open where nothing tells the caller from the called, or the start from the end', () => {
    expect(proposedFor(linesIn(orderOf('duration', 'time-start', 'time-end', 'from-no', 'to-no', 'from-dn')))).toEqual(
      [],
    );
    expect(proposedFor(linesIn(orderOf('duration', 'time-start', 'from-no', 'to-no', 'dial-no', 'chain')))).toEqual([]);
  });
});
