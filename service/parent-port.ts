/** The line to the desktop shell when the service runs as Electron's utility process; undefined anywhere else. */
import { type FromService, isToService, type ToService } from '../core/model/shell-message.ts';

/** The part of Electron's `process.parentPort` that is used here; the service must compile and run without Electron. */
interface ElectronParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

export interface ParentPort {
  send(message: FromService): void;
  onMessage(listener: (message: ToService) => void): void;
}

export function parentPort(): ParentPort | undefined {
  const port = (process as { parentPort?: ElectronParentPort }).parentPort;
  if (port === undefined || port === null) return undefined;
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', ({ data }) => {
        if (isToService(data)) listener(data);
      });
    },
  };
}
