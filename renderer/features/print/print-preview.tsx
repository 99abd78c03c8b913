/** Pages as they will be printed, on a desk of their own: printing from here prints the paper and nothing else. */
import { Alert, Button, Group, SegmentedControl, Skeleton, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconArrowLeft, IconDownload, IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PaperPages } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { PaperPageView } from '../../components/paper-page.tsx';
import { formatCount } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';

const LANGUAGES = ['vi', 'en'] as const;
export type PaperLanguage = (typeof LANGUAGES)[number];
const SHOWN_AS = { vi: 'Tiếng Việt', en: 'English' } as const;

interface PrintPreviewProps {
  readonly title: string;
  readonly backTo: string;
  readonly pdfAddress: string;
  readonly paper: PaperPages | undefined;
  readonly error: Error | null;
  readonly language: PaperLanguage;
  readonly onLanguage: (language: PaperLanguage) => void;
}

export function PrintPreview({ title, backTo, pdfAddress, paper, error, language, onLanguage }: PrintPreviewProps) {
  const { t } = useTranslation('print');
  const spoken = useLanguage();
  const letterhead = useRead('getLetterhead');
  // Browsers name the printed file by it.
  useDocumentTitle(title);
  const count = paper?.pageCount ?? 0;
  return (
    <main className="tb-desk">
      <div className="tb-desk-bar tb-no-print">
        <Group justify="space-between">
          <Group gap="sm">
            <Button
              variant="default"
              component={Link}
              to={backTo}
              leftSection={<IconArrowLeft size={16} stroke={1.6} />}
            >
              {t('preview.back')}
            </Button>
            <div>
              <Title order={1} size="h4">
                {title}
              </Title>
              <Text size="sm" c="dimmed" aria-live="polite">
                {paper === undefined
                  ? t('preview.working')
                  : t('preview.count', { count, number: formatCount(count, spoken) })}
              </Text>
            </div>
          </Group>
          <Group gap="xs">
            <SegmentedControl
              aria-label={t('preview.language')}
              value={language}
              onChange={(value) => onLanguage(LANGUAGES.find((known) => known === value) ?? 'vi')}
              data={LANGUAGES.map((value) => ({ value, label: <span lang={value}>{SHOWN_AS[value]}</span> }))}
            />
            <Button
              variant="default"
              component="a"
              download
              href={pdfAddress}
              leftSection={<IconDownload size={16} stroke={1.6} />}
            >
              {t('preview.pdf')}
            </Button>
            <Button
              disabled={paper === undefined}
              leftSection={<IconPrinter size={16} stroke={1.6} />}
              onClick={() => window.print()}
            >
              {t('preview.print')}
            </Button>
          </Group>
        </Group>
        {paper !== undefined && paper.pages.length < count && (
          <Alert mt="xs" color="orange">
            {t('preview.part', {
              shown: formatCount(paper.pages.length, spoken),
              count: formatCount(count, spoken),
            })}
          </Alert>
        )}
        <FormFailure error={error} />
      </div>
      <div className="tb-desk-pages">
        {paper === undefined
          ? error === null && <Skeleton className="tb-no-print" width="min(595pt, 100%)" height="842pt" />
          : paper.pages.map((page, i) => (
              <PaperPageView
                // biome-ignore lint/suspicious/noArrayIndexKey: a page is known by its number.
                key={i}
                page={page}
                number={i + 1}
                count={count}
                language={language}
                logoVersion={letterhead.data?.version ?? 0}
              />
            ))}
      </div>
    </main>
  );
}
