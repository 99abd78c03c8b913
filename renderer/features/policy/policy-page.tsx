/** Code rules: what holds, where it is not kept, and what the PBX needs for it. */
import { Button, Group, Skeleton, Tabs } from '@mantine/core';
import { IconPlus, IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { useRead } from '../../query-client.ts';
import { useToday } from '../../site.ts';
import { BreachList } from './breach-list.tsx';
import { PbxSheets } from './pbx-sheets.tsx';
import { daysOf } from './policy-days.ts';
import { PolicyEditor } from './policy-editor.tsx';
import { PolicyVersions } from './policy-versions.tsx';

const TABS = ['rules', 'breaches', 'pbx'] as const;
type Tab = (typeof TABS)[number];
const NEW = 'new';

export function PolicyPage() {
  const { t } = useTranslation('policy');
  const [search, setSearch] = useSearchParams();
  const tab: Tab = TABS.find((one) => one === search.get('tab')) ?? 'rules';
  const days = daysOf(search, useToday());
  const edited = search.get('edit');
  const set = (part: Readonly<Record<string, string>>): void => setSearch({ tab, ...part }, { replace: true });
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        tab === 'rules' &&
        edited === null && (
          <Button leftSection={<IconPlus size={16} stroke={1.6} />} onClick={() => set({ edit: NEW })}>
            {t('versions.new')}
          </Button>
        )
      }
    >
      <Tabs value={tab} onChange={(next) => setSearch({ tab: next ?? 'rules' }, { replace: true })}>
        <Tabs.List mb="md" className="tb-no-print">
          {TABS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`tab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="rules">
          {tab === 'rules' && (
            <Rules
              edited={edited}
              onEdit={(id) => set({ edit: String(id) })}
              onClose={() => setSearch({ tab }, { replace: true })}
            />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="breaches">
          {tab === 'breaches' && <BreachList days={days} onDays={(next) => set({ ...days, ...next })} />}
        </Tabs.Panel>
        <Tabs.Panel value="pbx">{tab === 'pbx' && <PbxSheets />}</Tabs.Panel>
      </Tabs>
    </Page>
  );
}

interface RulesProps {
  /** Id of the rules a new set begins with, or `new`; null: the list. */
  readonly edited: string | null;
  readonly onEdit: (id: number | typeof NEW) => void;
  readonly onClose: () => void;
}

function Rules({ edited, onEdit, onClose }: RulesProps) {
  const { t } = useTranslation('policy');
  const policies = useRead('listPolicies');
  if (policies.data === undefined) return <Skeleton height={300} />;
  const { versions, presentId, today } = policies.data;
  if (edited !== null) {
    // New rules begin with those in force, which are then changed.
    const wanted = edited === NEW ? presentId : Number(edited);
    const start = versions.find(({ id }) => id === wanted);
    return <PolicyEditor key={edited} start={start} today={today} onClose={onClose} />;
  }
  if (versions.length === 0) {
    return (
      <EmptyState icon={IconShieldCheck} title={t('empty.title')} text={t('empty.text')}>
        <Group>
          <Button onClick={() => onEdit(NEW)}>{t('empty.action')}</Button>
        </Group>
      </EmptyState>
    );
  }
  return <PolicyVersions versions={versions} presentId={presentId} today={today} onEdit={onEdit} />;
}
