import { describe, expect, it } from 'vitest';
import {
  addSkip,
  fieldOf,
  idOf,
  newDefinition,
  placeOf,
  putField,
  removeField,
  type Shape,
  valuesAt,
} from '../../renderer/features/format-editor/draft.ts';

const columns: Shape = { kind: 'columns', fields: [] };
const bars: Shape = { kind: 'separated', separator: '|', fields: [] };

describe('the definition being edited', () => {
  it('names itself after its title', () => {
    expect(idOf('Sảnh Chính 2')).toBe('own-sanh-chinh-2');
    expect(idOf('Đà Lạt')).toBe('own-da-lat');
    expect(idOf('!!!')).toBe('own-format');
  });

  it('takes a marked stretch as columns, or as the cell it lies in', () => {
    expect(placeOf(columns, '0001 L03', { from: 5, to: 8 })).toEqual({ start: 6, width: 3 });
    expect(placeOf(bars, '0001|L03|x', { from: 6, to: 7 })).toEqual({ cell: 2 });
    expect(placeOf(bars, '0001||x', { from: 0, to: 4 })).toEqual({ cell: 1 });
  });

  it('puts a field where another was, in the order of the line, and knows where the code stands', () => {
    const one = putField(newDefinition(), 0, { at: { start: 10, width: 5 }, means: 'account' });
    const two = putField(one, 0, { at: { start: 1, width: 4 }, means: 'extension' });
    expect(two.layouts[0]?.fields.map(({ means }) => means)).toEqual(['extension', 'account']);
    expect(two.codeFields).toEqual(['account']);
    const three = putField(two, 0, { at: { start: 12, width: 6 }, means: 'trunk' });
    expect(three.layouts[0]?.fields.map(({ means }) => means)).toEqual(['extension', 'trunk']);
    expect(three.codeFields).toEqual([]);
    const moved = putField(three, 0, { at: { start: 30, width: 4 }, means: 'extension' });
    expect(moved.layouts[0]?.fields.map(({ means }) => means)).toEqual(['trunk', 'extension']);
    expect(removeField(three, 0, { start: 1, width: 1 }).layouts[0]?.fields).toHaveLength(1);
  });

  it('proposes what words mean, how a duration is printed, and which signs only fill the place', () => {
    const at = { start: 1, width: 4 };
    expect(fieldOf('direction', at, ['>>', '<<', 'X'])).toMatchObject({
      words: [{ text: '>>', direction: 'outgoing' }, { text: '<<', direction: 'incoming' }, { text: 'X' }],
    });
    expect(fieldOf('talk', at, ['65', '7'])).toMatchObject({ form: 'seconds' });
    expect(fieldOf('talk', at, ['00:01:05'])).toMatchObject({ form: 'clock' });
    expect(fieldOf('account', at, ['4711', '....'])).toEqual({ at, means: 'account', pad: '.' });
    expect(fieldOf('number', at, ['0912345678', 'INCOMING'])).toMatchObject({
      words: [{ text: 'INCOMING', isPrefix: true, direction: 'incoming' }],
    });
  });

  it('counts the texts of a place, and remembers lines that are no calls', () => {
    expect(valuesAt(columns, ['AB x', 'AB y', 'CD'], { start: 1, width: 2 })).toEqual(['AB', 'CD']);
    expect(addSkip(newDefinition(), { name: 'not-a-call', like: 'ALARM 1' }).skip).toHaveLength(1);
  });
});
