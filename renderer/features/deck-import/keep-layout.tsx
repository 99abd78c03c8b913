import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Deck } from '../../../core/api/contract.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';

/** Keeps the columns and answers under a name: files with these headings are read with them. */
export function KeepLayout({ deck }: { readonly deck: Deck }) {
  const { t } = useTranslation('deck');
  const presets = useRead('listDeckPresets');
  const mine = presets.data?.own.find(({ name }) => name === deck.knownAs);
  const [name, setName] = useState('');
  const refresh = ['listDeckPresets'] as const;
  const save = useWrite('saveDeckPreset', {
    refresh,
    onDone: (_, { body }) => {
      setName('');
      showDone(t('import.layout.kept', { name: body.name }));
    },
  });
  const forget = useWrite('removeDeckPreset', { refresh, onDone: () => showDone(t('import.layout.forgot')) });
  if (deck.headings.length === 0) return null;
  return (
    <Group align="flex-end">
      <TextInput
        size="xs"
        label={t('import.layout.keepName')}
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button
        size="xs"
        variant="default"
        disabled={name.trim() === ''}
        loading={save.isPending}
        onClick={() => save.mutate({ body: { name: name.trim(), headings: deck.headings, layout: deck.layout } })}
      >
        {t('import.layout.keep')}
      </Button>
      {mine !== undefined && (
        <Button size="xs" variant="default" onClick={() => forget.mutate({ params: { id: mine.id } })}>
          {t('import.layout.forget')}
        </Button>
      )}
    </Group>
  );
}
