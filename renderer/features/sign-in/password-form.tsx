/** Name and password; the code is asked for when the service says that it needs one. */
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ApiFailure } from '../../api.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { queryClient, useWrite } from '../../query-client.ts';
import { session } from '../../session.ts';

const codeOf = (error: Error | null): string | undefined =>
  error instanceof ApiFailure ? error.problem?.code : undefined;

export function PasswordForm() {
  const { t } = useTranslation('access');
  const navigate = useNavigate();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [needsCode, setNeedsCode] = useState(false);
  const signIn = useWrite('signInWithPassword', {
    showsErrors: true,
    onDone: () => {
      // Nothing of whoever was here before may be seen for a moment.
      queryClient.clear();
      session.set('signed-in');
      if (window.location.pathname === '/enter') void navigate('/', { replace: true });
    },
  });
  const asksForCode = needsCode || codeOf(signIn.error) === 'second-factor-needed';
  const isFirstAsking = codeOf(signIn.error) === 'second-factor-needed' && code === '';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (asksForCode) setNeedsCode(true);
        signIn.mutate({ body: { login, password, ...(asksForCode && { code }) } });
      }}
    >
      <Stack gap="sm">
        <TextInput
          required
          withAsterisk={false}
          data-autofocus
          label={t('signIn.login')}
          description={t('signIn.loginHelp')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={200}
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
        />
        <PasswordInput
          required
          withAsterisk={false}
          label={t('signIn.password')}
          autoComplete="current-password"
          maxLength={1000}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {asksForCode && (
          <TextInput
            required
            withAsterisk={false}
            autoFocus
            label={t('signIn.code')}
            description={t('signIn.codeHelp')}
            autoComplete="one-time-code"
            maxLength={50}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        )}
        {!isFirstAsking && <FormFailure error={signIn.error} />}
        <Button type="submit" loading={signIn.isPending}>
          {t('signIn.action')}
        </Button>
      </Stack>
    </form>
  );
}
