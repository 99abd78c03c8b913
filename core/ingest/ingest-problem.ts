/** A failure as it crosses to other threads. */
import { AppError, type ErrorCode, type ErrorValues } from '../model/errors.ts';

export function problemOf(error: unknown): { readonly code: ErrorCode; readonly values: ErrorValues } {
  if (error instanceof AppError) return { code: error.code, values: error.values };
  return {
    code: 'internal',
    values: { detail: error instanceof Error ? (error.stack ?? error.message) : String(error) },
  };
}
