/** Every code with its owner, its last use and what became of it; only the rows in view exist. */
import { Badge, Paper, Select, Skeleton, Text } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useDeferredValue, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ListedCode } from '../../../core/api/contract.ts';
import { DebouncedInput } from '../../components/debounced-input.tsx';
import { Grid, GridCell, GridHeadCell, GridRow, GridRowGroup } from '../../components/grid-parts.ts';
import { rowKeys } from '../../components/row-keys.ts';
import { CopyButton } from '../../components/table-tools.tsx';
import { Code, Count } from '../../components/values.tsx';
import { formatLocalDay, plain } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';
import { type DayRange, dayBefore } from '../../site-day.ts';

const ROW_PX = 36;
const STATES = ['used', 'idle', 'unused', 'left', 'waiting', 'ended'] as const;
const COLOR = {
  used: 'ledger',
  idle: 'yellow',
  unused: 'yellow',
  left: 'red',
  waiting: 'blue',
  ended: 'gray',
} as const;
/** More telephones of one code are not counted (core/policy/hygiene/usage.ts). */
const TELEPHONES_COUNTED = 100;

export function CodeList({ range }: { readonly range: DayRange }) {
  const { t } = useTranslation('codes');
  const codes = useRead('listHygieneCodes', { query: range }, { placeholderData: keepPreviousData });
  const [text, setText] = useState('');
  const [state, setState] = useState<ListedCode['state'] | null>(null);
  const wanted = useDeferredValue(plain(text));
  const collator = new Intl.Collator(useLanguage(), { numeric: true });
  const sorted = [...(codes.data ?? [])].sort((a, b) => collator.compare(a.personName, b.personName));
  const shown = sorted.filter(
    (row) =>
      (state === null || row.state === state) &&
      (wanted === '' || plain([row.personName, row.departmentName, row.code].join(' ')).includes(wanted)),
  );
  if (codes.data === undefined) return <Skeleton height={360} aria-label={t('tab.list')} />;
  return (
    <Paper component="section" className="tb-people-main tb-codes-list" aria-label={t('list.label')}>
      <div className="tb-toolbar">
        <DebouncedInput
          w={320}
          aria-label={t('list.search')}
          placeholder={t('list.search')}
          value={text}
          onSettled={setText}
        />
        <Select
          w={210}
          aria-label={t('list.state')}
          placeholder={t('list.anyState')}
          clearable
          data={STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
          value={state}
          onChange={(value) => setState(STATES.find((known) => known === value) ?? null)}
        />
        <span className="tb-faint tb-num">{t('list.shown', { count: shown.length })}</span>
        <CopyButton
          read={() => ({
            head: COPIED.map((key) => t(`column.${key}`)),
            rows: shown.map((row) => [
              row.code,
              row.personName,
              row.departmentName ?? '',
              row.validFrom === null ? '' : formatLocalDay(row.validFrom),
              row.lastUsed === null ? '' : formatLocalDay(row.lastUsed),
              { amount: String(row.calls) },
              t(`state.${row.state}`),
            ]),
          })}
        />
      </div>
      <CodeRows rows={shown} />
    </Paper>
  );
}

const COPIED = ['code', 'owner', 'department', 'valid', 'lastUsed', 'calls', 'state'] as const;

function CodeRows({ rows }: { readonly rows: readonly ListedCode[] }) {
  const { t } = useTranslation('codes');
  const navigate = useNavigate();
  const body = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => body.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
  });
  const items = virtual.getVirtualItems();
  return (
    <Grid className="tb-grid" aria-label={t('list.label')} aria-rowcount={rows.length}>
      <div className="tb-grid-head-wrap">
        <GridRow className="tb-grid-row tb-grid-head tb-codes-row">
          <GridHeadCell>{t('column.code')}</GridHeadCell>
          <GridHeadCell>{t('column.owner')}</GridHeadCell>
          <GridHeadCell>{t('column.department')}</GridHeadCell>
          <GridHeadCell>{t('column.valid')}</GridHeadCell>
          <GridHeadCell>{t('column.lastUsed')}</GridHeadCell>
          <GridHeadCell data-end>{t('column.calls')}</GridHeadCell>
          <GridHeadCell data-end>{t('column.telephones')}</GridHeadCell>
          <GridHeadCell>{t('column.state')}</GridHeadCell>
        </GridRow>
      </div>
      <GridRowGroup className="tb-grid-body" ref={body}>
        {rows.length === 0 && (
          <Text c="dimmed" ta="center" p="xl">
            {t('list.noneFound')}
          </Text>
        )}
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {items.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const open = (): void => void navigate(`/people?person=${row.personId}`);
            return (
              <GridRow
                key={row.assignmentId}
                tabIndex={item.index === items[0]?.index ? 0 : -1}
                aria-rowindex={item.index + 1}
                className="tb-grid-row tb-codes-row tb-grid-placed"
                data-press
                style={{ transform: `translateY(${item.start}px)`, height: ROW_PX }}
                onClick={open}
                onKeyDown={rowKeys(open)}
              >
                <CodeCells row={row} />
              </GridRow>
            );
          })}
        </div>
      </GridRowGroup>
    </Grid>
  );
}

function CodeCells({ row }: { readonly row: ListedCode }) {
  const { t } = useTranslation('codes');
  const faint = <span className="tb-faint">–</span>;
  const from = row.validFrom === null ? t('list.always') : formatLocalDay(row.validFrom);
  const to = row.validTo === null ? t('list.openEnd') : formatLocalDay(dayBefore(row.validTo));
  const valid = row.validFrom === null && row.validTo === null ? t('list.unlimited') : `${from} – ${to}`;
  return (
    <>
      <GridCell>
        <Code value={row.code} />
      </GridCell>
      <GridCell style={{ fontWeight: 550 }}>{row.personName}</GridCell>
      <GridCell>{row.departmentName ?? faint}</GridCell>
      <GridCell className="tb-num" title={valid}>
        {valid}
      </GridCell>
      <GridCell className="tb-num">{row.lastUsed === null ? faint : formatLocalDay(row.lastUsed)}</GridCell>
      <GridCell data-end>{row.calls === 0 ? faint : <Count value={row.calls} />}</GridCell>
      <GridCell data-end>
        {row.telephones === 0 ? (
          faint
        ) : row.telephones < TELEPHONES_COUNTED ? (
          <Count value={row.telephones} />
        ) : (
          t('list.many', { count: TELEPHONES_COUNTED })
        )}
      </GridCell>
      <GridCell>
        <Badge color={COLOR[row.state]} size="sm">
          {t(`state.${row.state}`)}
        </Badge>
      </GridCell>
    </>
  );
}
