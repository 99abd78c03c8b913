import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { FormFailure } from '../../components/form-failure.tsx';
import { useRead, useWrite } from '../../query-client.ts';
import { addressOf, presentAndNext } from './tariff-words.ts';

const EMPTY = 'empty';

/** A tariff with a first draft: empty, or a copy of another tariff's version. */
export function NewTariff({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation(['tariffs', 'app']);
  const navigate = useNavigate();
  const tariffs = useRead('listTariffs').data ?? [];
  const [name, setName] = useState('');
  const [from, setFrom] = useState(EMPTY);
  const draft = useWrite('addTariffDraft', {
    refresh: ['listTariffs'],
    showsErrors: true,
    onDone: (version) => void navigate(addressOf(version)),
  });
  const add = useWrite('addTariff', {
    refresh: ['listTariffs'],
    showsErrors: true,
    onDone: ({ id }) => draft.mutate({ params: { id }, body: from === EMPTY ? {} : { fromVersionId: Number(from) } }),
  });
  const copies = tariffs.flatMap((tariff) => {
    const { present, next } = presentAndNext(tariff);
    const version = present ?? next ?? tariff.versions[0];
    return version === undefined ? [] : [{ value: String(version.id), label: t('new.copyOf', { name: tariff.name }) }];
  });
  return (
    <Modal opened={isOpen} onClose={onClose} title={<Text fw={650}>{t('new.title')}</Text>}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate({ body: { name } });
        }}
      >
        <Stack>
          <TextInput
            label={t('new.name')}
            description={t('new.nameHelp')}
            required
            data-autofocus
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label={t('new.from')}
            allowDeselect={false}
            data={[{ value: EMPTY, label: t('new.empty') }, ...copies]}
            value={from}
            onChange={(value) => setFrom(value ?? EMPTY)}
          />
          <FormFailure error={add.error ?? draft.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app:action.cancel')}
            </Button>
            <Button type="submit" loading={add.isPending || draft.isPending}>
              {t('new.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
