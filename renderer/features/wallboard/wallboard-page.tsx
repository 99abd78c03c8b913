/** For a screen on the wall: large figures that take turns, without a mouse, for as long as the screen is on. */
import { Button } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { formatMonth } from '../../format.ts';
import { type LanguageCode, useLanguage } from '../../language.ts';
import { streamState } from '../../live-events.ts';
import { useNow } from '../../now.ts';
import { useObservable } from '../../observable.ts';
import { useRead } from '../../query-client.ts';
import { useViewer } from '../../viewer.ts';
import { useDashboard } from '../dashboard/use-dashboard.ts';
import { Panel } from './panels.tsx';
import { useAwakeScreen, useIsTouched, useReloadOnUpdate, useRotation } from './use-wall.ts';
import { panelsOf } from './wall-panels.ts';

const PANEL_MS = 15_000;

export function WallboardPage() {
  const { t } = useTranslation('dashboard');
  const language = useLanguage();
  const settings = useRead('getSettings');
  const { data } = useDashboard();
  const panels = data === undefined ? [] : panelsOf(data, settings.data?.wallboardShowsNames === true);
  const panel = panels[useRotation(panels.length, PANEL_MS)];
  const isTouched = useIsTouched();
  useAwakeScreen();
  useReloadOnUpdate();
  useDocumentTitle(`${t('wallboard')} · Tollbook`);
  return (
    <main className="tb-wall" data-moved={isTouched || undefined}>
      <header className="tb-wall-head">
        <h1>{settings.data?.companyName || t('wallboard')}</h1>
        {data !== undefined && <span>{formatMonth(data.month, language)}</span>}
        <Clock timeZone={settings.data?.timeZone} language={language} />
      </header>
      {data !== undefined && panel !== undefined ? <Panel panel={panel} data={data} /> : <div />}
      <WallFoot />
    </main>
  );
}

function Clock({ timeZone, language }: { readonly timeZone: string | undefined; readonly language: LanguageCode }) {
  const nowMs = useNow(1000);
  const text = new Intl.DateTimeFormat(language === 'vi' ? 'vi-VN' : 'en-GB', {
    ...(timeZone === undefined ? {} : { timeZone }),
    hour: '2-digit',
    minute: '2-digit',
  }).format(nowMs);
  return <time className="tb-wall-clock">{text}</time>;
}

function WallFoot() {
  const { t } = useTranslation(['dashboard', 'app']);
  const navigate = useNavigate();
  const viewer = useViewer();
  const stream = useObservable(streamState);
  const sources = useRead('listSources', undefined, { enabled: viewer.may('read-sources'), refetchInterval: 60_000 });
  const leave = (): void => {
    if (document.fullscreenElement !== null) void document.exitFullscreen();
    void navigate('/');
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && document.fullscreenElement === null) void navigate('/');
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate]);
  return (
    <footer className="tb-wall-foot">
      {(sources.data ?? []).map(({ id, name, status }) => (
        <span key={id}>
          <span className="tb-dot" data-state={status.isQuiet ? 'waiting' : status.state} aria-hidden />
          {name}
          <span className="tb-sr-only"> {t(`app:sourceState.${status.state}`)}</span>
        </span>
      ))}
      {stream === 'lost' && <span className="tb-wall-lost">{t('wall.lost')}</span>}
      <Button variant="subtle" color="gray" onClick={leave}>
        {t('wall.leave')}
      </Button>
    </footer>
  );
}
