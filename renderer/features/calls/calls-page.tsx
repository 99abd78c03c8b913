/** Every call, filtered; the filter is the address, so it can be kept and sent. */
import { Button, Paper } from '@mantine/core';
import { IconPhoneOff, IconRefresh, IconUserShare } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { CallFilter } from '../../../core/api/contract.ts';
import { CALL_COLUMN_KEYS, USUAL_CALL_COLUMNS } from '../../components/call-columns.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { ColumnMenu, CopyButton } from '../../components/table-tools.tsx';
import { knownColumns, useColumns } from '../../components/use-columns.ts';
import { useSelection } from '../../components/use-selection.ts';
import { Count, Duration, MoneySums } from '../../components/values.tsx';
import { ViewMenu } from '../../components/view-menu.tsx';
import { arrivalCount } from '../../live-events.ts';
import { useObservable } from '../../observable.ts';
import { keyOf, queryClient } from '../../query-client.ts';
import { useToday } from '../../site.ts';
import { useViewer } from '../../viewer.ts';
import { UnmaskList } from '../privacy/unmask-list.tsx';
import { CallDetails } from './call-details.tsx';
import { filterFromSearch, searchFromFilter } from './call-filter.ts';
import { CallGrid } from './call-grid.tsx';
import { useCallTotals } from './call-queries.ts';
import { filterOfView, viewSearch } from './call-view.ts';
import { copiedCalls } from './copied-calls.ts';
import { DecideDialog } from './decide-dialog.tsx';
import { FilterBar } from './filter-bar.tsx';

export function CallsPage() {
  const { t } = useTranslation(['calls', 'app']);
  const [search, setSearch] = useSearchParams();
  const filter = filterFromSearch(search);
  const openId = search.has('call') ? Number(search.get('call')) : undefined;
  const totals = useCallTotals(filter);
  const today = useToday();
  const columns = useColumns('calls', CALL_COLUMN_KEYS, USUAL_CALL_COLUMNS);
  const mayDecide = useViewer().may('decide-calls');
  const selection = useSelection();

  const setFilter = (next: CallFilter): void => {
    selection.clear();
    setSearch(searchFromFilter(next), { replace: true });
  };
  const setOpenId = (id: number | undefined): void => {
    const next = searchFromFilter(filter);
    if (id !== undefined) next.set('call', String(id));
    setSearch(next, { replace: true });
  };
  const isFiltered = Object.keys(filter).length > 0;

  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      isFixed
      actions={
        <>
          {mayDecide &&
            (selection.chosen.size > 0 ? (
              <DecideChosen chosen={selection.chosen} onDone={selection.clear} />
            ) : (
              <DecideButton filter={filter} count={totals.data?.calls ?? 0} />
            ))}
          <UnmaskList />
          <NewCallsButton />
          <ViewMenu
            page="calls"
            search={viewSearch(filter, today)}
            columns={columns.chosen}
            onOpen={(view) => {
              setFilter(filterOfView(view.search, today));
              columns.choose(knownColumns(view.columns, CALL_COLUMN_KEYS));
            }}
          />
          <ColumnMenu choice={columns} all={CALL_COLUMN_KEYS} labelOf={(key) => t(`column.${key}`)} />
          <CopyButton read={() => copiedCalls(filter, columns.shown, t)} />
        </>
      }
    >
      <FilterBar filter={filter} onChange={setFilter} />
      <Paper className="tb-grid" component="section">
        {totals.data?.calls === 0 ? (
          <EmptyState
            icon={IconPhoneOff}
            title={t(isFiltered ? 'empty.filteredTitle' : 'empty.title')}
            text={t(isFiltered ? 'empty.filteredText' : 'empty.text')}
          >
            {isFiltered ? (
              <Button variant="default" onClick={() => setFilter({})}>
                {t('app:action.clear')}
              </Button>
            ) : (
              <Button component={Link} to="/sources">
                {t('empty.action')}
              </Button>
            )}
          </EmptyState>
        ) : (
          <CallGrid
            filter={filter}
            rowCount={(totals.data?.calls ?? 0) - (totals.data?.unlistedCalls ?? 0)}
            openId={openId}
            onOpen={setOpenId}
            columns={columns.shown}
            selection={mayDecide ? selection : undefined}
          />
        )}
        <div className="tb-totals" role="status" aria-live="polite">
          <span>
            <strong>
              <Count value={totals.data?.calls ?? 0} />
            </strong>{' '}
            {t('totals.calls', { count: totals.data?.calls ?? 0 })}
            {totals.data?.unlistedCalls !== undefined &&
              ` (${t('totals.unlisted', { count: totals.data.unlistedCalls })})`}
          </span>
          <span>
            {t('totals.talk')}{' '}
            <strong>
              <Duration seconds={totals.data?.talkSeconds ?? 0} />
            </strong>
          </span>
          <span>
            {t('totals.charge')}{' '}
            <strong>
              <MoneySums values={totals.data?.charges ?? []} />
            </strong>
          </span>
        </div>
      </Paper>
      <CallDetails id={openId} onClose={() => setOpenId(undefined)} />
    </Page>
  );
}

interface DecideChosenProps {
  readonly chosen: ReadonlySet<number>;
  readonly onDone: () => void;
}

function DecideChosen({ chosen, onDone }: DecideChosenProps) {
  const { t } = useTranslation('comfort');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button size="compact-md" leftSection={<IconUserShare size={15} />} onClick={() => setIsOpen(true)}>
        {t('bulk.decide')} ({chosen.size})
      </Button>
      <Button size="compact-md" variant="subtle" color="gray" onClick={onDone}>
        {t('bulk.none')}
      </Button>
      {isOpen && (
        <DecideDialog
          calls={{ ids: [...chosen] }}
          count={chosen.size}
          onClose={() => {
            setIsOpen(false);
            onDone();
          }}
        />
      )}
    </>
  );
}

/** So many calls are decided at once at most. */
const DECIDED_LIMIT = 5000;

/** For all calls of the list; only a list that was narrowed is meant as a whole. */
function DecideButton({ filter, count }: { readonly filter: CallFilter; readonly count: number }) {
  const { t } = useTranslation('calls');
  const [isOpen, setIsOpen] = useState(false);
  if (Object.keys(filter).length === 0 || count === 0 || count > DECIDED_LIMIT) return null;
  return (
    <>
      <Button
        variant="default"
        size="compact-md"
        leftSection={<IconUserShare size={15} />}
        onClick={() => setIsOpen(true)}
      >
        {t('decide.bulk')}
      </Button>
      {isOpen && <DecideDialog calls={{ filter, count }} count={count} onClose={() => setIsOpen(false)} />}
    </>
  );
}

/** The list stays still under the reader's eyes; this brings in what came since. */
function NewCallsButton() {
  const { t } = useTranslation('calls');
  const arrived = useObservable(arrivalCount);
  const [shown, setShown] = useState(arrived);
  useEffect(() => {
    const cache = queryClient.getQueryCache();
    return cache.subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'success' && event.query.queryKey[0] === 'countCalls') {
        setShown(arrivalCount.get());
      }
    });
  }, []);
  const waiting = arrived - shown;
  if (waiting === 0) return null;
  const refresh = (): void => {
    setShown(arrived);
    void queryClient.invalidateQueries({ queryKey: keyOf('listCalls') });
    void queryClient.invalidateQueries({ queryKey: keyOf('countCalls') });
  };
  return (
    <Button variant="light" size="compact-md" leftSection={<IconRefresh size={15} />} onClick={refresh}>
      {t('showNew', { count: waiting })}
    </Button>
  );
}
