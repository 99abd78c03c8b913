/** Messages of a refused form, by field. */
import { ApiFailure } from './api.ts';

export interface FieldErrors {
  /** The message of this field, e.g. `config.port`. */
  at(path: string): string | undefined;
}

export function fieldErrors(error: Error | null): FieldErrors {
  const fields = error instanceof ApiFailure ? (error.problem?.fields ?? []) : [];
  return { at: (path) => fields.find((field) => field.path === path)?.message };
}
