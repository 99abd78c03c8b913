/** The present password and the new one, twice. */
import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormFailure } from '../../components/form-failure.tsx';
import { useFieldErrors } from '../../field-errors.ts';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';

interface PasswordChangeProps {
  readonly action: string;
  readonly onDone?: () => void;
}

const NOTHING = { password: '', newPassword: '' };

export function PasswordChange({ action, onDone }: PasswordChangeProps) {
  const { t } = useTranslation('access');
  const [typed, setTyped] = useState(NOTHING);
  const [again, setAgain] = useState('');
  const change = useWrite('changeOwnPassword', {
    showsErrors: true,
    refresh: ['getAccount', 'getSession'],
    onDone: () => {
      setTyped(NOTHING);
      setAgain('');
      showDone(t('account.changed'));
      onDone?.();
    },
  });
  const errors = useFieldErrors(change.error, typed);
  const differs = again !== '' && again !== typed.newPassword;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (again === typed.newPassword) change.mutate({ body: typed });
      }}
    >
      <Stack gap="sm" maw={420}>
        <PasswordInput
          required
          label={t('account.present')}
          autoComplete="current-password"
          value={typed.password}
          error={errors.at('password')}
          onChange={(event) => setTyped({ ...typed, password: event.currentTarget.value })}
        />
        <PasswordInput
          required
          label={t('account.wanted')}
          description={t('account.wantedHelp')}
          autoComplete="new-password"
          value={typed.newPassword}
          error={errors.at('newPassword')}
          onChange={(event) => setTyped({ ...typed, newPassword: event.currentTarget.value })}
        />
        <PasswordInput
          required
          label={t('account.again')}
          autoComplete="new-password"
          value={again}
          error={differs ? t('account.differs') : undefined}
          onChange={(event) => setAgain(event.currentTarget.value)}
        />
        <FormFailure error={change.error} />
        <Group>
          <Button type="submit" loading={change.isPending} disabled={again === '' || differs}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
