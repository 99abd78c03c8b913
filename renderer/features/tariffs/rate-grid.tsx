/** The price list as a grid of cells: any number of rows, of which only those in view exist. */
import { ActionIcon, Badge } from '@mantine/core';
import { IconDots, IconTrash } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StoredRate } from '../../../core/rating/tariff.ts';
import { Grid, GridCell, GridHeadCell, GridRow, GridRowGroup } from '../../components/grid-parts.ts';
import { textOr, useLanguage } from '../../language.ts';
import type { DraftProblems } from './draft-checks.ts';
import { RateCell } from './rate-cell.tsx';
import { isEditable, NUMBER_COLUMNS, RATE_COLUMNS, setCell, typedCell } from './rate-columns.ts';
import { RateConditions } from './rate-conditions.tsx';
import type { RateRow } from './rate-edits.ts';

const ROW_PX = 34;
const PAGE_ROWS = 15;

interface RateGridProps {
  readonly rows: readonly RateRow[];
  readonly currency: string;
  readonly problems: DraftProblems['rows'];
  /** The rate as it was before it was edited here; undefined for a row that came since. */
  readonly earlier: (id: number) => StoredRate | undefined;
  readonly isReadOnly: boolean;
  /** The row to show, and to put the cursor on. */
  readonly shownId: number | undefined;
  readonly onChange: (row: RateRow, rate: StoredRate) => void;
  readonly onOpen: (row: RateRow) => void;
  readonly onRemove: (row: RateRow) => void;
}

interface Editing {
  readonly text: string;
}

