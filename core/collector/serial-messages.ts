/** What a serial port's own process and the capture thread tell each other. */
import type { SourceConfig } from '../model/source-config.ts';

export type SerialConfig = Extract<SourceConfig, { kind: 'serial' }>;

export type ToSerialProcess =
  | { readonly type: 'open'; readonly config: SerialConfig }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'close' };

export type FromSerialProcess =
  | { readonly type: 'opened' }
  | { readonly type: 'data'; readonly bytes: Uint8Array }
  /** `error` is the driver's own text; null when the port was closed on request. */
  | { readonly type: 'ended'; readonly wasOpen: boolean; readonly error: string | null };
