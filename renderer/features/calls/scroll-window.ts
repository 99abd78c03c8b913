/**
 * Which rows of a very long list are in view. Browsers refuse elements taller than about 33 million pixels, so past a
 * limit the scroll bar is scaled: short moves (wheel, keys) go pixel by pixel through the list, long ones (dragging the bar)
 * jump in proportion.
 */
export interface ScrollShape {
  readonly rowCount: number;
  readonly rowHeightPx: number;
  readonly viewportPx: number;
}

export interface ScrollPlace {
  /** What the scroll bar says. */
  readonly scrollTopPx: number;
  /** Where the list truly stands, unscaled. */
  readonly positionPx: number;
}

export interface RowWindow {
  readonly first: number;
  /** Inclusive; -1 when the list is empty. */
  readonly last: number;
}

/** Below every browser's limit, with room to spare. */
export const TALLEST_PX = 8_000_000;

export function tallPx(shape: ScrollShape): number {
  return Math.min(shape.rowCount * shape.rowHeightPx, TALLEST_PX);
}

function farthestPx(shape: ScrollShape): number {
  return Math.max(0, shape.rowCount * shape.rowHeightPx - shape.viewportPx);
}

function barEndPx(shape: ScrollShape): number {
  return Math.max(0, tallPx(shape) - shape.viewportPx);
}

const between = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value));

/** Where the bar should stand for a position: in proportion, with room to go on scrolling unless the list truly ends. */
export function placeAt(shape: ScrollShape, positionPx: number): ScrollPlace {
  const farthest = farthestPx(shape);
  const end = barEndPx(shape);
  const position = between(0, positionPx, farthest);
  if (farthest <= end) return { scrollTopPx: position, positionPx: position };
  const low = Math.min(position, shape.viewportPx);
  const high = end - Math.min(farthest - position, shape.viewportPx);
  return { scrollTopPx: Math.round(between(low, (position / farthest) * end, high)), positionPx: position };
}

/** The place after the bar moved to `scrollTopPx`. Its `scrollTopPx` differs from the one given where the bar must be set anew. */
export function moveTo(shape: ScrollShape, place: ScrollPlace, scrollTopPx: number): ScrollPlace {
  const farthest = farthestPx(shape);
  const end = barEndPx(shape);
  if (farthest <= end) return { scrollTopPx, positionPx: between(0, scrollTopPx, farthest) };
  const delta = scrollTopPx - place.scrollTopPx;
  const isJump = Math.abs(delta) > shape.viewportPx;
  const position = between(0, isJump ? (scrollTopPx / end) * farthest : place.positionPx + delta, farthest);
  const barIsAtAnEnd = scrollTopPx <= 0 || scrollTopPx >= end;
  const listIsAtAnEnd = position <= 0 || position >= farthest;
  if (barIsAtAnEnd !== listIsAtAnEnd) return placeAt(shape, position);
  return { scrollTopPx, positionPx: position };
}

/** The place where row `index` is wholly in view, moving as little as possible. */
export function placeShowing(shape: ScrollShape, place: ScrollPlace, index: number): ScrollPlace {
  const top = index * shape.rowHeightPx;
  const bottom = top + shape.rowHeightPx;
  if (top < place.positionPx) return placeAt(shape, top);
  if (bottom > place.positionPx + shape.viewportPx) return placeAt(shape, bottom - shape.viewportPx);
  return place;
}

export function rowsInView(shape: ScrollShape, positionPx: number, overscan: number): RowWindow {
  if (shape.rowCount === 0) return { first: 0, last: -1 };
  const first = Math.floor(positionPx / shape.rowHeightPx) - overscan;
  const last = Math.ceil((positionPx + shape.viewportPx) / shape.rowHeightPx) - 1 + overscan;
  return { first: between(0, first, shape.rowCount - 1), last: between(0, last, shape.rowCount - 1) };
}

/** Page numbers that hold these rows. */
export function pagesOf(window: RowWindow, pageSize: number): readonly number[] {
  const pages: number[] = [];
  if (window.last < window.first) return pages;
  const last = Math.floor(window.last / pageSize);
  for (let page = Math.floor(window.first / pageSize); page <= last; page += 1) pages.push(page);
  return pages;
}
