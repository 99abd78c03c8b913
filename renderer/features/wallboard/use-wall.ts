/** What keeps a wallboard up for weeks: the screen stays on, the pointer hides, and a new version is loaded by itself. */
import { useEffect, useState } from 'react';
import { useRead } from '../../query-client.ts';

/** One of `count` panels, the next after `everyMs`. */
export function useRotation(count: number, everyMs: number): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTurn((before) => before + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return count === 0 ? 0 : turn % count;
}

export function useAwakeScreen(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let isOver = false;
    const keep = async (): Promise<void> => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
      // A browser may refuse (low battery); the board works all the same.
      lock = await navigator.wakeLock.request('screen').catch(() => undefined);
      if (isOver) await lock?.release();
    };
    const onVisible = (): void => void keep();
    void keep();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      isOver = true;
      document.removeEventListener('visibilitychange', onVisible);
      void lock?.release();
    };
  }, []);
}

const POINTER_REST_MS = 3000;

/** True for a moment after the pointer or a key was used. */
export function useIsTouched(): boolean {
  const [isTouched, setIsTouched] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const touch = (): void => {
      setIsTouched(true);
      clearTimeout(timer);
      timer = setTimeout(() => setIsTouched(false), POINTER_REST_MS);
    };
    window.addEventListener('pointermove', touch);
    window.addEventListener('keydown', touch);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pointermove', touch);
      window.removeEventListener('keydown', touch);
    };
  }, []);
  return isTouched;
}

const VERSION_EVERY_MS = 300_000;

/** Pages of an earlier version do not fit a service that was updated. */
export function useReloadOnUpdate(): void {
  const system = useRead('getSystem', undefined, { refetchInterval: VERSION_EVERY_MS });
  const version = system.data?.version;
  const [first, setFirst] = useState(version);
  useEffect(() => {
    if (version === undefined) return;
    if (first === undefined) setFirst(version);
    else if (first !== version) window.location.reload();
  }, [version, first]);
}
