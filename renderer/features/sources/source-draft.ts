/** A source while it is being set up. */
import type { Format, Source, SourceConfig, SourceInput, SourceKind } from '../../../core/api/contract.ts';

export type SourceDraft = Required<Pick<SourceInput, 'name' | 'formatId' | 'isEnabled' | 'formatOptions'>> & {
  readonly config: SourceConfig;
};

/** As they are offered. */
export const SOURCE_KINDS = {
  network: ['tcp-client', 'tcp-listener', 'http-push', 'udp-listener', 'nec-link', 'mitel-5000-link'],
  cable: ['serial'],
  files: ['followed-file', 'folder', 'sftp-pull', 'sftp-drop', 'file-import'],
  asterisk: ['ami', 'database'],
} as const satisfies Record<string, readonly SourceKind[]>;

const DEFAULT_LISTEN_PORT = 2300;
const PANASONIC_PORT = 2300;
const ANY_ADDRESS = '0.0.0.0';
export const DATABASE_PORT = { postgresql: 5432, mysql: 3306 } as const;

const everyFile = () => ({ patterns: [], isRecursive: false, order: 'name' as const });

export function newConfig(kind: SourceKind): SourceConfig {
  switch (kind) {
    case 'tcp-client':
      return { kind, host: '', port: PANASONIC_PORT, login: [], loginRejected: '', keepAliveSeconds: 60 };
    case 'tcp-listener':
      return { kind, port: DEFAULT_LISTEN_PORT, bindAddress: ANY_ADDRESS, allowedHosts: [], maxConnections: 8 };
    case 'serial':
      return { kind, path: '', baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' };
    case 'followed-file':
      return { kind, path: '', fromStart: true };
    case 'file-import':
      return { kind };
    case 'ami':
      return { kind, host: '', port: 5038, username: '', secret: '' };
    case 'nec-link':
      return { kind, host: '', port: 60010, pollSeconds: 5, isParityChecked: true };
    case 'mitel-5000-link':
      return { kind, host: '', port: 4000, password: '' };
    case 'http-push': {
      const address = { port: 8260, bindAddress: ANY_ADDRESS, allowedHosts: [], path: '/' };
      const access = { auth: 'none', username: '', secret: '', certificatePath: '', keyPath: '' } as const;
      return { kind, ...address, ...access, maxBodyKib: 256 };
    }
    case 'udp-listener':
      return { kind, port: 514, bindAddress: ANY_ADDRESS, allowedHosts: [] };
    case 'folder':
      return { kind, path: '', ...everyFile(), stableSeconds: 5, afterwards: 'remember', doneFolder: 'done' };
    case 'sftp-pull': {
      const access = { username: '', password: '', privateKey: '', passphrase: '', hostKey: '' };
      return { kind, host: '', port: 22, ...access, path: '', ...everyFile(), pollSeconds: 60 };
    }
    case 'sftp-drop': {
      const access = { username: 'tollbook', password: '', publicKey: '' };
      return { kind, port: 2222, bindAddress: ANY_ADDRESS, allowedHosts: [], ...access, maxFileMib: 100 };
    }
    case 'database': {
      const server = { engine: 'mysql', host: '', port: DATABASE_PORT.mysql, database: 'asteriskcdrdb' } as const;
      const rows = { table: 'cdr', keyColumn: 'calldate', pollSeconds: 10, fromStart: true };
      return { kind, ...server, username: '', password: '', tls: 'off', ...rows };
    }
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
  return FILE_KINDS.has(kind) ? 'file' : kind;
}

const FILE_KINDS: ReadonlySet<SourceKind> = new Set(SOURCE_KINDS.files);

/** An empty number field is sent as nothing, so that the service says what belongs there. */
export function numberField(value: string | number): number {
  return typeof value === 'number' ? value : Number.NaN;
}

/** A source must have a format to be stored; the next steps find the right one. */
export function firstFormat(formats: readonly Format[], kind: SourceKind): string {
  const transport = transportOf(kind);
  return (formats.find((format) => format.transports.includes(transport)) ?? formats[0])?.id ?? '';
}
