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
import { plain } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';
import { DepartmentTree } from './department-tree.tsx';
import { idsBelow } from './departments.ts';
import { PeopleImport } from './people-import.tsx';
import { PeopleTable } from './people-table.tsx';
import { PersonDrawer } from './person-drawer.tsx';

export function PeoplePage() {
  const { t } = useTranslation(['people', 'app']);
  const [search, setSearch] = useSearchParams();
  const people = useRead('listPeople', { query: {} });
  const departments = useRead('listDepartments');
  const showCodes = useRead('getSettings').data?.showCodes ?? false;
  const [text, setText] = useState('');
  const [departmentId, setDepartmentId] = useState<number>();
  const [isImporting, setIsImporting] = useState(false);
  const [isAdding, setIsAdding] = useState(false);
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
                w={320}
                aria-label={t('search')}
                placeholder={t('search')}
                value={text}
                onSettled={setText}
              />
              <span className="tb-faint tb-num">{t('shown', { count: shown.length })}</span>
            </div>
            <PeopleTable people={shown} openId={openId} onOpen={setOpenId} />
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
      <PeopleImport isOpen={isImporting} onClose={() => setIsImporting(false)} />
    </Page>
  );
}
