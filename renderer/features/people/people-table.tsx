/** People in alphabetical order; only the rows in view exist. */
import { Checkbox, Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../../core/api/contract.ts';
import { Grid, GridCell, GridHeadCell, GridRow, GridRowGroup } from '../../components/grid-parts.ts';
import { rowKeys } from '../../components/row-keys.ts';
import type { Selection } from '../../components/use-selection.ts';
import { type PeopleColumnKey, peopleCell, peopleColumn } from './people-columns.tsx';

const ROW_PX = 38;

interface PeopleTableProps {
  readonly people: readonly Person[];
  readonly openId: number | undefined;
  readonly onOpen: (id: number) => void;
  readonly columns: readonly PeopleColumnKey[];
  /** Absent: people cannot be chosen. */
  readonly selection?: Selection | undefined;
}

const CHOOSE_TRACK = '22px';

export function PeopleTable({ people, openId, onOpen, columns, selection }: PeopleTableProps) {
  const { t } = useTranslation(['people', 'comfort']);
  const body = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: people.length,
    getScrollElement: () => body.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
  });
  const widths = columns.map((key) => peopleColumn(key).width);
  const tracks = {
    '--tb-columns': [...(selection === undefined ? [] : [CHOOSE_TRACK]), ...widths].join(' '),
  } as CSSProperties;
  const items = rows.getVirtualItems();
  const firstShown = items[0]?.index;
  return (
    <Grid
      className="tb-grid tb-grid-wide"
      aria-label={t('title')}
      aria-rowcount={people.length}
      aria-multiselectable={selection !== undefined}
      style={tracks}
    >
      <div className="tb-grid-head-wrap">
        <GridRow className="tb-grid-row tb-grid-head tb-people-row">
          {selection !== undefined && (
            <GridHeadCell>
              <Checkbox
                size="xs"
                aria-label={t('comfort:bulk.all', { count: people.length })}
                checked={people.length > 0 && selection.chosen.size === people.length}
                indeterminate={selection.chosen.size > 0 && selection.chosen.size < people.length}
                onChange={(event) => selection.choose(event.currentTarget.checked ? people.map(({ id }) => id) : [])}
              />
            </GridHeadCell>
          )}
          {columns.map((key) => (
            <GridHeadCell key={key}>{t(`field.${key}`)}</GridHeadCell>
          ))}
        </GridRow>
      </div>
      <GridRowGroup className="tb-grid-body" ref={body}>
        {people.length === 0 && (
          <Text c="dimmed" ta="center" p="xl">
            {t('noneFound')}
          </Text>
        )}
        <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {items.map((item) => {
            const person = people[item.index];
            if (person === undefined) return null;
            return (
              <GridRow
                key={person.id}
                tabIndex={item.index === firstShown ? 0 : -1}
                aria-rowindex={item.index + 1}
                className="tb-grid-row tb-people-row tb-grid-placed"
                aria-selected={selection?.chosen.has(person.id) ?? person.id === openId}
                data-press
                data-chosen={person.id === openId || undefined}
                style={{ transform: `translateY(${item.start}px)`, height: ROW_PX }}
                onClick={() => onOpen(person.id)}
                onKeyDown={(event) => {
                  if (event.key === ' ' && selection !== undefined) {
                    event.preventDefault();
                    selection.turn(person.id);
                  } else rowKeys(() => onOpen(person.id))(event);
                }}
              >
                {selection !== undefined && (
                  <GridCell onClick={(event) => event.stopPropagation()}>
                    <Checkbox
                      size="xs"
                      tabIndex={-1}
                      aria-label={t('comfort:bulk.choose', { name: person.name })}
                      checked={selection.chosen.has(person.id)}
                      onChange={() => selection.turn(person.id)}
                    />
                  </GridCell>
                )}
                {columns.map((key) => (
                  <GridCell
                    key={key}
                    className={peopleColumn(key).className}
                    style={key === 'name' ? { fontWeight: 550 } : undefined}
                    title={peopleColumn(key).textOf(person)}
                  >
                    {peopleCell(key, person)}
                  </GridCell>
                ))}
              </GridRow>
            );
          })}
        </div>
      </GridRowGroup>
    </Grid>
  );
}
