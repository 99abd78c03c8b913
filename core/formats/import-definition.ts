/** A definition from a file: Tollbook's own JSON, or a description that another call logger uses, as far as it is simple. */
import type { DefinitionFile } from '../../parsers/definition/definition-file.ts';
import { createTranslate, type Language } from '../i18n/translate.ts';
import { importColumns } from './import-columns.ts';
import { importTim } from './import-tim.ts';
import { type PlacedProblem, readDefinitionText } from './read-definition.ts';

export interface ImportedDefinition {
  readonly definition: DefinitionFile | undefined;
  readonly problems: readonly PlacedProblem[];
  /** What was not understood or must be checked, in words. */
  readonly notes: readonly string[];
}

export function importDefinition(bytes: Buffer, language: Language): ImportedDefinition {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  if (text.trimStart().startsWith('{')) return { ...readDefinitionText(text, language), notes: [] };
  const t = createTranslate(language);
  const found = importTim(text, t) ?? importColumns(text, t);
  if (found !== undefined) return { definition: found.definition, problems: [], notes: found.notes };
  return { definition: undefined, problems: [{ path: '', message: t('definition.import.unknownKind') }], notes: [] };
}
