/** Messages of a refused form, by field. */
import { ApiFailure } from './api.ts';

export interface FieldErrors {
  /** The message of this field, e.g. `config.port`. */
  at(path: string): string | undefined;
  /** A refusal that names no field, or fields that this form does not show. */
  rest(shown: readonly string[]): string | undefined;
}

export function fieldErrors(error: Error | null): FieldErrors {
  const problem = error instanceof ApiFailure ? error.problem : undefined;
  const fields = problem?.fields ?? [];
  return {
    at: (path) => fields.find((field) => field.path === path || field.path === `body.${path}`)?.message,
    rest: (shown) => {
      if (problem === undefined) return undefined;
      const hidden = fields.filter((field) => !shown.includes(field.path.replace(/^body\./, '')));
      if (fields.length === 0) return problem.title;
      return hidden.length === 0 ? undefined : hidden.map((field) => field.message).join(' ');
    },
  };
}
