/** Holds back every page until the service accepts this window, and follows its events from then on. */
import { useEffect } from 'react';
import { Outlet } from 'react-router';
import { ApiFailure } from '../api.ts';
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
  const isIn = state === 'signed-in' && settings.data !== undefined;

  useEffect(() => (isIn ? followEvents(language) : undefined), [isIn, language]);
  useEffect(() => {
    if (settings.data !== undefined && !hasStoredChoice()) void changeLanguage(settings.data.language);
  }, [settings.data]);

  if (state === 'signed-out') return <SignInPage />;
  if (settings.data !== undefined) return <Outlet />;
  if (settings.isError) {
    const isOffline = settings.error instanceof ApiFailure && settings.error.problem === undefined;
    if (isOffline) return <OfflinePage onRetry={() => void settings.refetch()} />;
    throw settings.error;
  }
  return <LoadingPage />;
}
