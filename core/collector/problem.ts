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
    return { code: 'invalid-input', values: { field: 'config.baudRate', value: message } };
  return { code: 'port-not-found', values };
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
