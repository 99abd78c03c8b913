/** One version of a tariff: its prices and rules, changed while it is a draft, read-only once it is published. */
import { Skeleton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { FormFailure } from '../../components/form-failure.tsx';
import { Page } from '../../components/page.tsx';
import { useRead } from '../../query-client.ts';
import { useDefinition } from './use-definition.ts';
import { VersionEditor } from './version-editor.tsx';

export function VersionPage() {
  const { versionId } = useParams();
  const [readings, setReadings] = useState(0);
  // Another version, or reading it again, begins anew.
  return (
    <LoadedVersion
      key={`${versionId} ${readings}`}
      id={Number(versionId)}
      onReadAgain={() => setReadings(readings + 1)}
    />
  );
}

function LoadedVersion({ id, onReadAgain }: { readonly id: number; readonly onReadAgain: () => void }) {
  const { t } = useTranslation('tariffs');
  const head = useRead('getTariffVersion', { params: { id }, query: { limit: 0 } }, { staleTime: 0, gcTime: 0 });
  const definition = useDefinition(id);
  const error = head.error ?? definition.error;
  if (error !== null) {
    return (
      <Page title={t('title')}>
        <FormFailure error={error} />
      </Page>
    );
  }
  if (head.data === undefined || definition.data === undefined) {
    return (
      <Page title={t('title')}>
        <Skeleton height={480} />
      </Page>
    );
  }
  return <VersionEditor first={head.data.version} content={definition.data} onReadAgain={onReadAgain} />;
}
