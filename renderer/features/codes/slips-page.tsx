/** Slips to print and a list for the PBX technician: the one place that shows new codes in full, after asking. */
import { Alert, Button, Group, Input, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { IconArrowLeft, IconDownload, IconEyeOff, IconFileOff, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { CodeSlips } from '../../../core/api/contract.ts';
import { Confirm } from '../../components/confirm.tsx';
import { DayInput } from '../../components/day-input.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FormFailure } from '../../components/form-failure.tsx';
import { Page } from '../../components/page.tsx';
import { formatLocalDay } from '../../format.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { useToday } from '../../site.ts';
import { firstOfNextMonth } from '../../site-day.ts';
import { SLIPS_PER_PAGE, SlipPages } from './slip-pages.tsx';

const LANGUAGES = ['both', 'vi', 'en'] as const;
type SlipLanguage = (typeof LANGUAGES)[number];
const SHOWN_AS = { vi: 'Tiếng Việt', en: 'English' } as const;

export function SlipsPage() {
  const { t } = useTranslation('codes');
  const [search, setSearch] = useSearchParams();
  const today = useToday();
  const day = /^\d{4}-\d\d-\d\d$/.exec(search.get('day') ?? '')?.[0] ?? firstOfNextMonth(today);
  const [isAsking, setIsAsking] = useState(false);
  const slips = useWrite('printCodeRenewal', { showsErrors: true });
  const shown = slips.data?.day === day ? slips.data : undefined;

  return (
    <Page
      title={t('slips.title')}
      lead={t('slips.lead')}
      actions={
        <>
          <DayInput
            aria-label={t('slips.day')}
            w={160}
            clearable={false}
            value={day}
            onChange={(next) => {
              if (next === null) return;
              slips.reset();
              setSearch({ day: next }, { replace: true });
            }}
          />
          <Button variant="default" component={Link} to="/codes" leftSection={<IconArrowLeft size={16} stroke={1.6} />}>
            {t('renewal.back')}
          </Button>
        </>
      }
    >
      <FormFailure error={slips.error} />
      {slips.isPending ? (
        <Skeleton height={360} />
      ) : shown === undefined ? (
        <EmptyState icon={IconEyeOff} title={t('slips.hiddenTitle')} text={t('slips.hiddenText')}>
          <Button onClick={() => setIsAsking(true)}>{t('slips.ask')}</Button>
        </EmptyState>
      ) : shown.slips.length === 0 ? (
        <EmptyState icon={IconFileOff} title={t('slips.noneTitle')} text={t('slips.noneText')} />
      ) : (
        <Shown slips={shown} />
      )}
      <Confirm
        isOpen={isAsking}
        title={t('slips.askTitle')}
        text={t('slips.askText', { day: formatLocalDay(day) })}
        action={t('slips.ask')}
        onClose={() => setIsAsking(false)}
        onConfirm={() => {
          setIsAsking(false);
          slips.mutate({ body: { day } });
        }}
      />
    </Page>
  );
}

function Shown({ slips }: { readonly slips: CodeSlips }) {
  const { t } = useTranslation('codes');
  const [language, setLanguage] = useState<SlipLanguage>('both');
  const settings = useRead('getHygieneSettings');
  const company = useRead('getSettings').data?.companyName ?? '';
  const languages = language === 'both' ? (['vi', 'en'] as const) : ([language] as const);
  const howToDial = { vi: settings.data?.howToDialVi ?? '', en: settings.data?.howToDialEn ?? '' };
  const pages = { slips: slips.slips, languages, howToDial, companyName: company };
  const says = languages.some((one) => howToDial[one] !== '');
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-end">
        <Input.Wrapper label={t('slips.language')} labelElement="div">
          <div>
            <SegmentedControl
              aria-label={t('slips.language')}
              value={language}
              onChange={(value) => setLanguage(LANGUAGES.find((known) => known === value) ?? 'both')}
              data={LANGUAGES.map((value) => ({
                value,
                label: value === 'both' ? t('slips.both') : <span lang={value}>{SHOWN_AS[value]}</span>,
              }))}
            />
          </div>
        </Input.Wrapper>
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            {t('slips.count', { count: slips.slips.length })},{' '}
            {t('slips.pages', { count: Math.ceil(slips.slips.length / SLIPS_PER_PAGE) })}
          </Text>
          <Button
            variant="default"
            leftSection={<IconDownload size={16} stroke={1.6} />}
            onClick={() => download(slips.csv, slips.csvName)}
          >
            {t('slips.csv')}
          </Button>
          <Button leftSection={<IconPrinter size={16} stroke={1.6} />} onClick={() => window.print()}>
            {t('slips.print')}
          </Button>
        </Group>
      </Group>
      {settings.isSuccess && !says && (
        <Alert color="orange">
          <Group gap="md">
            {t('slips.noDial')}
            <Button variant="default" size="compact-sm" component={Link} to="/codes?tab=settings">
              {t('slips.toSettings')}
            </Button>
          </Group>
        </Alert>
      )}
      <Text size="sm" c="dimmed">
        {t('slips.shown')}
      </Text>
      <div className="tb-slips-preview">
        <SlipPages {...pages} slips={slips.slips.slice(0, SLIPS_PER_PAGE)} />
      </div>
      {createPortal(
        <div className="tb-slips-print" aria-hidden>
          <SlipPages {...pages} />
        </div>,
        document.body,
      )}
    </Stack>
  );
}

function download(text: string, fileName: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}
