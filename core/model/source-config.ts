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
    };

export type SourceKind = SourceConfig['kind'];
