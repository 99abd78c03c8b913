/** The list of calls: any number of rows, of which only those in view exist. */
import { Checkbox, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type CSSProperties, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallFilter } from '../../../core/api/contract.ts';
import { type CallColumnKey, callTracks } from '../../components/call-columns.tsx';
import { CallCells, CallHeadCells } from '../../components/call-row.tsx';
import { Grid, GridCell, GridHeadCell, GridRow, GridRowGroup } from '../../components/grid-parts.ts';
import type { Selection } from '../../components/use-selection.ts';
import { searchFromFilter } from './call-filter.ts';
import { PAGE_SIZE, useCallPages } from './call-queries.ts';
import { pagesOf, rowsInView, tallPx } from './scroll-window.ts';
import { useScrollPlace } from './use-scroll-place.ts';

const ROW_PX = 36;
const OVERSCAN = 8;
const SETTLED_MS = 70;

interface CallGridProps {
  readonly filter: CallFilter;
  readonly rowCount: number;
  readonly openId: number | undefined;
  readonly onOpen: (id: number) => void;
  readonly columns: readonly CallColumnKey[];
  /** Absent: calls cannot be chosen. */
  readonly selection?: Selection | undefined;
}

const CHOOSE_TRACK = '22px';

export function CallGrid({ filter, rowCount, openId, onOpen, columns, selection }: CallGridProps) {
  const { t } = useTranslation(['calls', 'comfort']);
  const listKey = searchFromFilter(filter).toString();
  const { shape, place, attach, onScroll, show } = useScrollPlace(rowCount, ROW_PX, listKey);
  const gridId = useId();
  const [active, setActive] = useState(0);
  const view = rowsInView(shape, place.positionPx, OVERSCAN);
  const pages = pagesOf(view, PAGE_SIZE).join(',');
  const [settled] = useDebouncedValue(pages, SETTLED_MS);
  const wanted = settled === '' ? pages : settled;
  const rows = useCallPages(filter, wanted === '' ? [] : wanted.split(',').map(Number));

  /** The row that is to have the focus as soon as it is there. */
  const toFocus = useRef<number>(undefined);
  useEffect(() => {
    const row = toFocus.current === undefined ? null : document.getElementById(`${gridId}-${toFocus.current}`);
    if (row === null) return;
    toFocus.current = undefined;
    row.focus({ preventScroll: true });
  });

  const moveActive = (next: number, opens: boolean): void => {
    const index = Math.min(rowCount - 1, Math.max(0, next));
    setActive(index);
    show(index);
    toFocus.current = index;
    const row = rows.get(index);
    if (opens && row !== undefined) onOpen(row.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      moveActive(active + step, openId !== undefined);
    } else if (event.key === 'Enter') {
      moveActive(active, true);
    } else if (event.key === ' ' && selection !== undefined) {
      event.preventDefault();
      const row = rows.get(active);
      if (row !== undefined) selection.turn(row.id);
    }
  };

  const tracks = {
    '--tb-columns': [...(selection === undefined ? [] : [CHOOSE_TRACK]), callTracks(columns)].join(' '),
  } as CSSProperties;
  const stop = active >= view.first && active <= view.last ? active : view.first;
  const indexes: number[] = [];
  for (let index = view.first; index <= view.last; index += 1) indexes.push(index);
  return (
    <Grid
      className="tb-grid tb-grid-wide"
      aria-label={t('listLabel')}
      aria-rowcount={rowCount}
      aria-multiselectable={selection !== undefined}
      style={tracks}
    >
      <div className="tb-grid-head-wrap">
        <GridRow className="tb-grid-row tb-grid-head">
          {selection !== undefined && (
            <GridHeadCell>
              <VisuallyHidden>{t('comfort:bulk.column')}</VisuallyHidden>
            </GridHeadCell>
          )}
          <CallHeadCells columns={columns} />
        </GridRow>
      </div>
      <GridRowGroup className="tb-grid-body" ref={attach} onScroll={onScroll}>
        <div style={{ height: tallPx(shape), position: 'relative' }}>
          {indexes.map((index) => {
            const row = rows.get(index);
            return (
              <GridRow
                key={index}
                id={`${gridId}-${index}`}
                aria-rowindex={index + 1}
                aria-selected={row !== undefined && (selection?.chosen.has(row.id) ?? row.id === openId)}
                tabIndex={index === stop ? 0 : -1}
                className="tb-grid-row tb-grid-placed"
                data-press={row !== undefined || undefined}
                data-chosen={(row !== undefined && row.id === openId) || undefined}
                style={{ transform: `translateY(${index * ROW_PX - place.positionPx + place.scrollTopPx}px)` }}
                onFocus={() => setActive(index)}
                onClick={() => moveActive(index, true)}
                onKeyDown={onKeyDown}
              >
                {row !== undefined && selection !== undefined && (
                  <GridCell onClick={(event) => event.stopPropagation()}>
                    <Checkbox
                      size="xs"
                      tabIndex={-1}
                      aria-label={t('comfort:bulk.call', { time: row.startLocal.replace('T', ' ') })}
                      checked={selection.chosen.has(row.id)}
                      onChange={() => selection.turn(row.id)}
                    />
                  </GridCell>
                )}
                {row === undefined ? <GhostCells index={index} /> : <CallCells call={row} columns={columns} />}
              </GridRow>
            );
          })}
        </div>
      </GridRowGroup>
    </Grid>
  );
}

const GHOST_COLUMNS = [0, 1, 2, 3, 4, 5, 6] as const;

function GhostCells({ index }: { readonly index: number }) {
  return GHOST_COLUMNS.map((column) => (
    <GridCell key={column}>
      <span className="tb-ghost" style={{ width: column === 0 ? 16 : `${55 + ((index * 7 + column * 13) % 40)}%` }} />
    </GridCell>
  ));
}
