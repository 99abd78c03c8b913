import type { KeyboardEvent } from 'react';

/** Enter opens a row; the arrow keys go to the rows beside it, so that a list is one stop of the Tab key. */
export function rowKeys(onOpen: () => void): (event: KeyboardEvent<HTMLElement>) => void {
  return (event) => {
    const row = event.currentTarget;
    const beside = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling }[event.key];
    if (event.key === 'Enter') onOpen();
    if (beside instanceof HTMLElement) {
      event.preventDefault();
      beside.focus();
    }
  };
}
