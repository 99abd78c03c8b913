/**
 * Parts of the ARIA grid pattern. Rows of the call list are placed by transform inside a scaled scroll area, which table
 * elements do not allow; the roles give screen readers the table back.
 */
import { type ComponentProps, createElement, type ReactElement } from 'react';

type DivProps = ComponentProps<'div'> & DataProps;
type SpanProps = ComponentProps<'span'> & DataProps;

interface DataProps {
  readonly 'data-end'?: boolean;
  readonly 'data-press'?: boolean | undefined;
  readonly 'data-chosen'?: boolean | undefined;
  readonly 'data-fresh'?: boolean | undefined;
}

export function Grid(props: DivProps): ReactElement {
  return createElement('div', { role: 'grid', ...props });
}

export function GridRowGroup(props: DivProps): ReactElement {
  return createElement('div', { role: 'rowgroup', ...props });
}

export function GridRow(props: DivProps): ReactElement {
  return createElement('div', { role: 'row', ...props });
}

export function GridCell(props: SpanProps): ReactElement {
  return createElement('span', { role: 'gridcell', ...props });
}

export function GridHeadCell(props: SpanProps): ReactElement {
  return createElement('span', { role: 'columnheader', ...props });
}
