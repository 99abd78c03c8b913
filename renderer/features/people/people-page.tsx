/** Departments, people, and who holds which code and extension since when. */
import { Button, Group, Menu, Paper } from '@mantine/core';
import { IconChevronDown, IconDownload, IconFileImport, IconPlus, IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { urlOf } from '../../api.ts';
import { DebouncedInput } from '../../components/debounced-input.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { ColumnMenu, CopyButton } from '../../components/table-tools.tsx';
import { knownColumns, useColumns } from '../../components/use-columns.ts';
import { useSelection } from '../../components/use-selection.ts';
import { ViewMenu } from '../../components/view-menu.tsx';
import { plain } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';
import { useViewer } from '../../viewer.ts';
import { BulkDialog } from './bulk-dialog.tsx';
import { DepartmentTree } from './department-tree.tsx';
import { idsBelow } from './departments.ts';
import { PEOPLE_COLUMN_KEYS, peopleColumn, USUAL_PEOPLE_COLUMNS } from './people-columns.tsx';
import { PeopleImport } from './people-import.tsx';
import { PeopleTable } from './people-table.tsx';
import { PersonDrawer } from './person-drawer.tsx';

export function PeoplePage() {
  const { t } = useTranslation(['people', 'app', 'comfort']);
  const [search, setSearch] = useSearchParams();
  const people = useRead('listPeople', { query: {} });
  const departments = useRead('listDepartments');
  const showCodes = useRead('getSettings').data?.showCodes ?? false;
  const [text, setText] = useState('');
  const [departmentId, setDepartmentId] = useState<number>();
  // In the address, so that a reload in the middle of an import comes back to it.
  const isImporting = search.has('import');
  const setIsImporting = (isOn: boolean): void => setSearch(isOn ? { import: 'file' } : {}, { replace: true });
  const [isAdding, setIsAdding] = useState(false);
  const columns = useColumns('people', PEOPLE_COLUMN_KEYS, USUAL_PEOPLE_COLUMNS);
  const selection = useSelection();
  const [isChanging, setIsChanging] = useState(false);
  const mayChange = useViewer().may('change-people');
  const wanted = useDeferredValue(plain(text));
  const openId = search.has('person') ? Number(search.get('person')) : undefined;
  const setOpenId = (id: number | undefined): void =>
    setSearch(id === undefined ? {} : { person: String(id) }, { replace: true });

  const collator = new Intl.Collator(useLanguage(), { numeric: true });
  const all = [...(people.data ?? [])].sort((a, b) => collator.compare(a.name, b.name));
  const inDepartment = departmentId === undefined ? undefined : idsBelow(departments.data ?? [], departmentId);
  const shown = all.filter((person) => {
    if (inDepartment !== undefined && !inDepartment.has(person.departmentId ?? 0)) return false;
    if (wanted === '') return true;
    const words = [person.name, person.employeeNumber, person.title, person.departmentName];
    const values = person.assignments.map((assignment) => assignment.value);
    return plain([...words, ...values].join(' ')).includes(wanted);
  });

  // Who is not shown any more is not changed either.
  const chosenIds = shown.map(({ id }) => id).filter((id) => selection.chosen.has(id));

  const importButton = (
    <Button
      variant="default"
      leftSection={<IconFileImport size={16} stroke={1.6} />}
      onClick={() => setIsImporting(true)}
    >
      {t('import.button')}
    </Button>
  );
  const addButton = (
    <Button leftSection={<IconUserPlus size={16} stroke={1.6} />} onClick={() => setIsAdding(true)}>
      {t('add')}
    </Button>
  );
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      isFixed
      actions={
        mayChange && (
          <>
            <Menu position="bottom-end">
              <Menu.Target>
                <Button
                  variant="default"
                  leftSection={<IconDownload size={16} stroke={1.6} />}
                  rightSection={<IconChevronDown size={14} />}
                >
                  {t('app:action.export')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown maw={320}>
                {showCodes ? (
                  <>
                    <Menu.Item component="a" href={urlOf('exportPeople', { query: { type: 'xlsx' } })} download>
                      {t('export.xlsx')}
                    </Menu.Item>
                    <Menu.Item component="a" href={urlOf('exportPeople', { query: { type: 'csv' } })} download>
                      {t('export.csv')}
                    </Menu.Item>
                  </>
                ) : (
                  <>
                    <Menu.Label>{t('export.hidden')}</Menu.Label>
                    <Menu.Item component={Link} to="/settings">
                      {t('export.toSettings')}
                    </Menu.Item>
                  </>
                )}
              </Menu.Dropdown>
            </Menu>
            {importButton}
            {addButton}
          </>
        )
      }
    >
      {people.isSuccess && all.length === 0 && (departments.data?.length ?? 0) === 0 ? (
        <EmptyState icon={IconUsers} title={t('empty.title')} text={t('empty.text')}>
          <Group>
            {importButton}
            <Button leftSection={<IconPlus size={16} />} onClick={() => setIsAdding(true)}>
              {t('add')}
            </Button>
          </Group>
        </EmptyState>
      ) : (
        <div className="tb-people">
          <Paper p="xs" component="section" aria-label={t('departments.label')}>
            <DepartmentTree
              departments={departments.data ?? []}
              total={all.length}
              chosenId={departmentId}
              onChoose={setDepartmentId}
            />
          </Paper>
          <Paper component="section" className="tb-people-main" aria-label={t('title')}>
            <div className="tb-toolbar">
              <DebouncedInput
                w={240}
                aria-label={t('search')}
                placeholder={t('search')}
                value={text}
                onSettled={setText}
              />
              {chosenIds.length === 0 && <span className="tb-faint tb-num">{t('shown', { count: shown.length })}</span>}
              <Group gap="xs" ml="auto">
                {chosenIds.length > 0 && (
                  <>
                    <span className="tb-num">{t('comfort:bulk.chosen', { count: chosenIds.length })}</span>
                    <Button size="compact-md" onClick={() => setIsChanging(true)}>
                      {t('comfort:bulk.edit')}
                    </Button>
                    <Button size="compact-md" variant="subtle" color="gray" onClick={selection.clear}>
                      {t('comfort:bulk.none')}
                    </Button>
                  </>
                )}
                <ViewMenu
                  page="people"
                  search={searchOf(text, departmentId)}
                  columns={columns.chosen}
                  onOpen={(view) => {
                    const kept = new URLSearchParams(view.search);
                    setText(kept.get('text') ?? '');
                    setDepartmentId(kept.has('department') ? Number(kept.get('department')) : undefined);
                    columns.choose(knownColumns(view.columns, PEOPLE_COLUMN_KEYS));
                  }}
                />
                <ColumnMenu choice={columns} all={PEOPLE_COLUMN_KEYS} labelOf={(key) => t(`field.${key}`)} />
                <CopyButton
                  read={() => ({
                    head: columns.shown.map((key) => t(`field.${key}`)),
                    rows: shown.map((person) => columns.shown.map((key) => peopleColumn(key).textOf(person))),
                  })}
                />
              </Group>
            </div>
            <PeopleTable
              people={shown}
              openId={openId}
              onOpen={setOpenId}
              columns={columns.shown}
              selection={mayChange ? selection : undefined}
            />
          </Paper>
        </div>
      )}
      <PersonDrawer
        person={isAdding ? undefined : all.find((person) => person.id === openId)}
        isOpen={isAdding || (openId !== undefined && all.some((person) => person.id === openId))}
        departmentId={departmentId}
        onSaved={(id) => {
          setIsAdding(false);
          setOpenId(id);
        }}
        onClose={() => {
          setIsAdding(false);
          setOpenId(undefined);
        }}
      />
      {isChanging && (
        <BulkDialog
          personIds={chosenIds}
          onDone={() => {
            selection.clear();
            setIsChanging(false);
          }}
          onClose={() => setIsChanging(false)}
        />
      )}
      <PeopleImport isOpen={isImporting} onClose={() => setIsImporting(false)} />
    </Page>
  );
}

function searchOf(text: string, departmentId: number | undefined): string {
  const search = new URLSearchParams();
  if (text !== '') search.set('text', text);
  if (departmentId !== undefined) search.set('department', String(departmentId));
  return search.toString();
}
