/** Where call records come from, and whether each source is well. */
import { Button } from '@mantine/core';
import { IconPlayerPlay, IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { Source } from '../../../core/api/contract.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { SourceForm } from './source-form.tsx';
import { SourceListItem } from './source-list-item.tsx';
import { SourcePanel } from './source-panel.tsx';

export function SourcesPage() {
  const { t } = useTranslation('sources');
  const [search, setSearch] = useSearchParams();
  const sources = useRead('listSources');
  const [edited, setEdited] = useState<Source | 'new'>();
  const choose = (id: number): void => setSearch({ source: String(id) }, { replace: true });
  const startDemo = useWrite('startDemo', {
    refresh: ['listSources', 'listPeople', 'listDepartments'],
    onDone: (demo) => {
      choose(demo.id);
      showDone(t('demo.started'));
    },
  });
  const list = sources.data ?? [];
  const chosen = list.find((source) => source.id === Number(search.get('source'))) ?? list[0];
  const hasDemo = list.some((source) => source.isDemo);
  const demoButton = (
    <Button
      variant="default"
      leftSection={<IconPlayerPlay size={16} stroke={1.6} />}
      loading={startDemo.isPending}
      onClick={() => startDemo.mutate({})}
    >
      {t('demo.start')}
    </Button>
  );
  const addButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
      {t('add')}
    </Button>
  );

  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      isFixed
      actions={
        list.length > 0 && (
          <>
            {!hasDemo && demoButton}
            {addButton}
          </>
        )
      }
    >
      {sources.isSuccess && list.length === 0 ? (
        <EmptyState icon={IconPlugConnected} title={t('empty.title')} text={t('empty.text')}>
          <div className="tb-row">
            {addButton}
            {demoButton}
          </div>
        </EmptyState>
      ) : (
        <div className="tb-split">
          <div className="tb-split-list">
            {list.map((source) => (
              <SourceListItem
                key={source.id}
                source={source}
                isChosen={source.id === chosen?.id}
                onChoose={() => choose(source.id)}
              />
            ))}
          </div>
          {chosen !== undefined && (
            <SourcePanel
              key={chosen.id}
              source={chosen}
              isFormatAsked={search.get('tab') === 'detection'}
              onEdit={() => setEdited(chosen)}
            />
          )}
        </div>
      )}
      <SourceForm
        source={edited === 'new' ? undefined : edited}
        isOpen={edited !== undefined}
        onSaved={choose}
        onClose={() => setEdited(undefined)}
      />
    </Page>
  );
}
