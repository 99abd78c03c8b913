/** What stands at the head and the foot of printed pages, beside a small report as it will look. */
import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/section.tsx';
import { useRead } from '../../query-client.ts';
import { LetterheadForm } from './letterhead-form.tsx';

export function LetterheadSection() {
  const { t } = useTranslation('print');
  const letterhead = useRead('getLetterhead');
  return (
    <Section title={t('letterhead.title')} text={t('letterhead.text')}>
      {letterhead.data === undefined ? <Skeleton height={420} /> : <LetterheadForm letterhead={letterhead.data} />}
    </Section>
  );
}
