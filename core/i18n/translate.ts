/**
 * Texts in Vietnamese and English, in i18next's file format: nested keys, `{{value}}` placeholders, plural forms as
 * `key_one` and `key_other` chosen by the value `count`. Pure: the files are imported, nothing is read at run time.
 */
import { type Areas, english, vietnamese } from './areas.ts';

export const LANGUAGES = ['vi', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export type TextValues = Readonly<Record<string, string | number>>;

type Singular<K extends string> = K extends `${infer Base}_${'zero' | 'one' | 'two' | 'few' | 'many' | 'other'}`
  ? Base
  : K;
type Leaves<T> = {
  [K in keyof T & string]: T[K] extends string ? Singular<K> : `${K}.${Leaves<T[K]>}`;
}[keyof T & string];

/** `area.key.key` of every English text; plural forms count as one key. */
export type TextKey = Leaves<Areas>;

export type Translate = (key: TextKey, values?: TextValues) => string;

type Tree = { readonly [key: string]: string | Tree };

const TREES: Record<Language, Tree> = { en: english, vi: vietnamese };

/** The text at a dotted path; undefined for none and for a whole branch. */
function textAt(tree: Tree, key: string): string | undefined {
  let node: string | Tree | undefined = tree;
  for (const part of key.split('.')) {
    if (node === undefined || typeof node === 'string' || !Object.hasOwn(node, part)) return undefined;
    node = node[part];
  }
  return typeof node === 'string' ? node : undefined;
}

/** Replaces `{{name}}`; a placeholder without a value stays visible, so that the mistake is seen. */
function fill(text: string, values: TextValues): string {
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}

function find(language: Language, key: string, values: TextValues): string | undefined {
  const tree = TREES[language];
  const count = values['count'];
  if (typeof count === 'number') {
    const plural = textAt(tree, `${key}_${new Intl.PluralRules(language).select(count)}`);
    if (plural !== undefined) return plural;
  }
  return textAt(tree, key) ?? textAt(tree, `${key}_other`);
}

/** Falls back to English, then to the key itself. */
export function createTranslate(language: Language): Translate {
  return (key, values = {}) => fill(find(language, key, values) ?? find('en', key, values) ?? key, values);
}

/** For keys that come from data (a stored reason, another program's word): undefined where no text is known. */
export function translateIfKnown(language: Language, key: string, values: TextValues = {}): string | undefined {
  const text = find(language, key, values) ?? find('en', key, values);
  return text === undefined ? undefined : fill(text, values);
}

/** The first supported language of an Accept-Language header, by its weights; undefined when it names none. */
export function languageFromHeader(header: string | null | undefined): Language | undefined {
  if (header === null || header === undefined) return undefined;
  const wanted = header
    .split(',')
    .map((part, index) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const q = parameters.map((p) => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find((value) => value !== undefined);
      return { tag: tag.split('-')[0] ?? '', weight: q === undefined ? 1 : Number(q), index };
    })
    .filter((entry) => entry.weight > 0)
    .sort((a, b) => b.weight - a.weight || a.index - b.index);
  for (const { tag } of wanted) {
    const language = LANGUAGES.find((known) => known === tag);
    if (language !== undefined) return language;
  }
  return undefined;
}
