/** Who did it: somebody who signed in by name is that name; the owner of this computer types one. */
import type { Language } from '../i18n/translate.ts';
import type { Viewer } from '../model/access.ts';
import { InvalidInput } from './problem.ts';

/** Throws InvalidInput at `by` where nobody is named. */
export function actorOf(viewer: Pick<Viewer, 'name'>, typed: string, language: Language): string {
  const name = viewer.name === '' ? typed.trim() : viewer.name;
  if (name === '') throw InvalidInput.of('by', 'required', language);
  return name;
}

const hasActor = (body: unknown): body is { readonly by: string } =>
  typeof body === 'object' && body !== null && 'by' in body && typeof body.by === 'string';

/** Every body that says who does it (`actor` in the contract), whatever was typed there. */
export function withActor(body: unknown, viewer: Pick<Viewer, 'name'>, language: Language): unknown {
  return hasActor(body) ? { ...body, by: actorOf(viewer, body.by, language) } : body;
}
