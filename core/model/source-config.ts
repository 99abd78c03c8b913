/** Where a PBX's bytes come from, as stored. The API's schema (core/api/contract.ts) checks what people enter against this. */

/**
 * Wait for a text, then send one. `\r`, `\n`, `\t` and `\xNN` are understood in both. A sent text that ends in none of
 * CR, LF and `\xNN` gets CR LF behind it; an empty one sends nothing.
 */
export interface LoginStep {
  readonly expect: string;
  readonly send: string;
  readonly isSecret: boolean;
}

export type SourceConfig =
  | {
      readonly kind: 'tcp-client';
      readonly host: string;
      readonly port: number;
      readonly login: readonly LoginStep[];
      /** A text that means the PBX refused the login; empty: none. */
      readonly loginRejected: string;
      readonly keepAliveSeconds: number;
    }
  | {
      readonly kind: 'tcp-listener';
      readonly port: number;
      readonly bindAddress: string;
      /** Addresses or CIDR blocks; empty: this computer and private networks only. */
      readonly allowedHosts: readonly string[];
      readonly maxConnections: number;
    }
  | {
      readonly kind: 'serial';
      readonly path: string;
      readonly baudRate: number;
      readonly dataBits: 7 | 8;
      readonly parity: 'none' | 'even' | 'odd' | 'mark' | 'space';
      readonly stopBits: 1 | 2;
      readonly flowControl: 'none' | 'rts-cts' | 'xon-xoff';
    }
  | { readonly kind: 'followed-file'; readonly path: string; readonly fromStart: boolean }
  | { readonly kind: 'file-import' }
  | {
      readonly kind: 'ami';
      readonly host: string;
      readonly port: number;
      readonly username: string;
      readonly secret: string;
    }
  /** NEC's request and acknowledge protocol: each record stays in the PBX until it is stored here. */
  | {
      readonly kind: 'nec-link';
      readonly host: string;
      readonly port: number;
      /** Pause after the PBX said that it has no record. */
      readonly pollSeconds: number;
      /** False for a PBX that is set to another kind of parity: damaged packets are then not noticed. */
      readonly isParityChecked: boolean;
    }
  /** Login of Mitel 5000, Inter-Tel 5000 and Axxess; the PBX then sends by itself. */
  | { readonly kind: 'mitel-5000-link'; readonly host: string; readonly port: number; readonly password: string }
  | {
      readonly kind: 'http-push';
      readonly port: number;
      readonly bindAddress: string;
      readonly allowedHosts: readonly string[];
      /** Begins with `/`. */
      readonly path: string;
      /** `path`: the secret is the last part of the address, behind `path`. */
      readonly auth: 'none' | 'basic' | 'bearer' | 'path';
      /** Of `basic`. */
      readonly username: string;
      readonly secret: string;
      readonly maxBodyKib: number;
      /** Files in PEM form; both empty: plain HTTP. */
      readonly certificatePath: string;
      readonly keyPath: string;
    }
  | {
      readonly kind: 'udp-listener';
      readonly port: number;
      readonly bindAddress: string;
      readonly allowedHosts: readonly string[];
    }
  | ({
      readonly kind: 'folder';
      readonly path: string;
      /** A file is read once it has not changed for this long. */
      readonly stableSeconds: number;
    } & FileChoice & {
        /** `remember`: files stay where they are; `move`: read files go into `doneFolder`, below the folder. */
        readonly afterwards: 'remember' | 'move';
        readonly doneFolder: string;
      })
  | ({
      readonly kind: 'sftp-pull';
      readonly host: string;
      readonly port: number;
      readonly username: string;
      /** Either or both; the key is tried first. */
      readonly password: string;
      readonly privateKey: string;
      readonly passphrase: string;
      /** `SHA256:…` of the host key that was confirmed; empty: none yet, so nothing is read. */
      readonly hostKey: string;
      readonly path: string;
      readonly pollSeconds: number;
    } & FileChoice)
  | {
      readonly kind: 'sftp-drop';
      readonly port: number;
      readonly bindAddress: string;
      readonly allowedHosts: readonly string[];
      readonly username: string;
      /** Password, public key or both; what is empty does not let in. */
      readonly password: string;
      readonly publicKey: string;
      readonly maxFileMib: number;
    }
  | {
      readonly kind: 'database';
      readonly engine: 'postgresql' | 'mysql';
      readonly host: string;
      readonly port: number;
      readonly database: string;
      readonly username: string;
      readonly password: string;
      /** `encrypted` takes any certificate; `verified` only one that fits the host's name. */
      readonly tls: 'off' | 'encrypted' | 'verified';
      /** With the schema in front where one is needed: `asteriskcdrdb.cdr`. */
      readonly table: string;
      /** Rises with every row (a number), or the time of the call (then rows are read again for a while and remembered). */
      readonly keyColumn: string;
      readonly pollSeconds: number;
      /** False: only rows that come from now on. */
      readonly fromStart: boolean;
    };

/** Which files of a folder, and in which order. */
export interface FileChoice {
  /** `*` and `?` as usual; empty: every file. */
  readonly patterns: readonly string[];
  readonly isRecursive: boolean;
  readonly order: 'name' | 'time';
}

export type SourceKind = SourceConfig['kind'];

const LIVE_KINDS: ReadonlySet<SourceKind> = new Set<SourceKind>([
  'tcp-client',
  'tcp-listener',
  'serial',
  'ami',
  'nec-link',
  'mitel-5000-link',
  'http-push',
  'udp-listener',
]);

/** Bytes come while calls are made; of files and tables the arrival says little about when calls were. */
export function isLiveKind(kind: SourceKind): boolean {
  return LIVE_KINDS.has(kind);
}
