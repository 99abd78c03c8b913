/**
 * `/enter#token`: hands the one-time token to the service and goes on, `?to=` to the page of a file that was opened with
 * the program. The token never stays in the address.
 */
import { Center, Loader, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { call } from '../../api.ts';
import { queryClient } from '../../query-client.ts';
import { session } from '../../session.ts';
import { putWizardOff } from '../../wizard-put-off.ts';
import { SignInPage } from './sign-in-page.tsx';

/** A token works once, so it is sent once, whatever React does with the component. */
let sent: Promise<boolean> | undefined;
/** Read once too: the address forgets it together with the token. */
let asked: string | undefined;

async function signIn(token: string): Promise<boolean> {
  try {
    await call('signInWithLink', { body: { token } });
    session.set('signed-in');
    queryClient.clear();
    return true;
  } catch {
    return await isSignedInAlready();
  }
}

/** A used link opened again in a window that is signed in leads on instead of complaining. */
async function isSignedInAlready(): Promise<boolean> {
  try {
    await call('getSettings');
    return true;
  } catch {
    return false;
  }
}

const FIRST_PAGE = '/';

/** A link leads to no page but the two that take over an opened file. */
function pageAsked(): string {
  const wanted = new URLSearchParams(window.location.search).get('to') ?? '';
  return /^\/(?:formats|tariffs)\/opened\/[\w-]+$/.test(wanted) ? wanted : FIRST_PAGE;
}

export function EnterPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [isRefused, setIsRefused] = useState(false);

  useEffect(() => {
    const token = window.location.hash.slice(1);
    asked ??= pageAsked();
    const page = asked;
    window.history.replaceState(null, '', window.location.pathname);
    sent ??= signIn(token);
    void sent.then((isIn) => {
      // A file was opened with the program: that comes before the first steps, which come back at the next start.
      if (isIn && page !== FIRST_PAGE) putWizardOff();
      if (isIn) void navigate(page, { replace: true });
      else setIsRefused(true);
    });
  }, [navigate]);

  useEffect(() => {
    // Another link pasted over this one changes only the part after #, which loads nothing by itself.
    const startAgain = (): void => window.location.reload();
    window.addEventListener('hashchange', startAgain);
    return () => window.removeEventListener('hashchange', startAgain);
  }, []);

  if (isRefused) return <SignInPage isExpired />;
  return (
    <Center mih="100vh">
      <Stack align="center" gap="sm">
        <Loader type="dots" />
        <Text c="dimmed">{t('signIn.opening')}</Text>
      </Stack>
    </Center>
  );
}