export function RateGrid(props: RateGridProps) {
  const { rows, currency, problems, earlier, isReadOnly, shownId, onChange, onOpen, onRemove } = props;
  const { t } = useTranslation('tariffs');
  const language = useLanguage();
  const gridId = useId();
  const body = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState({ row: 0, column: 0 });
  const [editing, setEditing] = useState<Editing>();
  const wantsFocus = useRef(false);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => body.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });

  const moveTo = (row: number, column: number): void => {
    const next = {
      row: Math.max(0, Math.min(rows.length - 1, row)),
      column: Math.max(0, Math.min(RATE_COLUMNS.length - 1, column)),
    };
    setEditing(undefined);
    setActive(next);
    virtual.scrollToIndex(next.row);
    wantsFocus.current = true;
  };
  const lastShown = useRef<number>(undefined);
  useEffect(() => {
    if (shownId !== undefined && shownId !== lastShown.current) {
      const at = rows.findIndex(({ id }) => id === shownId);
      lastShown.current = shownId;
      if (at >= 0) {
        setActive({ row: at, column: 0 });
        virtual.scrollToIndex(at, { align: 'center' });
        wantsFocus.current = true;
      }
    }
    if (!wantsFocus.current) return;
    const cell = document.getElementById(`${gridId}-${active.row}-${active.column}`);
    if (cell === null) return;
    wantsFocus.current = false;
    cell.focus({ preventScroll: true });
  });

  const row = rows[active.row];
  const column = RATE_COLUMNS[active.column] ?? 'prefix';
  const mayEdit = !isReadOnly && row !== undefined && isEditable(row.rate, column);
  const result =
    editing === undefined || row === undefined ? undefined : setCell(row.rate, column, editing.text, language);
  const error = result !== undefined && 'error' in result ? result.error : undefined;

  const begin = (text?: string): void => {
    if (row === undefined) return;
    if (mayEdit) setEditing({ text: text ?? typedCell(row.rate, column, language) });
    else onOpen(row);
  };
  /** False where what was typed cannot be taken. */
  const commit = (): boolean => {
    if (result === undefined || row === undefined) return true;
    if ('error' in result) return false;
    onChange(row, result.rate);
    setEditing(undefined);
    return true;
  };
  const onEditKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      setEditing(undefined);
      wantsFocus.current = true;
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      event.preventDefault();
      const step = event.shiftKey ? -1 : 1;
      if (commit())
        moveTo(active.row + (event.key === 'Enter' ? step : 0), active.column + (event.key === 'Tab' ? step : 0));
    }
    event.stopPropagation();
  };
  const onCellKey = (event: KeyboardEvent): void => {
    const [rowStep, columnStep] = MOVES[event.key] ?? [0, 0];
    if (rowStep !== 0 || columnStep !== 0) {
      event.preventDefault();
      moveTo(active.row + rowStep, active.column + columnStep);
    } else if (event.key === 'Home' && event.ctrlKey) moveTo(0, 0);
    else if (event.key === 'End' && event.ctrlKey) moveTo(rows.length - 1, active.column);
    else if (event.key === 'Enter' || event.key === 'F2') {
      event.preventDefault();
      begin();
    } else if (event.key === 'Delete' && mayEdit && row !== undefined) {
      const emptied = setCell(row.rate, column, '', language);
      if ('rate' in emptied) onChange(row, emptied.rate);
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && mayEdit) {
      event.preventDefault();
      begin(event.key);
    }
  };

  const activeProblems = row === undefined ? [] : (problems.get(row.id) ?? []);
  const example = language === 'vi' ? '1.234,5' : '1,234.5';
  const message =
    error === undefined
      ? activeProblems.map(({ code, values }) => textOr(`tariff:problem.${code}`, values, code)).join(' ')
      : t(`rate.error.${error}`, { sign: language === 'vi' ? ',' : '.', example });
  return (
    <>
      <Grid
        className="tb-grid"
        aria-label={t('rate.grid')}
        aria-rowcount={rows.length}
        aria-describedby={`${gridId}-help`}
      >
        <div className="tb-grid-head-wrap">
          <GridRow className="tb-grid-row tb-grid-head tb-rate-row">
            {RATE_COLUMNS.map((name) => (
              <GridHeadCell key={name} {...(NUMBER_COLUMNS.has(name) && { 'data-end': true })}>
                {t(`rate.column.${name}`)}
                {name === 'ratePerMinute' && ` (${currency})`}
              </GridHeadCell>
            ))}
            <GridHeadCell>{t('rate.column.more')}</GridHeadCell>
            <GridCell />
          </GridRow>
        </div>
        <GridRowGroup className="tb-grid-body" ref={body}>
          <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
            {virtual.getVirtualItems().map(({ index, start }) => {
              const item = rows[index];
              if (item === undefined) return null;
              const before = earlier(item.id);
              return (
                <GridRow
                  key={item.id}
                  aria-rowindex={index + 1}
                  className="tb-grid-row tb-rate-row tb-grid-placed"
                  data-chosen={index === active.row || undefined}
                  style={{ transform: `translateY(${start}px)`, height: ROW_PX }}
                >
                  {RATE_COLUMNS.map((name, at) => {
                    const isActive = index === active.row && at === active.column;
                    return (
                      <RateCell
                        key={name}
                        id={`${gridId}-${index}-${at}`}
                        rate={item.rate}
                        column={name}
                        isActive={isActive}
                        hasProblem={(problems.get(item.id) ?? []).some(({ path }) => path === name || path === '')}
                        isChanged={before !== undefined && before[name] !== item.rate[name]}
                        editing={isActive ? editing?.text : undefined}
                        hasError={isActive && error !== undefined}
                        messageId={`${gridId}-message`}
                        onType={(text) => setEditing({ text })}
                        onEditKey={onEditKey}
                        onLeave={() => {
                          if (!commit()) setEditing(undefined);
                        }}
                        onKeyDown={onCellKey}
                        onFocus={() => setActive({ row: index, column: at })}
                        onDoubleClick={() => begin()}
                      />
                    );
                  })}
                  <GridCell>
                    <RateConditions rate={item.rate} />
                    {before === undefined && (
                      <Badge size="xs" variant="light">
                        {t('rate.mark.added')}
                      </Badge>
                    )}
                  </GridCell>
                  <GridCell className="tb-rate-actions">
                    <ActionIcon
                      variant="subtle"
                      size="sm"
                      tabIndex={index === active.row ? 0 : -1}
                      aria-label={t('rate.more', { prefix: item.rate.prefix })}
                      onClick={() => onOpen(item)}
                    >
                      <IconDots size={15} stroke={1.6} />
                    </ActionIcon>
                    {!isReadOnly && (
                      <ActionIcon
                        variant="subtle"
                        color="red"
                        size="sm"
                        tabIndex={index === active.row ? 0 : -1}
                        aria-label={t('rate.remove', { prefix: item.rate.prefix })}
                        onClick={() => onRemove(item)}
                      >
                        <IconTrash size={15} stroke={1.6} />
                      </ActionIcon>
                    )}
                  </GridCell>
                </GridRow>
              );
            })}
          </div>
        </GridRowGroup>
      </Grid>
      <div className="tb-rate-foot">
        <span id={`${gridId}-message`} role="status" data-problem={message !== '' || undefined}>
          {message}
        </span>
        {!isReadOnly && message === '' && (
          <span id={`${gridId}-help`} className="tb-faint">
            {t('rate.cellHelp')}
          </span>
        )}
      </div>
    </>
  );
}

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-PAGE_ROWS, 0],
  PageDown: [PAGE_ROWS, 0],
};
