/** Calls as they come, and whether every source is well. */
import { Button, Group, Paper } from '@mantine/core';
import { IconActivity, IconPlayerPlay, IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { CallDetails } from '../calls/call-details.tsx';
import { LiveCalls } from './live-calls.tsx';
import { useLiveCalls } from './live-queries.ts';
import { SourceCards } from './source-cards.tsx';
import { TodayFigures } from './today-figures.tsx';

export function LivePage() {
  const { t } = useTranslation(['live', 'sources']);
  const sources = useRead('listSources');
  const { calls, isLoading } = useLiveCalls();
  const [openId, setOpenId] = useState<number>();
  const startDemo = useWrite('startDemo', {
    refresh: ['listSources', 'listPeople', 'listDepartments'],
    onDone: () => showDone(t('sources:demo.started')),
  });
  const hasSources = sources.data === undefined || sources.data.length > 0;
  return (
    <Page title={t('title')} lead={t('lead')} isFixed>
      <TodayFigures />
      <div className="tb-live">
        <Paper className="tb-grid" component="section" aria-label={t('callsLabel')}>
          {calls.length === 0 && !isLoading ? (
            <EmptyState
              icon={hasSources ? IconActivity : IconPlugConnected}
              title={t(hasSources ? 'empty.title' : 'noSources.title')}
              text={t(hasSources ? 'empty.text' : 'noSources.text')}
            >
              <Group>
                <Button
                  component={Link}
                  to={hasSources ? '/sources' : '/start'}
                  variant={hasSources ? 'default' : 'filled'}
                >
                  {t(hasSources ? 'empty.action' : 'noSources.action')}
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
              </Group>
            </EmptyState>
          ) : (
            <LiveCalls calls={calls} openId={openId} onOpen={setOpenId} />
          )}
        </Paper>
        <SourceCards sources={sources.data ?? []} />
      </div>
      <CallDetails id={openId} onClose={() => setOpenId(undefined)} />
    </Page>
  );
}
