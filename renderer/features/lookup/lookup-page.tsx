/** Whose is it, and what was called? One field for codes, extensions, numbers and names. */
import { Loader, Paper, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch, IconZoomQuestion } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearchParams } from 'react-router';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { useRead } from '../../query-client.ts';
import { failureText } from '../../toasts.ts';
import { LookupAnswer } from './lookup-answer.tsx';

const SETTLED_MS = 180;

export function LookupPage() {
  const { t } = useTranslation('lookup');
  const location = useLocation();
  const [search, setSearch] = useSearchParams();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(search.get('q') ?? '');
  const [settled] = useDebouncedValue(typed.trim(), SETTLED_MS);
  const answer = useRead(
    'lookUp',
    { query: { q: settled } },
    { enabled: settled !== '', placeholderData: keepPreviousData },
  );

  // Ctrl+K anywhere leads here again with a new location key: the field is ready for the next look-up.
  // biome-ignore lint/correctness/useExhaustiveDependencies: location.key is the event
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, [location.state]);
  useEffect(() => {
    if (settled !== (search.get('q') ?? '')) setSearch(settled === '' ? {} : { q: settled }, { replace: true });
  }, [settled, search, setSearch]);

  return (
    <Page title={t('title')} lead={t('lead')}>
      <search>
        <TextInput
          ref={input}
          size="xl"
          aria-label={t('field')}
          placeholder={t('field')}
          leftSection={<IconSearch size={22} stroke={1.6} />}
          rightSection={answer.isFetching ? <Loader size="sm" /> : null}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          classNames={{ input: 'tb-num' }}
        />
      </search>
      <div aria-live="polite" className="tb-answer">
        {settled === '' ? (
          <EmptyState icon={IconZoomQuestion} title={t('start.title')} text={t('start.text')} />
        ) : answer.isError ? (
          <Paper p="md">
            <Text c="red">{failureText(answer.error)}</Text>
          </Paper>
        ) : (
          answer.data !== undefined && <LookupAnswer answer={answer.data} />
        )}
      </div>
    </Page>
  );
}
