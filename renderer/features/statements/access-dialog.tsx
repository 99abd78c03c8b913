/** Password and language of somebody's statements. */
import { Button, Group, Modal, PasswordInput, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Statement } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';

const USUAL = 'usual';

interface AccessDialogProps {
  readonly person: Statement;
  readonly onClose: () => void;
}

export function AccessDialog({ person, onClose }: AccessDialogProps) {
  const { t } = useTranslation(['statements', 'schedules', 'app']);
  const [password, setPassword] = useState('');
  const [language, setLanguage] = useState<'vi' | 'en' | null>(person.language);
  const save = useWrite('setStatementAccess', {
    showsErrors: true,
    refresh: ['listStatements'],
    onDone: () => {
      showDone(t('app:saved'));
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{t('access.title', { name: person.name })}</Text>}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const body = { language, password: password === '' ? null : password };
          save.mutate({ params: { id: person.personId }, body });
        }}
      >
        <Stack gap="sm">
          <PasswordInput
            label={t('access.password')}
            description={t('access.passwordHelp')}
            placeholder={person.hasPassword ? t('access.stored') : ''}
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Select
            label={t('access.language')}
            allowDeselect={false}
            data={[
              { value: USUAL, label: t('access.usual') },
              { value: 'vi', label: t('schedules:form.languages.vi') },
              { value: 'en', label: t('schedules:form.languages.en') },
            ]}
            value={language ?? USUAL}
            onChange={(value) => setLanguage(value === 'vi' || value === 'en' ? value : null)}
          />
          <FormFailure error={save.error} unshown={['password']} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app:action.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('access.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
