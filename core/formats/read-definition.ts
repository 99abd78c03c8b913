/** A definition from outside: a file, a form, another program. What is wrong with it is said at its place, in words. */
import type { z } from 'zod';
import { problemsOf } from '../../parsers/definition/check.ts';
import type { DefinitionFile } from '../../parsers/definition/definition-file.ts';
import { createTranslate, type Language, type Translate } from '../i18n/translate.ts';
import { Definition } from './definition-schema.ts';

export interface PlacedProblem {
  /** As in `layouts.0.fields.2.at`; empty: the whole file. */
  readonly path: string;
  readonly message: string;
}
export type ReadDefinition =
  | { readonly definition: DefinitionFile; readonly problems: readonly [] }
  | { readonly definition: undefined; readonly problems: readonly PlacedProblem[] };

type Issue = z.core.$ZodIssue;

/** In a union the branch that got furthest says what is wrong. */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const branches = issue.errors.filter((errors) => errors.length > 0);
  const nearest = branches.toSorted((a, b) => a.length - b.length)[0];
  const [first] = nearest ?? [];
  return first === undefined ? issue : deepest({ ...first, path: [...issue.path, ...first.path] });
}

function wordsOf(issue: Issue, t: Translate): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return t('definition.shape.unknownKey', { keys: issue.keys.join(', ') });
    case 'invalid_value':
      return t('definition.shape.oneOf', { choices: issue.values.map(String).join(', ') });
    case 'invalid_type':
      return issue.input === undefined
        ? t('definition.shape.missing')
        : t('definition.shape.wrongType', { wanted: issue.expected });
    case 'too_big':
      return t('definition.shape.tooBig', { most: Number(issue.maximum) });
    case 'too_small':
      return t('definition.shape.tooSmall', { least: Number(issue.minimum) });
    case 'invalid_format':
      return t('definition.shape.wrongForm');
    default:
      return t('definition.shape.noKnownForm');
  }
}

/** At most this many at once: more help nobody. */
const MOST_PROBLEMS = 20;

export function readDefinition(value: unknown, language: Language): ReadDefinition {
  const t = createTranslate(language);
  const parsed = Definition.safeParse(value, { reportInput: true });
  if (!parsed.success) {
    const problems = parsed.error.issues.slice(0, MOST_PROBLEMS).map((outer) => {
      const issue = deepest(outer);
      return { path: issue.path.map(String).join('.'), message: wordsOf(issue, t) };
    });
    return { definition: undefined, problems };
  }
  const { $schema: _schema, ...definition } = parsed.data;
  const problems = problemsOf(definition);
  if (problems.length === 0) return { definition, problems: [] };
  return {
    definition: undefined,
    problems: problems
      .slice(0, MOST_PROBLEMS)
      .map(({ path, kind, values }) => ({ path, message: t(`definition.problem.${kind}`, values) })),
  };
}

/** As `readDefinition`, from the text of a file. */
export function readDefinitionText(text: string, language: Language): ReadDefinition {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {
      definition: undefined,
      problems: [{ path: '', message: createTranslate(language)('definition.notJson') }],
    };
  }
  return readDefinition(value, language);
}
