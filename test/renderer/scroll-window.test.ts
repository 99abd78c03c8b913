import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  moveTo,
  pagesOf,
  placeAt,
  placeShowing,
  rowsInView,
  type ScrollPlace,
  type ScrollShape,
  TALLEST_PX,
  tallPx,
} from '../../renderer/features/calls/scroll-window.ts';

const ROW = 36;
const shapeOf = (rowCount: number, viewportPx = 600): ScrollShape => ({ rowCount, rowHeightPx: ROW, viewportPx });
const TOP: ScrollPlace = { scrollTopPx: 0, positionPx: 0 };
const MILLIONS = shapeOf(10_000_000);

describe('a list of millions behind one scroll bar', () => {
  test('a short list scrolls one to one', () => {
    const shape = shapeOf(1000);
    expect(tallPx(shape)).toBe(36_000);
    expect(moveTo(shape, TOP, 7200)).toEqual({ scrollTopPx: 7200, positionPx: 7200 });
  });

  test('a long list never becomes taller than a browser can draw', () => {
    expect(tallPx(MILLIONS)).toBe(TALLEST_PX);
  });

  test('a turn of the wheel moves by pixels, not by thousands of rows', () => {
    const start = placeAt(MILLIONS, 180_000_000);
    const next = moveTo(MILLIONS, start, start.scrollTopPx + 100);
    expect(next.positionPx - start.positionPx).toBe(100);
  });

  test('dragging the bar to an end shows the end of the list', () => {
    const end = TALLEST_PX - MILLIONS.viewportPx;
    const bottom = moveTo(MILLIONS, TOP, end);
    expect(rowsInView(MILLIONS, bottom.positionPx, 0).last).toBe(9_999_999);
    expect(moveTo(MILLIONS, bottom, 0).positionPx).toBe(0);
  });

  test('with the wheel alone the first and the last row are reached from anywhere', () => {
    for (const direction of [-1, 1]) {
      let place = placeAt(MILLIONS, direction < 0 ? 5000 : 359_999_400 - 5000);
      for (let turn = 0; turn < 200; turn += 1) {
        const end = TALLEST_PX - MILLIONS.viewportPx;
        place = moveTo(MILLIONS, place, Math.min(end, Math.max(0, place.scrollTopPx + direction * 100)));
      }
      const view = rowsInView(MILLIONS, place.positionPx, 0);
      expect(direction < 0 ? view.first : view.last).toBe(direction < 0 ? 0 : 9_999_999);
    }
  });

  test('wherever the bar goes, the rows in view exist and fill the view', () => {
    const moves = fc.array(fc.integer({ min: 0, max: TALLEST_PX }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000_000 }), moves, (rowCount, tops) => {
        const shape = shapeOf(rowCount);
        const end = Math.max(0, tallPx(shape) - shape.viewportPx);
        let place = TOP;
        for (const top of tops) {
          place = moveTo(shape, place, Math.min(end, top));
          const { first, last } = rowsInView(shape, place.positionPx, 3);
          if (rowCount === 0) {
            expect(last).toBe(-1);
            continue;
          }
          expect(first).toBeGreaterThanOrEqual(0);
          expect(last).toBeLessThan(rowCount);
          const shown = (last - first + 1) * ROW;
          expect(shown).toBeGreaterThanOrEqual(Math.min(shape.viewportPx, rowCount * ROW));
          expect(place.scrollTopPx).toBeGreaterThanOrEqual(0);
          expect(place.scrollTopPx).toBeLessThanOrEqual(end);
        }
      }),
    );
  });

  test('a row asked for is wholly in view afterwards', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999 }), fc.integer({ min: 0, max: 359_000_000 }), (index, from) => {
        const { positionPx } = placeShowing(MILLIONS, placeAt(MILLIONS, from), index);
        expect(index * ROW).toBeGreaterThanOrEqual(positionPx);
        expect((index + 1) * ROW).toBeLessThanOrEqual(positionPx + MILLIONS.viewportPx);
      }),
    );
  });

  test('pages cover exactly the rows in view', () => {
    expect(pagesOf({ first: 95, last: 205 }, 100)).toEqual([0, 1, 2]);
    expect(pagesOf({ first: 100, last: 199 }, 100)).toEqual([1]);
    expect(pagesOf({ first: 0, last: -1 }, 100)).toEqual([]);
  });
});
