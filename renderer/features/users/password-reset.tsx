/** Another password for a user who has forgotten theirs. */
import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { User } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { useFieldErrors } from '../../field-errors.ts';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';

export function PasswordReset({ user, onClose }: { readonly user: User; readonly onClose: () => void }) {
  const { t } = useTranslation(['access', 'app']);
  const [password, setPassword] = useState('');
  const reset = useWrite('setUserPassword', {
    showsErrors: true,
    refresh: ['listUsers', 'listSessions', 'getNetwork'],
    onDone: () => {
      showDone(t('app:saved'));
      onClose();
    },
  });
  const errors = useFieldErrors(reset.error, { password });
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{t('users.resetTitle', { name: user.name })}</Text>}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          reset.mutate({ params: { id: user.id }, body: { password } });
        }}
      >
        <Stack>
          <Text size="sm">{t('users.resetText')}</Text>
          <PasswordInput
            required
            data-autofocus
            label={t('account.wanted')}
            description={t('users.passwordHelp')}
            autoComplete="new-password"
            value={password}
            error={errors.at('password')}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <FormFailure error={reset.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app:action.cancel')}
            </Button>
            <Button type="submit" loading={reset.isPending}>
              {t('app:action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
