/** Where links of statements lead, how long they are good, when people are reminded. */
import {
  Alert,
  Anchor,
  Button,
  Group,
  Modal,
  NumberInput,
  SimpleGrid,
  Skeleton,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StatementSettings, StatementSettingsView } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { useFieldErrors } from '../../field-errors.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';

export function LinkSettings({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('statements');
  const read = useRead('getStatementSettings', undefined, { staleTime: 0 });
  return (
    <Modal opened onClose={onClose} size="lg" title={<Text fw={650}>{t('link.title')}</Text>}>
      {read.data === undefined ? <Skeleton height={240} /> : <Form view={read.data} onClose={onClose} />}
    </Modal>
  );
}

function Form({ view, onClose }: { readonly view: StatementSettingsView; readonly onClose: () => void }) {
  const { t } = useTranslation(['statements', 'app']);
  const [draft, setDraft] = useState<StatementSettings>(view.settings);
  const save = useWrite('putStatementSettings', {
    showsErrors: true,
    refresh: ['getStatementSettings'],
    onDone: () => {
      showDone(t('link.saved'));
      onClose();
    },
  });
  const errors = useFieldErrors(save.error, draft);
  const set = (part: Partial<StatementSettings>): void => setDraft({ ...draft, ...part });
  const number = (name: 'linkDays' | 'remindAfterDays' | 'mostReminders', max: number) => ({
    min: name === 'linkDays' ? 1 : 0,
    max,
    value: draft[name],
    error: errors.at(name),
    onChange: (value: string | number) => typeof value === 'number' && set({ [name]: value }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ body: draft });
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t('link.base')}
          description={t('link.baseHelp')}
          value={draft.linkBase}
          error={errors.at('linkBase')}
          onChange={(event) => set({ linkBase: event.currentTarget.value })}
        />
        {view.origins
          .filter((origin) => origin !== draft.linkBase)
          .map((origin) => (
            <Anchor key={origin} component="button" type="button" size="sm" onClick={() => set({ linkBase: origin })}>
              {t('link.use', { origin })}
            </Anchor>
          ))}
        {!view.isReachable && <Alert color="yellow">{t('link.unreachable')}</Alert>}
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <NumberInput label={t('link.days')} {...number('linkDays', 366)} />
          <NumberInput
            label={t('link.remind')}
            description={t('link.remindHelp')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            {...number('remindAfterDays', 90)}
          />
          <NumberInput label={t('link.most')} {...number('mostReminders', 10)} />
        </SimpleGrid>
        <FormFailure error={save.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app:action.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('link.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
