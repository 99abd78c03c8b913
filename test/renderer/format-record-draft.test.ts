import { describe, expect, it } from 'vitest';
import type { TriedLine } from '../../core/api/contract.ts';
import { newDefinition, type Shape } from '../../renderer/features/format-editor/draft.ts';
import {
  addContinuation,
  firstLineOf,
  firstPattern,
  linesLike,
  sampleLinesOf,
  withLineCount,
} from '../../renderer/features/format-editor/record-draft.ts';
import { plainRecords, rowsOf } from '../../renderer/features/format-editor/rows.ts';

const LINES = ['CALL 1  23/11/2026', '     TO 0912', 'CALL 2  23/11/2026', '     TO 0913'];

describe('calls of several lines in the editor', () => {
  it('say what the first line begins with, and read that back from the pattern', () => {
    expect(firstPattern('word', 'CALL (')).toBe('^ *CALL \\(');
    for (const kind of ['word', 'flush', 'digit'] as const) {
      const word = kind === 'word' ? 'A.B*' : '';
      expect(firstLineOf(firstPattern(kind, word))).toEqual({ kind, word });
    }
    expect(firstLineOf('^[AB]')).toEqual({ kind: 'pattern', word: '' });
  });

  it('tell first lines by the indentation of the others, and lose the places of further lines with one line', () => {
    const two = withLineCount(newDefinition(), 2, LINES);
    expect(two.record).toEqual({ kind: 'lines', count: 2, first: '^\\S' });
    const fields: Shape['fields'] = [
      { at: { start: 1, width: 4 }, means: 'ignore' },
      { at: { start: 9, width: 4, line: 2 }, means: 'number' },
    ];
    const one = withLineCount({ ...two, layouts: [{ kind: 'columns', fields }] }, 1, LINES);
    expect(one.record).toBeUndefined();
    expect(one.layouts[0]?.fields).toEqual([{ at: { start: 1, width: 4 }, means: 'ignore' }]);
  });

  it('are gathered before they can be tried, and stand in rows that know their line', () => {
    const records: readonly TriedLine[] = plainRecords(LINES, { kind: 'lines', count: 2, first: '^CALL' });
    expect(records).toHaveLength(2);
    expect(rowsOf(records).map(({ text, line, offset, isLast }) => [text, line, offset, isLast])).toEqual([
      [LINES[0], 1, 0, false],
      [LINES[1], 2, 19, true],
      [LINES[2], 1, 0, false],
      [LINES[3], 2, 19, true],
    ]);
  });

  it('keep their lines in order as samples, equal ones too; single lines are kept once', () => {
    const lines = ['A', 'same', 'B', 'same'];
    expect(sampleLinesOf(newDefinition(), lines)).toEqual(['A', 'same', 'B']);
    const two = { ...newDefinition(), record: { kind: 'lines' as const, count: 2, first: '^[AB]' } };
    expect(sampleLinesOf(two, lines)).toEqual(lines);
    const kept = { ...two, samples: [{ text: 'A\r\nsame', outcome: 'call' as const }] };
    expect(sampleLinesOf(kept, lines)).toEqual(lines);
    expect(sampleLinesOf(kept, ['C', 'other'])).toEqual(['A', 'same', 'C', 'other']);
  });

  it('go on in lines that a word in front tells from the others', () => {
    const proposed: Shape = { kind: 'columns', fields: [{ at: { start: 3, width: 3 }, means: 'extension' }] };
    const { layouts } = addContinuation(newDefinition(), '& 207 00:02:00', proposed);
    expect(layouts[0]?.when).toEqual([{ at: { start: 1, width: 1 }, isNot: ['&'] }]);
    expect(layouts[1]).toMatchObject({ isContinuation: true, when: [{ at: { start: 1, width: 1 }, is: ['&'] }] });
    expect(layouts[1]?.fields.map(({ means }) => means)).toEqual(['ignore', 'extension']);
    expect(linesLike('& 207', ['& 214', 'N 214', ' & 1'])).toEqual(['& 214']);
  });
});
