/** Codes that were dialled and belong to nobody yet, most used first, and a free line for any other code. */
import { Alert, Button, Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { Count } from '../../components/values.tsx';
import { queryClient, useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';

const SAMPLE = 500;
const REFRESH_MS = 4000;

function useCodesSeen() {
  const calls = useRead(
    'listCalls',
    { query: { reason: 'unknown-code', limit: SAMPLE } },
    { refetchInterval: REFRESH_MS, staleTime: 0 },
  );
  const counts = new Map<string, number>();
  for (const { code } of calls.data?.calls ?? []) if (code !== null) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

/** A person with a code: two writes, so a refused code leaves a person without one, which the message says. */
async function addOwner(name: string, code: string, extension: string): Promise<void> {
  const person = await call('addPerson', { body: { name } });
  for (const [kind, value] of [['code', code] as const, ['extension', extension] as const]) {
    if (value === '') continue;
    await call('applyAssignment', { body: { action: 'add', personId: person.id, assignment: { kind, value } } });
  }
}

interface OwnerRowProps {
  /** Absent: the code is typed too. */
  readonly seen?: { readonly code: string; readonly calls: number };
}

function OwnerRow({ seen }: OwnerRowProps) {
  const { t } = useTranslation(['wizard', 'people', 'app']);
  const [name, setName] = useState('');
  const [code, setCode] = useState(seen?.code ?? '');
  const [extension, setExtension] = useState('');
  const [error, setError] = useState<Error | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const add = async (): Promise<void> => {
    setIsBusy(true);
    setError(null);
    try {
      await addOwner(name.trim(), code.trim(), extension.trim());
      setName('');
      setExtension('');
      if (seen === undefined) setCode('');
      showDone(t('people.added', { name: name.trim() }));
    } catch (failure) {
      setError(failure instanceof Error ? failure : new Error(String(failure)));
    } finally {
      setIsBusy(false);
      await queryClient.invalidateQueries();
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Group gap="xs" wrap="nowrap" align="center">
        {seen === undefined ? (
          <TextInput
            w={130}
            aria-label={t('people:importField.code')}
            placeholder={t('people:importField.code')}
            autoComplete="off"
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        ) : (
          <Text w={130} size="sm" className="tb-code" fw={600}>
            {seen.code}{' '}
            <Text span size="xs" c="dimmed" fw={400}>
              × <Count value={seen.calls} />
            </Text>
          </Text>
        )}
        <TextInput
          flex={1}
          aria-label={`${t('people:importField.name')} ${seen?.code ?? ''}`}
          placeholder={t('people:importField.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          w={120}
          aria-label={`${t('people:importField.extension')} ${seen?.code ?? ''}`}
          placeholder={t('people:importField.extension')}
          autoComplete="off"
          value={extension}
          onChange={(event) => setExtension(event.currentTarget.value)}
        />
        <Button type="submit" variant="light" loading={isBusy} disabled={name.trim() === ''}>
          {t('app:action.add')}
        </Button>
      </Group>
      <FormFailure error={error} unshown={['name', 'assignment']} />
    </form>
  );
}

export function CodesSeen() {
  const { t } = useTranslation('wizard');
  const settings = useRead('getSettings');
  const codes = useCodesSeen();
  const show = useWrite('putSettings', { refresh: ['getSettings', 'listCalls', 'listPeople'] });
  const areMasked = codes.some(([code]) => code.startsWith('•'));
  return (
    <Stack gap="xs">
      {codes.length > 0 && (
        <Text size="sm" fw={600}>
          {t('people.seen')}
        </Text>
      )}
      {areMasked ? (
        <Alert>
          <Switch
            label={t('people.showCodes')}
            checked={settings.data?.showCodes ?? false}
            onChange={() => show.mutate({ body: { showCodes: true } })}
          />
        </Alert>
      ) : (
        codes.map(([code, calls]) => <OwnerRow key={code} seen={{ code, calls }} />)
      )}
      <Text size="sm" fw={600} mt={codes.length > 0 ? 'sm' : 0}>
        {t('people.byHand')}
      </Text>
      <OwnerRow />
    </Stack>
  );
}
