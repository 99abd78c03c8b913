/** Holds back every page until the service accepts this window, and follows its events from then on. */
import { useEffect } from 'react';
import { Outlet } from 'react-router';
import { ApiFailure } from '../api.ts';
import { PasswordDuePage } from '../features/account/password-due-page.tsx';
import { SignInPage } from '../features/sign-in/sign-in-page.tsx';
import { changeLanguage, hasStoredChoice, useLanguage } from '../language.ts';
import { followEvents } from '../live-events.ts';
import { useObservable } from '../observable.ts';
import { useRead } from '../query-client.ts';
import { session } from '../session.ts';
import { LoadingPage } from './loading-page.tsx';
import { OfflinePage } from './offline-page.tsx';

export function SignedInGate() {
  const state = useObservable(session);
  const language = useLanguage();
  const settings = useRead('getSettings');
  const viewer = useRead('getSession', undefined, { staleTime: 60_000 });
  const isDue = viewer.data?.isPasswordDue === true;
  const isIn = state === 'signed-in' && settings.data !== undefined && viewer.data !== undefined && !isDue;

  useEffect(() => (isIn ? followEvents(language) : undefined), [isIn, language]);
  useEffect(() => {
    if (settings.data !== undefined && !hasStoredChoice()) void changeLanguage(settings.data.language);
  }, [settings.data]);

  if (state === 'signed-out') return <SignInPage />;
  if (isDue) return <PasswordDuePage />;
  if (settings.data !== undefined && viewer.data !== undefined) return <Outlet />;
  const error = settings.error ?? viewer.error;
  if (error !== null) {
    const isOffline = error instanceof ApiFailure && error.problem === undefined;
    const retry = (): void => void Promise.all([settings.refetch(), viewer.refetch()]);
    if (isOffline) return <OfflinePage onRetry={retry} />;
    throw error;
  }
  return <LoadingPage />;
}
