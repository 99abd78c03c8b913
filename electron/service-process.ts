/** Runs the service in a utility process and keeps it running. What it does in there the shell neither knows nor sees. */
import type { UtilityProcess } from 'electron';
import type { OpenedFileRefusal } from '../core/model/opened-file.ts';
import { type FromService, isFromService, type ToService } from '../core/model/shell-message.ts';
import type { ElectronParts } from './electron-parts.ts';

/** Deaths closer together than this are one series. */
const SERIES_MS = 60_000;
const MOST_RESTARTS = 5;
const RESTART_AFTER_MS = 1000;

export interface ServiceEvents {
  ready(origin: string): void;
  link(link: string): void;
  paused(isPaused: boolean): void;
  /** A file that was opened with the program is of no use to it. */
  fileRefused(fileName: string, reason: OpenedFileRefusal): void;
  updateFeed(feed: string): void;
  /** Something that people should know now. */
  notify(title: string, body: string): void;
  /** It died and is being started again. */
  restarted(): void;
  /** It died too often, or says that it cannot go on. */
  gaveUp(deaths: number, message: string): void;
}

export interface ServiceProcess {
  send(message: ToService): void;
  stop(): void;
}

export function startServiceProcess(
  electron: Pick<ElectronParts, 'utilityProcess'>,
  serviceFile: string,
  events: ServiceEvents,
  nowMs: () => number,
): ServiceProcess {
  let child: UtilityProcess | undefined;
  let isStopping = false;
  let deaths: number[] = [];
  let lastMessage = '';

  const hear = (message: FromService): void => {
    switch (message.type) {
      case 'ready':
        events.ready(message.origin);
        return;
      case 'link':
        events.link(message.link);
        return;
      case 'paused':
        events.paused(message.isPaused);
        return;
      case 'file-refused':
        events.fileRefused(message.fileName, message.reason);
        return;
      case 'update-feed':
        events.updateFeed(message.feed);
        return;
      case 'notify':
        events.notify(message.title, message.body);
        return;
      case 'failed':
        lastMessage = message.message;
        return;
    }
  };

  const died = (exitCode: number): void => {
    child = undefined;
    if (isStopping) return;
    deaths = [...deaths.filter((at) => nowMs() - at < SERIES_MS), nowMs()];
    if (deaths.length > MOST_RESTARTS) {
      events.gaveUp(deaths.length, lastMessage === '' ? `exit code ${exitCode}` : lastMessage);
      return;
    }
    events.restarted();
    setTimeout(start, RESTART_AFTER_MS);
  };

  function start(): void {
    if (isStopping) return;
    child = electron.utilityProcess.fork(serviceFile, ['serve'], {
      serviceName: 'Tollbook service',
      stdio: 'inherit',
      execArgv: ['--max-semi-space-size=4'],
      env: { MALLOC_ARENA_MAX: '2', ...process.env },
    });
    child.on('message', (message: unknown) => {
      if (isFromService(message)) hear(message);
    });
    child.on('exit', died);
  }

  start();
  return {
    send: (message) => child?.postMessage(message),
    stop: () => {
      isStopping = true;
      child?.postMessage({ type: 'stop' } satisfies ToService);
    },
  };
}
