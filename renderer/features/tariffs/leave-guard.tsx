import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';
import { Confirm } from '../../components/confirm.tsx';

/** Asks before a page with unsaved changes is left, for another page or for good. */
export function LeaveGuard({ isOn }: { readonly isOn: boolean }) {
  const { t } = useTranslation('tariffs');
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isOn && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!isOn) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isOn]);
  return (
    <Confirm
      isOpen={blocker.state === 'blocked'}
      title={t('version.leaveTitle')}
      text={t('version.leaveText')}
      action={t('version.leave')}
      onConfirm={() => blocker.proceed?.()}
      onClose={() => blocker.reset?.()}
    />
  );
}
