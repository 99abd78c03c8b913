import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.join(import.meta.dirname, '..', '..', 'core', 'i18n');
const PLURAL = /_(zero|one|two|few|many|other)$/;

type Tree = { readonly [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') texts.set(prefix + key, value);
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) texts.set(inner, text);
  }
  return texts;
}

const areasOf = (language: string): string[] =>
  readdirSync(path.join(ROOT, language))
    .filter((file) => file.endsWith('.json'))
    .sort();

const textsOf = (language: string, area: string): Map<string, string> =>
  flatten(JSON.parse(readFileSync(path.join(ROOT, language, area), 'utf8')) as Tree);

const placeholders = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1] ?? ''))].sort();

/** Base keys, with all placeholders that the plural forms of each use. */
function shapeOf(texts: ReadonlyMap<string, string>): Map<string, string[]> {
  const shape = new Map<string, string[]>();
  for (const [key, text] of texts) {
    const base = key.replace(PLURAL, '');
    shape.set(base, [...new Set([...(shape.get(base) ?? []), ...placeholders(text)])].sort());
  }
  return shape;
}

function differences(en: ReadonlyMap<string, string>, vi: ReadonlyMap<string, string>): string[] {
  const [english, vietnamese] = [shapeOf(en), shapeOf(vi)];
  const found: string[] = [];
  for (const [key, names] of english) {
    const other = vietnamese.get(key);
    if (other === undefined) found.push(`${key} is missing in vi`);
    else if (other.join() !== names.join()) found.push(`${key} has placeholders ${names} in en and ${other} in vi`);
  }
  for (const key of vietnamese.keys()) if (!english.has(key)) found.push(`${key} is missing in en`);
  return found;
}

/** Each language has the plural forms that it needs: `_one` and `_other` in English, `_other` in Vietnamese. */
function wrongPlurals(texts: ReadonlyMap<string, string>, language: string): string[] {
  const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const forms = new Map<string, string[]>();
  for (const key of texts.keys()) {
    const form = PLURAL.exec(key)?.[1];
    if (form === undefined) continue;
    const base = key.replace(PLURAL, '');
    forms.set(base, [...(forms.get(base) ?? []), form]);
  }
  return [...forms].filter(([, have]) => !needed.every((form) => have.includes(form))).map(([base]) => base);
}

/** Words that are the same in both languages: names, abbreviations, units, and what is typed as it is. */
const SHARED_WORDS = new Set(
  `tollbook pbx pdf csv xlsx json smdr cdr ami tcp ip ipv4 cidr id excel sqlite usb com rts cts xon xoff tls http https url
  utc vnd usd byte bytes kb mb gb s email e-mail ok ns kx panasonic avaya asterisk ericsson-lg ericsson lg office linux
  windows macos chromium chrome edge electron node pin sim am pm sip voip demo baud bit hh mm ss yyyy-mm yyyy-mm-dd
  dd mm yyyy dmy mdy ymd ydm md dm none hex latin1 utf-8 vi en tieng viet english tiếng việt live enter esc ctrl k
  mysql mariadb postgresql sftp ssh mib kib pem mitel nec syslog udp bearer oauth2
  mark space com3 dev ttyusb0`.split(/\s+/),
);

/** Words of a text that could be of a language: no placeholders, digits or signs. */
function words(text: string): string[] {
  return text
    .replace(/\{\{[^}]*\}\}/g, ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\d-]+/u)
    .filter((word) => /\p{L}/u.test(word) && !SHARED_WORDS.has(word));
}

function untranslated(en: ReadonlyMap<string, string>, vi: ReadonlyMap<string, string>): string[] {
  return [...vi]
    .filter(([key, text]) => text === en.get(key) && words(text).length > 0)
    .map(([key, text]) => `${key}: ${text}`);
}

const areas = areasOf('en');

describe('the texts', () => {
  it('have the same areas in both languages', () => {
    expect(areasOf('vi')).toEqual(areas);
    expect(areas.length).toBeGreaterThanOrEqual(8);
  });

  it.each(areas)('of %s have the same keys and placeholders in both languages', (area) => {
    expect(differences(textsOf('en', area), textsOf('vi', area))).toEqual([]);
  });

  it.each(areas)('of %s have the plural forms of their language', (area) => {
    expect(wrongPlurals(textsOf('en', area), 'en')).toEqual([]);
    expect(wrongPlurals(textsOf('vi', area), 'vi')).toEqual([]);
  });

  it.each(areas)('of %s are not empty, and no Vietnamese one is still English', (area) => {
    const [en, vi] = [textsOf('en', area), textsOf('vi', area)];
    expect(en.size).toBeGreaterThan(0);
    for (const texts of [en, vi]) for (const [key, text] of texts) expect(text.trim(), key).not.toBe('');
    expect(untranslated(en, vi)).toEqual([]);
  });

  it.each(areas)('of %s never speak of themselves as we', (area) => {
    const spoken = [...textsOf('en', area)].filter(([, text]) => /\b(we|our|us|I)\b/.test(text)).map(([key]) => key);
    const vietnamese = [...textsOf('vi', area)]
      .filter(([, text]) => /chúng tôi|chúng ta/i.test(text))
      .map(([key]) => key);
    expect([...spoken, ...vietnamese]).toEqual([]);
  });
});

describe('the checks of the texts', () => {
  it('find a missing key, a wrong placeholder, a wrong plural and an untranslated text', () => {
    const en = new Map([
      ['a', 'Save {{name}}'],
      ['b', 'Close'],
      ['n_one', '{{count}} call'],
      ['n_other', '{{count}} calls'],
    ]);
    const vi = new Map([
      ['a', 'Lưu {{ten}}'],
      ['n_one', '{{count}} cuộc gọi'],
      ['c', 'Đóng'],
    ]);
    expect(differences(en, vi)).toEqual([
      'a has placeholders name in en and ten in vi',
      'b is missing in vi',
      'c is missing in en',
    ]);
    expect(wrongPlurals(vi, 'vi')).toEqual(['n']);
    expect(untranslated(en, new Map([['b', 'Close']]))).toEqual(['b: Close']);
    expect(untranslated(new Map([['x', 'PBX {{id}}']]), new Map([['x', 'PBX {{id}}']]))).toEqual([]);
  });
});
