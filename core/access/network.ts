/** The door to the network: closed until somebody opens it, and only when an administrator with a password is there. */

import type { ErrorCode, ErrorValues } from '../model/errors.ts';
import { readAccessSetting, writeAccessSetting } from '../store/access-settings.ts';
import type { Database } from '../store/database.ts';

export interface NetworkSettings {
  readonly isOpen: boolean;
  /** Of this computer, that is listened at; `0.0.0.0`: all of them. */
  readonly address: string;
  readonly port: number;
  /** Names that other computers call this one by; addresses need none. */
  readonly hostNames: readonly string[];
  /** PEM files; both or neither. With them the pages are served over TLS. */
  readonly certificateFile: string;
  readonly keyFile: string;
}

export const CLOSED: NetworkSettings = {
  isOpen: false,
  address: '0.0.0.0',
  port: 4690,
  hostNames: [],
  certificateFile: '',
  keyFile: '',
};

/** How the door really is. */
export interface NetworkState {
  readonly isOpen: boolean;
  /** What others type: `http://192.168.1.5:4690`. */
  readonly origins: readonly string[];
  readonly problem: { readonly code: ErrorCode; readonly values: ErrorValues } | null;
}

/** What listens at the network; absent where nothing serves (the command line). */
export interface NetworkDoor {
  /** Never throws: what went wrong is in the state. */
  apply(settings: NetworkSettings): Promise<void>;
  state(): NetworkState;
}

export function readNetwork(db: Database): NetworkSettings {
  return { ...CLOSED, ...(readAccessSetting(db, 'network') as Partial<NetworkSettings> | undefined) };
}

export function writeNetwork(db: Database, settings: NetworkSettings): void {
  writeAccessSetting(db, 'network', settings);
}
