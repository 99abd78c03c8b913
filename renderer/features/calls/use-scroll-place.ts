import { useElementSize } from '@mantine/hooks';
import { useLayoutEffect, useRef, useState } from 'react';
import { moveTo, placeShowing, type ScrollPlace, type ScrollShape } from './scroll-window.ts';

const START: ScrollPlace = { scrollTopPx: 0, positionPx: 0 };

/** Follows a scrolling element over a list of any length. */
export function useScrollPlace(rowCount: number, rowHeightPx: number, listKey: string) {
  const { ref, height } = useElementSize<HTMLDivElement>();
  const element = useRef<HTMLDivElement | null>(null);
  const [place, setPlace] = useState(START);
  const [shownKey, setShownKey] = useState(listKey);
  const shape: ScrollShape = { rowCount, rowHeightPx, viewportPx: height };

  if (shownKey !== listKey) {
    setShownKey(listKey);
    setPlace(START);
  }

  useLayoutEffect(() => {
    const bar = element.current;
    if (bar !== null && Math.abs(bar.scrollTop - place.scrollTopPx) > 1) bar.scrollTop = place.scrollTopPx;
  }, [place]);

  return {
    shape,
    place,
    attach: (node: HTMLDivElement | null): void => {
      element.current = node;
      ref(node);
    },
    onScroll: (): void => {
      const bar = element.current;
      if (bar !== null) setPlace((before) => moveTo(shape, before, bar.scrollTop));
    },
    show: (index: number): void => setPlace((before) => placeShowing(shape, before, index)),
  };
}
