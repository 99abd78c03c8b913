/** People of the directory: looked at, then written. */
import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FormFailure } from '../../components/form-failure.tsx';
import { Section } from '../../components/section.tsx';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { ImportRows } from '../people/import-rows.tsx';

export function DirectoryPeople({ isReady }: { readonly isReady: boolean }) {
  const { t } = useTranslation('access');
  const look = useWrite('previewDirectoryPeople', { showsErrors: true });
  const write = useWrite('confirmPeopleImport', {
    showsErrors: true,
    refresh: ['listPeople', 'listDepartments'],
    onDone: (done) => {
      showDone(t('directory.importDone', done));
      look.reset();
    },
  });
  const preview = look.data;
  const changes = preview === undefined ? 0 : preview.counts.add + preview.counts.update;
  return (
    <Section title={t('directory.import')} text={t('directory.importText')}>
      <Group>
        <Button variant="default" disabled={!isReady} loading={look.isPending} onClick={() => look.mutate({})}>
          {t('directory.importLook')}
        </Button>
        {preview !== undefined && changes > 0 && (
          <Button
            disabled={preview.counts.error > 0}
            loading={write.isPending}
            onClick={() => write.mutate({ params: { importId: preview.importId } })}
          >
            {t('directory.importWrite', { count: changes })}
          </Button>
        )}
      </Group>
      <FormFailure error={look.error ?? write.error} />
      {preview !== undefined && (
        <>
          <Text size="sm">{t('directory.importCounts', preview.counts)}</Text>
          {preview.counts.error > 0 && (
            <Text size="sm" c="red.9">
              {t('directory.importErrors')}
            </Text>
          )}
          <ImportRows preview={preview} />
        </>
      )}
    </Section>
  );
}
