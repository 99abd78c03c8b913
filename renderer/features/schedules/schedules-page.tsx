/** What is sent by itself, what came of it, and through which mail server. */
import { Alert, Anchor, Button, SegmentedControl, Skeleton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { Schedule } from '../../../core/api/contract.ts';
import { Page } from '../../components/page.tsx';
import { useRead } from '../../query-client.ts';
import { useViewer } from '../../viewer.ts';
import { MailForm } from './mail-form.tsx';
import { RunLog } from './run-log.tsx';
import { ScheduleForm } from './schedule-form.tsx';
import { ScheduleList } from './schedule-list.tsx';
import { startOf } from './schedule-start.ts';

const TABS = ['list', 'log', 'mail'] as const;

export function SchedulesPage() {
  const { t } = useTranslation('schedules');
  const viewer = useViewer();
  const [search, setSearch] = useSearchParams();
  const [start] = useState(() => startOf(search));
  const [edited, setEdited] = useState<Schedule | 'new' | 'handed-over' | undefined>(
    start === undefined ? undefined : 'handed-over',
  );
  const tabs = TABS.filter((tab) => tab !== 'mail' || viewer.may('administer'));
  const tab = tabs.find((value) => value === search.get('tab')) ?? 'list';
  const schedules = useRead('listSchedules', undefined, { refetchInterval: 60_000 });
  const show = (next: string): void => setSearch(next === 'list' ? {} : { tab: next }, { replace: true });
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <Button leftSection={<IconPlus size={16} stroke={1.6} />} onClick={() => setEdited('new')}>
          {t('add')}
        </Button>
      }
    >
      <SegmentedControl
        mb="sm"
        aria-label={t('title')}
        value={tab}
        onChange={show}
        data={tabs.map((value) => ({ value, label: t(`tab.${value}`) }))}
      />
      {schedules.data?.canMail === false && tab !== 'mail' && (
        <Alert mb="sm" color="yellow">
          {t('noMail')}{' '}
          {viewer.may('administer') && (
            <Anchor component="button" type="button" underline="always" inherit onClick={() => show('mail')}>
              {t('setUpMail')}
            </Anchor>
          )}
        </Alert>
      )}
      {tab === 'list' &&
        (schedules.data === undefined ? (
          <Skeleton height={240} />
        ) : (
          <ScheduleList
            schedules={schedules.data.schedules}
            onAdd={() => setEdited('new')}
            onEdit={setEdited}
            onShowLog={() => show('log')}
          />
        ))}
      {tab === 'log' && <RunLog />}
      {tab === 'mail' && <MailForm />}
      {edited !== undefined && (
        <ScheduleForm
          schedule={typeof edited === 'string' ? undefined : edited}
          start={edited === 'handed-over' ? start : undefined}
          onClose={() => {
            setEdited(undefined);
            if (edited === 'handed-over') setSearch({}, { replace: true });
          }}
        />
      )}
    </Page>
  );
}
