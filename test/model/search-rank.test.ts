import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ranked, rankText } from '../../core/model/search-rank.ts';

const MARKED = [...'ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ'];
const PLAIN = [...'aadeoouaaaaaaaaaaaaaaaeeeeeeeeeeiiiiiooooooooooooooouuuuuuuuuuyyyyy'];
const plainOf = new Map(MARKED.map((letter, i) => [letter, PLAIN[i] ?? '']));

const letter = fc.constantFrom(...MARKED, ...'bcdghklmnpqrstvxaeiouy');
const word = fc.array(letter, { minLength: 1, maxLength: 7 }).map((letters) => letters.join(''));
const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const withoutMarks = (text: string): string => [...text].map((char) => plainOf.get(char) ?? char).join('');

describe('what answers a search', () => {
  test('a name is found with its marks, without them, in capitals and with letters composed in two ways', () => {
    fc.assert(
      fc.property(name, (text) => {
        for (const typed of [text, withoutMarks(text), text.toUpperCase(), text.normalize('NFD')]) {
          expect(rankText(text, typed)).toBe(rankText(text, text));
        }
        expect(rankText(text, text)).toBeGreaterThan(0);
      }),
    );
  });

  test('any words of a name find it, in any order and by their first letters', () => {
    fc.assert(
      fc.property(name, fc.nat(), (text, turn) => {
        const words = text.split(' ');
        const turned = [...words.slice(turn % words.length), ...words.slice(0, turn % words.length)];
        const begun = turned.map((part) => withoutMarks(part).slice(0, 2)).join(' ');
        expect(rankText(text, begun)).toBeGreaterThan(0);
      }),
    );
  });

  test('Nguyễn is found by nguyen and Đặng by dang', () => {
    const people = ['Trần Văn Nguyên', 'Đặng Thị Nguyệt', 'Nguyễn Thị Hoa', 'Lê Bình'];
    expect(ranked(people, 'nguyen', (text) => [text])).toEqual(['Nguyễn Thị Hoa', 'Trần Văn Nguyên']);
    expect(ranked(people, 'đang', (text) => [text])).toEqual(['Đặng Thị Nguyệt']);
    expect(ranked(people, 'thi ngu', (text) => [text])).toEqual(['Đặng Thị Nguyệt', 'Nguyễn Thị Hoa']);
  });

  test('the same word twice needs two words', () => {
    expect(rankText('An Bình', 'an an')).toBe(0);
    expect(rankText('An Văn An', 'an an')).toBeGreaterThan(0);
  });

  test('nothing typed finds nothing', () => {
    expect(rankText('An', '  ')).toBe(0);
    expect(rankText('An', '̣')).toBe(0);
  });
});
