/** A source while it is being set up. */
import type { Source, SourceConfig, SourceInput, SourceKind } from '../../../core/api/contract.ts';

export type SourceDraft = Required<Pick<SourceInput, 'name' | 'formatId' | 'isEnabled' | 'formatOptions'>> & {
  readonly config: SourceConfig;
};

export const SOURCE_KINDS = ['tcp-client', 'tcp-listener', 'serial', 'followed-file', 'file-import', 'ami'] as const;

const DEFAULT_LISTEN_PORT = 2300;
const PANASONIC_PORT = 2300;

export function newConfig(kind: SourceKind): SourceConfig {
  switch (kind) {
    case 'tcp-client':
      return { kind, host: '', port: PANASONIC_PORT, login: [], loginRejected: '', keepAliveSeconds: 60 };
    case 'tcp-listener':
      return { kind, port: DEFAULT_LISTEN_PORT, bindAddress: '0.0.0.0', allowedHosts: [], maxConnections: 8 };
    case 'serial':
      return { kind, path: '', baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' };
    case 'followed-file':
      return { kind, path: '', fromStart: true };
    case 'file-import':
      return { kind };
    case 'ami':
      return { kind, host: '', port: 5038, username: '', secret: '' };
  }
}

/** The dialogue of Panasonic systems on TCP 2300 with the factory password. */
export const PANASONIC_LOGIN = {
  login: [
    { expect: '-', send: 'SMDR\\r\\n', isSecret: false },
    { expect: 'Enter Password:', send: 'PCCSMDR\\r\\n', isSecret: true },
  ],
  loginRejected: 'Rejected',
} as const;

export function newDraft(kind: SourceKind, name: string, formatId: string): SourceDraft {
  return { name, config: newConfig(kind), formatId, formatOptions: {}, isEnabled: true };
}

export function draftOf(source: Source): SourceDraft {
  const { name, config, formatId, formatOptions, isEnabled } = source;
  return { name, config, formatId, formatOptions, isEnabled };
}

/** Which of a format's transports a kind of source is. */
export function transportOf(kind: SourceKind): string {
  return kind === 'followed-file' || kind === 'file-import' ? 'file' : kind;
}

/** An empty number field is sent as nothing, so that the service says what belongs there. */
export function numberField(value: string | number): number {
  return typeof value === 'number' ? value : Number.NaN;
}
