/** Nothing is known yet: what to do first, in order. */
import { Button, Group, Paper } from '@mantine/core';
import { IconPlayerPlay, IconPlugConnected } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '../../components/empty-state.tsx';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { useViewer } from '../../viewer.ts';

export function NewOffice() {
  const { t } = useTranslation(['dashboard', 'sources']);
  const viewer = useViewer();
  const mayConnect = viewer.may('change-sources');
  const sources = useRead('listSources', undefined, { enabled: viewer.may('read-sources') });
  const startDemo = useWrite('startDemo', {
    refresh: ['listSources', 'listPeople', 'listDepartments', 'getDashboard'],
    onDone: () => showDone(t('sources:demo.started')),
  });
  const hasSources = (sources.data ?? []).length > 0;
  return (
    <Paper>
      <EmptyState
        icon={IconPlugConnected}
        title={t(hasSources ? 'empty.waitingTitle' : 'empty.title')}
        text={t(!mayConnect ? 'empty.othersText' : hasSources ? 'empty.waitingText' : 'empty.text')}
      >
        {mayConnect && (
          <Group justify="center">
            <Button component={Link} to={hasSources ? '/sources' : '/start'}>
              {t(hasSources ? 'empty.sources' : 'empty.connect')}
            </Button>
            {!hasSources && (
              <Button
                variant="default"
                leftSection={<IconPlayerPlay size={16} stroke={1.6} />}
                loading={startDemo.isPending}
                onClick={() => startDemo.mutate({})}
              >
                {t('sources:demo.start')}
              </Button>
            )}
            <Button component={Link} to="/people" variant="subtle">
              {t('empty.people')}
            </Button>
          </Group>
        )}
      </EmptyState>
    </Paper>
  );
}
