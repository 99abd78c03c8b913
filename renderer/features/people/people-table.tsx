/** People in alphabetical order; only the rows in view exist. */
import { Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../../core/api/contract.ts';
import { Grid, GridCell, GridHeadCell, GridRow, GridRowGroup } from '../../components/grid-parts.ts';
import { rowKeys } from '../../components/row-keys.ts';
import { presentAssignments } from './assignments.ts';

const ROW_PX = 38;

interface PeopleTableProps {
  readonly people: readonly Person[];
  readonly openId: number | undefined;
  readonly onOpen: (id: number) => void;
}

export function PeopleTable({ people, openId, onOpen }: PeopleTableProps) {
  const { t } = useTranslation('people');
  const body = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: people.length,
    getScrollElement: () => body.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
  });
  const items = rows.getVirtualItems();
  const firstShown = items[0]?.index;
  return (
    <Grid className="tb-grid" aria-label={t('title')} aria-rowcount={people.length}>
      <div className="tb-grid-head-wrap">
        <GridRow className="tb-grid-row tb-grid-head tb-people-row">
          <GridHeadCell>{t('field.name')}</GridHeadCell>
          <GridHeadCell>{t('field.department')}</GridHeadCell>
          <GridHeadCell>{t('field.codes')}</GridHeadCell>
          <GridHeadCell>{t('field.extensions')}</GridHeadCell>
          <GridHeadCell>{t('field.employeeNumber')}</GridHeadCell>
          <GridHeadCell>{t('field.title')}</GridHeadCell>
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
                data-press
                data-chosen={person.id === openId || undefined}
                style={{ transform: `translateY(${item.start}px)`, height: ROW_PX }}
                onClick={() => onOpen(person.id)}
                onKeyDown={rowKeys(() => onOpen(person.id))}
              >
                <PersonCells person={person} />
              </GridRow>
            );
          })}
        </div>
      </GridRowGroup>
    </Grid>
  );
}

function PersonCells({ person }: { readonly person: Person }) {
  const faint = <span className="tb-faint">–</span>;
  const codes = presentAssignments(person, 'code');
  const extensions = presentAssignments(person, 'extension');
  return (
    <>
      <GridCell style={{ fontWeight: 550 }}>{person.name}</GridCell>
      <GridCell>{person.departmentName ?? faint}</GridCell>
      <GridCell className="tb-code">{codes === '' ? faint : codes}</GridCell>
      <GridCell className="tb-num">{extensions === '' ? faint : extensions}</GridCell>
      <GridCell className="tb-num">{person.employeeNumber ?? faint}</GridCell>
      <GridCell>{person.title ?? faint}</GridCell>
    </>
  );
}
