/** Reads all of a source with another format or other options, shows what would change, applies it and takes it back. */
import { Button, Skeleton, Stack } from '@mantine/core';
import { IconArrowLeft, IconPlugConnected } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Reread, Source } from '../../../core/api/contract.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { useRead } from '../../query-client.ts';
import { ReadingForm } from './reading-form.tsx';
import { ReadingProgress } from './reading-progress.tsx';
import { RereadDifferenceView } from './reread-difference.tsx';
import { RereadFailure } from './reread-failure.tsx';
import { TakeBack } from './take-back.tsx';

const REFRESH_MS = 1000;

export function RereadPage() {
  const { t } = useTranslation('reread');
  const id = Number(useParams()['id']);
  const sources = useRead('listSources');
  const source = sources.data?.find((candidate) => candidate.id === id);
  if (source === undefined && sources.isSuccess) {
    return (
      <EmptyState icon={IconPlugConnected} title={t('missing.title')} text={t('missing.text')}>
        <Button component={Link} to="/sources">
          {t('missing.action')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <Page
      title={t('title', { name: source?.name ?? '' })}
      lead={t('lead')}
      actions={
        <Button
          component={Link}
          to={`/sources?source=${id}`}
          variant="default"
          leftSection={<IconArrowLeft size={16} stroke={1.6} />}
        >
          {t('back')}
        </Button>
      }
    >
      {source === undefined ? <Skeleton height={240} /> : <SourceReread key={source.id} source={source} />}
    </Page>
  );
}

/** The service keeps how far it is, so that the page can be left and loaded again. */
function SourceReread({ source }: { readonly source: Source }) {
  const reread = useRead(
    'getReread',
    { params: { id: source.id } },
    { staleTime: 0, refetchInterval: ({ state }) => (state.data?.state === 'reading' ? REFRESH_MS : false) },
  );
  if (reread.data === undefined) return <Skeleton height={240} />;
  return <Step source={source} reread={reread.data} />;
}

function Step({ source, reread }: { readonly source: Source; readonly reread: Reread }) {
  if (reread.state === 'reading') return <ReadingProgress source={source} reread={reread} />;
  if (reread.state === 'ready' && reread.difference !== null) {
    return <RereadDifferenceView source={source} reread={reread} difference={reread.difference} />;
  }
  return (
    <Stack>
      {reread.state === 'failed' && <RereadFailure reread={reread} />}
      {reread.previous !== null && <TakeBack sourceId={source.id} previous={reread.previous} />}
      <ReadingForm source={source} />
    </Stack>
  );
}
