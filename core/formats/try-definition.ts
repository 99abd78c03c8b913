/** A definition tried on lines: what each gives, which characters each field took, what is left over. */
import { compileDefinition } from '../../parsers/definition/compile.ts';
import type { DefinitionFile } from '../../parsers/definition/definition-file.ts';
import { createExplainer, type ExplainedLine } from '../../parsers/definition/explain.ts';
import { parseText } from '../../parsers/parse-stream.ts';

const LINES_LIMIT = 500;

/** `bytes`: one character a byte. Empty stretches at the begin of a stream are no line. */
export function tryDefinition(file: DefinitionFile, bytes: string): readonly ExplainedLine[] {
  const explainer = createExplainer(file);
  return parseText(compileDefinition(file), {}, bytes)
    .filter(({ text }) => text !== '')
    .slice(0, LINES_LIMIT)
    .map(({ text, outcome }) => explainer.explain(text, outcome));
}

export function isUnderstood({ outcome }: Pick<ExplainedLine, 'outcome'>): boolean {
  return outcome.kind === 'call' || outcome.kind === 'part' || outcome.kind === 'noise';
}
