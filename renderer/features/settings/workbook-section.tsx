/** How Excel workbooks look: simple fields, and a template to be restyled in the spreadsheet itself. */
import { Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/section.tsx';
import { formatInstant } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';
import { WorkbookForm } from './workbook-form.tsx';
import { WorkbookUpload } from './workbook-upload.tsx';

export function WorkbookSection() {
  const { t } = useTranslation('workbook');
  const language = useLanguage();
  const { data } = useRead('getWorkbookTemplate');
  if (data === undefined) {
    return (
      <Section title={t('title')} text={t('text')}>
        <Skeleton height={360} />
      </Section>
    );
  }
  const when = formatInstant(data.madeAtMs ?? 0, language);
  const state = data.isBuiltIn
    ? t('builtIn')
    : data.madeBy === ''
      ? t('own', { when })
      : t('ownBy', { when, who: data.madeBy });
  return (
    <Section title={t('title')} text={t('text')}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {state}. {t(data.look.logo === null ? 'logo' : 'ownLogo')}
        </Text>
        <WorkbookForm template={data} />
        <WorkbookUpload template={data} />
      </Stack>
    </Section>
  );
}
