/** What the reader must know on every page: reading is paused, the service is gone, something needs a hand. */
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconPlayerPause, IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { streamState } from '../live-events.ts';
import { useObservable } from '../observable.ts';
import { useRead } from '../query-client.ts';
import { useSetPaused } from './paused.ts';

interface BannerProps {
  readonly tone: 'warning' | 'danger';
  readonly icon: ReactNode;
  readonly children: ReactNode;
}

function Banner({ tone, icon, children }: BannerProps) {
  return (
    <div className="tb-banner" data-tone={tone} role={tone === 'danger' ? 'alert' : 'status'}>
      {icon}
      {children}
    </div>
  );
}

export function StatusBanners() {
  const { t } = useTranslation();
  const stream = useObservable(streamState);
  const system = useRead('getSystem');
  const setPaused = useSetPaused();
  return (
    <>
      {stream === 'lost' && (
        <Banner tone="danger" icon={<IconPlugConnectedX size={18} aria-hidden />}>
          <span>{t('banner.lost')}</span>
        </Banner>
      )}
      {system.data?.isPaused === true && (
        <Banner tone="warning" icon={<IconPlayerPause size={18} aria-hidden />}>
          <span>{t('banner.paused')}</span>
          <Button size="compact-sm" variant="white" onClick={() => setPaused.mutate({ body: { isPaused: false } })}>
            {t('header.resume')}
          </Button>
        </Banner>
      )}
      {system.data?.problems.map((problem) => (
        <Banner
          key={`${problem.code}${problem.title}`}
          tone="danger"
          icon={<IconAlertTriangle size={18} aria-hidden />}
        >
          <span>{problem.title}</span>
        </Banner>
      ))}
    </>
  );
}
