/** What to enter in a refused field, in the reader's language: from zod's issues, or from a key of `api.field`. */
import type { z } from 'zod';
import type { Areas } from '../i18n/areas.ts';
import { english } from '../i18n/areas.ts';
import { createTranslate, type Language, type TextKey, type TextValues } from '../i18n/translate.ts';

type Keys = keyof Areas['api']['field'];
/** Key of `api.field`; plural forms count as one. */
export type FieldText = Keys extends infer K ? (K extends `${infer Base}_${'one' | 'other'}` ? Base : K) : never;

export interface FieldMessage {
  readonly path: string;
  readonly message: string;
}

export function fieldMessage(language: Language, text: FieldText, values: TextValues = {}): string {
  return createTranslate(language)(`api.field.${text}` satisfies TextKey, values);
}

function isFieldText(text: string): text is FieldText {
  return Object.hasOwn(english.api.field, text) || Object.hasOwn(english.api.field, `${text}_other`);
}

type Issue = z.core.$ZodIssue;

function boundText(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): readonly [FieldText, TextValues] {
  const isBig = issue.code === 'too_big';
  const bound = Number(isBig ? issue.maximum : issue.minimum);
  if (issue.origin === 'string') {
    if (!isBig && bound === 1) return ['required', {}];
    return [isBig ? 'maxText' : 'minText', { count: bound }];
  }
  if (issue.origin === 'array' || issue.origin === 'set' || issue.origin === 'map') {
    return [isBig ? 'maxItems' : 'minItems', { count: bound }];
  }
  // An exclusive bound of whole numbers (positive: more than 0) reads better as the first number that is allowed.
  const isExclusive = issue.inclusive === false;
  return isBig
    ? ['maxNumber', { high: isExclusive ? bound - 1 : bound }]
    : ['minNumber', { low: isExclusive ? bound + 1 : bound }];
}

const TYPE_TEXTS: Readonly<Record<string, FieldText>> = {
  string: 'text',
  number: 'number',
  int: 'wholeNumber',
  boolean: 'yesNo',
  array: 'list',
  object: 'group',
  record: 'group',
};

function textOf(issue: Issue): readonly [FieldText, TextValues] {
  if (isFieldText(issue.message)) return [issue.message, {}];
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined || issue.input === null) return ['required', {}];
      return [TYPE_TEXTS[issue.expected] ?? 'invalid', {}];
    case 'too_big':
    case 'too_small':
      return boundText(issue);
    case 'invalid_format':
      return [issue.format === 'email' ? 'email' : 'invalid', {}];
    case 'invalid_value':
      return ['oneOf', { choices: issue.values.map(String).join(', ') }];
    case 'invalid_union':
    case 'unrecognized_keys':
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return ['invalid', {}];
  }
}

/** One message a path; the first issue of a path is the one shown. Parse with `reportInput: true`. */
export function fieldMessages(issues: readonly Issue[], language: Language): FieldMessage[] {
  const messages = new Map<string, string>();
  for (const issue of issues) {
    const path = issue.path.map(String).join('.');
    const [text, values] = textOf(issue);
    if (!messages.has(path)) messages.set(path, fieldMessage(language, text, values));
  }
  return [...messages].map(([path, message]) => ({ path, message }));
}
