/** What is wrong with codes, all codes, and from where on the rules speak. */
import { Button, Select, Tabs } from '@mantine/core';
import { IconKey, IconPrinter, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { useRead } from '../../query-client.ts';
import { useToday } from '../../site.ts';
import { CodeList } from './code-list.tsx';
import { FindingsPanel } from './findings-panel.tsx';
import { PERIODS, periodOf, rangeOf } from './period.ts';
import { Thresholds } from './thresholds.tsx';

const TABS = ['findings', 'list', 'settings'] as const;

export function CodesPage() {
  const { t } = useTranslation('codes');
  const [search, setSearch] = useSearchParams();
  const period = periodOf(search.get('period'));
  const tab = TABS.find((known) => known === search.get('tab')) ?? 'findings';
  const range = rangeOf(period, useToday());
  const people = useRead('listPeople', { query: {} });
  const hasCodes = people.data?.some((person) => person.assignments.some((row) => row.kind === 'code')) ?? true;
  const set = (part: Readonly<Record<string, string>>): void => {
    const next = new URLSearchParams(search);
    for (const [name, value] of Object.entries(part)) next.set(name, value);
    setSearch(next, { replace: true });
  };

  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      isFixed
      actions={
        <>
          <Select
            aria-label={t('period.label')}
            w={170}
            allowDeselect={false}
            data={PERIODS.map((value) => ({ value, label: t(`period.${value}`) }))}
            value={period}
            onChange={(value) => value !== null && set({ period: value })}
          />
          <Button
            variant="default"
            component={Link}
            to="/codes/slips"
            leftSection={<IconPrinter size={16} stroke={1.6} />}
          >
            {t('printAgain')}
          </Button>
          <Button component={Link} to="/codes/renewal" leftSection={<IconRefresh size={16} stroke={1.6} />}>
            {t('newCodes')}
          </Button>
        </>
      }
    >
      {!hasCodes && tab !== 'settings' ? (
        <EmptyState icon={IconKey} title={t('empty.title')} text={t('empty.text')}>
          <Button component={Link} to="/people">
            {t('empty.action')}
          </Button>
        </EmptyState>
      ) : (
        <Tabs
          value={tab}
          onChange={(value) => value !== null && set({ tab: value })}
          keepMounted={false}
          className="tb-codes-tabs"
        >
          <Tabs.List aria-label={t('tabs')}>
            {TABS.map((value) => (
              <Tabs.Tab key={value} value={value}>
                {t(`tab.${value}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="findings" className="tb-codes-panel">
            <FindingsPanel range={range} />
          </Tabs.Panel>
          <Tabs.Panel value="list" className="tb-codes-panel">
            <CodeList range={range} />
          </Tabs.Panel>
          <Tabs.Panel value="settings" className="tb-codes-panel">
            <Thresholds />
          </Tabs.Panel>
        </Tabs>
      )}
    </Page>
  );
}
