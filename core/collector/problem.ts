/** Turns what the operating system says into something a person can act on. */
import { AppError, type ErrorCode, type ErrorValues } from '../model/errors.ts';
import type { CaptureProblem } from './control.ts';

const NETWORK: Readonly<Record<string, ErrorCode>> = {
  ENOTFOUND: 'host-not-found',
  EAI_AGAIN: 'host-not-found',
  EADDRNOTAVAIL: 'host-not-found',
  ECONNREFUSED: 'host-refused',
  EADDRINUSE: 'port-taken',
  EACCES: 'port-no-permission',
  EPERM: 'port-no-permission',
};

/** Connections that time out, are reset or have no route are all `host-unreachable`. */
export function networkProblem(error: unknown, values: ErrorValues): CaptureProblem {
  if (error instanceof AppError) return { code: error.code, values: error.values };
  const code = systemCode(error);
  return { code: NETWORK[code] ?? 'host-unreachable', values: { ...values, detail: code || messageOf(error) } };
}

export function serialProblem(error: unknown, path: string): CaptureProblem {
  const message = messageOf(error);
  const values = { port: path, detail: message };
  if (/permission denied|operation not permitted/i.test(message)) return { code: 'port-no-permission', values };
  // Windows says `Access denied` for a port that another program holds.
  if (/busy|cannot lock|access denied|temporarily unavailable/i.test(message)) return { code: 'port-taken', values };
  if (/invalid|not supported|inappropriate|custom baud|unsupported/i.test(message))
    return { code: 'setting-unusable', values: { field: 'config.baudRate', value: message } };
  return { code: 'port-not-found', values };
}

/** What PostgreSQL (five characters) and MySQL (words) say. */
const DATABASE: Readonly<Record<string, ErrorCode>> = {
  '28P01': 'login-rejected',
  '28000': 'login-rejected',
  ER_ACCESS_DENIED_ERROR: 'login-rejected',
  '42501': 'database-no-right',
  ER_TABLEACCESS_DENIED_ERROR: 'database-no-right',
  ER_DBACCESS_DENIED_ERROR: 'database-no-right',
  ER_COLUMNACCESS_DENIED_ERROR: 'database-no-right',
};
const CERTIFICATE = /^(?:DEPTH_ZERO|SELF_SIGNED|CERT_|UNABLE_TO|ERR_TLS|ERR_SSL|HANDSHAKE_SSL|HANDSHAKE_NO_SSL)/;
const SYSTEM_CODE = /^E[A-Z]{3,}$/;

export function databaseProblem(
  error: unknown,
  config: {
    readonly host: string;
    readonly port: number;
    readonly database: string;
    readonly username: string;
    readonly table: string;
  },
): CaptureProblem {
  if (error instanceof AppError) return { code: error.code, values: error.values };
  const code = systemCode(error);
  const { host, port, database, username, table } = config;
  const detail = messageOf(error).slice(0, 200);
  const known = DATABASE[code];
  if (known === 'login-rejected') return { code: known, values: { host, port } };
  if (known !== undefined) return { code: known, values: { host, username, table, detail } };
  if (CERTIFICATE.test(code)) return { code: 'certificate-refused', values: { detail } };
  const isNetwork = SYSTEM_CODE.test(code) || /timeout|terminated|closed|lost/i.test(detail);
  if (isNetwork) return networkProblem(error, { host, port });
  return { code: 'database-refused', values: { host, database, detail } };
}

export function fileProblem(error: unknown, path: string): CaptureProblem {
  if (error instanceof AppError) return { code: error.code, values: error.values };
  const code = systemCode(error);
  const values = { path, detail: code || messageOf(error) };
  return { code: code === 'ENOENT' || code === 'ENOTDIR' ? 'file-not-found' : 'file-not-readable', values };
}

export function problemOf(error: unknown): CaptureProblem {
  if (error instanceof AppError) return { code: error.code, values: error.values };
  return { code: 'internal', values: { detail: messageOf(error) } };
}

function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
