/** Messages of a refused form, by field. */
import { useState } from 'react';
import { ApiFailure } from './api.ts';

export interface FieldErrors {
  /** The message of this field, e.g. `config.port`. */
  at(path: string): string | undefined;
}

function valueAt(values: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], values);
}

/** The messages of fields that still have the value that was refused. */
export function fieldErrors(error: Error | null, refused: unknown, present: unknown): FieldErrors {
  const fields = error instanceof ApiFailure ? (error.problem?.fields ?? []) : [];
  return {
    at: (path) =>
      Object.is(valueAt(refused, path), valueAt(present, path))
        ? fields.find((field) => field.path === path)?.message
        : undefined,
  };
}

/** `values`: what the form holds now, with the field names of the request. */
export function useFieldErrors(error: Error | null, values: unknown): FieldErrors {
  const [refused, setRefused] = useState({ error, values });
  if (refused.error !== error) setRefused({ error, values });
  return fieldErrors(error, refused.values, values);
}
