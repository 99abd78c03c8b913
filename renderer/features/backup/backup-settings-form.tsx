import { Button, Checkbox, Fieldset, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { TimePicker } from '@mantine/dates';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupSettings } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { Section } from '../../components/section.tsx';
import { useFieldErrors } from '../../field-errors.ts';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';

const KEPT = ['keepDays', 'keepWeeks', 'keepMonths'] as const;

export function BackupSettingsForm({ settings }: { readonly settings: BackupSettings }) {
  const { t } = useTranslation(['backup', 'app']);
  const [draft, setDraft] = useState(settings);
  const save = useWrite('changeBackupSettings', {
    showsErrors: true,
    refresh: ['getBackups'],
    onDone: (saved) => {
      setDraft(saved.settings);
      showDone(t('settings.saved'));
    },
  });
  const errors = useFieldErrors(save.error, draft);
  const set = (part: Partial<BackupSettings>): void => setDraft({ ...draft, ...part });
  return (
    <Section title={t('settings.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ body: draft });
        }}
      >
        <Stack gap="sm">
          <Group align="flex-start" gap="xl">
            <Checkbox
              mt={30}
              label={t('settings.isOn')}
              checked={draft.isOn}
              onChange={(event) => set({ isOn: event.currentTarget.checked })}
            />
            <TimePicker
              format="24h"
              label={t('settings.at')}
              description={t('settings.atHelp')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              value={draft.at}
              error={errors.at('at')}
              onChange={(at) => set({ at })}
            />
          </Group>
          <TextInput
            label={t('settings.folder')}
            description={t('settings.folderHelp')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            maw={640}
            value={draft.folder}
            error={errors.at('folder')}
            onChange={(event) => set({ folder: event.currentTarget.value })}
          />
          <Fieldset legend={t('settings.keep')} maw={640}>
            <Group>
              {KEPT.map((key) => (
                <NumberInput
                  key={key}
                  w={120}
                  min={0}
                  label={t(`settings.${key}`)}
                  value={draft[key]}
                  error={errors.at(key)}
                  onChange={(value) => set({ [key]: Number(value) })}
                />
              ))}
            </Group>
          </Fieldset>
          <div>
            <Checkbox
              label={t('settings.withKey')}
              checked={draft.withKey}
              onChange={(event) => set({ withKey: event.currentTarget.checked })}
            />
            <Text size="sm" c="dimmed" ml={32}>
              {t('settings.withKeyHelp')}
            </Text>
          </div>
          <FormFailure error={save.error} />
          <Group>
            <Button type="submit" loading={save.isPending}>
              {t('app:action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
