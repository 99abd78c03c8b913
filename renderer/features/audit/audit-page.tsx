/** Who changed what: filtered, checked, taken away as a file. */
import { Alert, Button, Group, Menu, Select, Skeleton, Text } from '@mantine/core';
import { IconCircleCheck, IconDownload, IconHistory, IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { AuditFilter } from '../../../core/api/contract.ts';
import { urlOf } from '../../api.ts';
import { DayInput } from '../../components/day-input.tsx';
import { DebouncedInput } from '../../components/debounced-input.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { formatCount } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';
import { AuditTable } from './audit-table.tsx';

const KEYS = ['who', 'what', 'from', 'to', 'text'] as const;

function useAuditFilter(): readonly [AuditFilter, (key: keyof AuditFilter, value: string | null) => void] {
  const [search, setSearch] = useSearchParams();
  const given = KEYS.map((key) => [key, search.get(key)] as const).filter(([, value]) => value !== null);
  const set = (key: keyof AuditFilter, value: string | null): void => {
    const next = new URLSearchParams(search);
    if (value === null || value === '') next.delete(key);
    else next.set(key, value);
    setSearch(next, { replace: true });
  };
  return [Object.fromEntries(given) as AuditFilter, set];
}

export function AuditPage() {
  const { t } = useTranslation('audit');
  const language = useLanguage();
  const [filter, setFilter] = useAuditFilter();
  const choices = useRead('getAuditChoices');
  const first = useRead('listAudit', { query: filter }, { placeholderData: keepPreviousData });
  const fileOf = (type: 'csv' | 'xlsx'): string => urlOf('exportAudit', { query: { ...filter, type, language } });
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <>
          <Menu position="bottom-end" withinPortal>
            <Menu.Target>
              <Button variant="default" leftSection={<IconDownload size={16} stroke={1.6} />}>
                {t('export.button')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {(['xlsx', 'csv'] as const).map((type) => (
                <Menu.Item key={type} component="a" href={fileOf(type)} download>
                  {t(`export.${type}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          <CheckButton />
        </>
      }
    >
      <Group gap="sm" mb="md" align="flex-end">
        <Select
          label={t('filter.who')}
          placeholder={t('all')}
          clearable
          searchable
          data={choices.data?.who ?? []}
          value={filter.who ?? null}
          onChange={(who) => setFilter('who', who)}
        />
        <Select
          label={t('filter.what')}
          placeholder={t('anything')}
          clearable
          searchable
          data={choices.data?.what ?? []}
          value={filter.what ?? null}
          onChange={(what) => setFilter('what', what)}
        />
        <DayInput
          label={t('filter.from')}
          w={150}
          value={filter.from ?? null}
          onChange={(day) => setFilter('from', day)}
        />
        <DayInput label={t('filter.to')} w={150} value={filter.to ?? null} onChange={(day) => setFilter('to', day)} />
        <DebouncedInput
          label={t('filter.text')}
          value={filter.text ?? ''}
          maxLength={100}
          onSettled={(text) => setFilter('text', text)}
        />
      </Group>
      {first.data === undefined ? (
        <Skeleton height={320} />
      ) : first.data.entries.length === 0 ? (
        <EmptyState icon={IconHistory} title={t('empty.title')} text={t('empty.text')} />
      ) : (
        <AuditTable key={JSON.stringify(filter)} filter={filter} />
      )}
    </Page>
  );
}

/** Reads the whole trail when asked, and says what it found. */
function CheckButton() {
  const { t } = useTranslation('audit');
  const language = useLanguage();
  const [isAsked, setIsAsked] = useState(false);
  const check = useRead('checkAudit', undefined, { enabled: isAsked, staleTime: 0 });
  const result = check.isFetching ? undefined : check.data;
  return (
    <>
      <Button
        leftSection={<IconShieldCheck size={16} stroke={1.6} />}
        loading={check.isFetching}
        onClick={() => {
          if (isAsked) void check.refetch();
          setIsAsked(true);
        }}
      >
        {t('check.button')}
      </Button>
      {result !== undefined && (
        <Alert
          role="status"
          w="100%"
          color={result.isWhole ? 'green' : 'red'}
          icon={result.isWhole ? <IconCircleCheck size={18} /> : <IconShieldX size={18} />}
        >
          <Text size="sm" fw={650}>
            {result.isWhole
              ? t('check.whole', { count: result.entries, shown: formatCount(result.entries, language) })
              : t('check.broken')}
          </Text>
          {result.isWhole ? (
            <Text size="xs" className="tb-num" style={{ overflowWrap: 'anywhere' }}>
              {t('check.hash', { hash: result.hash })}
            </Text>
          ) : (
            result.text
          )}
        </Alert>
      )}
    </>
  );
}
