import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FactList } from '../../components/fact-list.tsx';
import { Section } from '../../components/section.tsx';
import { Count } from '../../components/values.tsx';
import { formatBytes, formatInstant } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';

export function About() {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const { data } = useRead('getSystem');
  return (
    <Section title={t('about.title')}>
      {data === undefined ? (
        <Skeleton height={120} />
      ) : (
        <FactList
          facts={[
            { label: t('about.version'), value: data.version },
            { label: t('about.folder'), value: <code>{data.dataFolder}</code> },
            { label: t('about.calls'), value: <Count value={data.callsTotal} /> },
            { label: t('about.journal'), value: formatBytes(data.journalBytes, language) },
            { label: t('about.database'), value: formatBytes(data.databaseBytes, language) },
            { label: t('about.started'), value: formatInstant(data.startedAtMs, language) },
          ]}
        />
      )}
    </Section>
  );
}
