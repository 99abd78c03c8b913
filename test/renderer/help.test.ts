import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { HELP_TOPICS, topicOf, topicOfPage } from '../../renderer/features/help/help-topics.ts';
import { DESTINATION_GROUPS } from '../../renderer/layout/destinations.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const LANGUAGES = ['en', 'vi'] as const;

const fileOf = (language: string, id: string): string =>
  readFileSync(path.join(ROOT, 'docs/help', language, `${id}.md`), 'utf8');

const linksOf = (text: string): string[] => [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, to = '']) => to);
const shapeOf = (text: string): string[] =>
  text.split('\n').flatMap((line) => /^(#+|\d+\.|-|\|)/.exec(line)?.[1] ?? []);

describe.each(LANGUAGES)('help in %s', (language) => {
  test('has every topic with a title, and no other file', () => {
    const files = readdirSync(path.join(ROOT, 'docs/help', language)).map((name) => name.replace(/\.md$/, ''));
    expect(files.sort()).toEqual([...HELP_TOPICS].sort());
    for (const id of HELP_TOPICS) {
      const { title, text } = topicOf(id, fileOf(language, id));
      expect(title, id).not.toBe(id);
      expect(text.length, id).toBeGreaterThan(300);
    }
  });

  test('links to pages and topics that there are', () => {
    const routes = readFileSync(path.join(ROOT, 'renderer/routes.tsx'), 'utf8');
    const menu = new Set<string>(DESTINATION_GROUPS.flatMap(({ pages }) => pages.map(({ to }) => to)));
    const isThere = (to: string): boolean => {
      const topic = /^([\w-]+)\.md$/.exec(to)?.[1];
      if (topic !== undefined) return HELP_TOPICS.some((id) => id === topic);
      return menu.has(to) || routes.includes(`'${to.slice(1)}'`) || routes.includes(`'${to}'`);
    };
    const lost = HELP_TOPICS.flatMap((id) => linksOf(fileOf(language, id)).filter((to) => !isThere(to)));
    expect(lost).toEqual([]);
  });
});

test('both languages say the same: headings, lists, tables and links agree', () => {
  for (const id of HELP_TOPICS) {
    expect(shapeOf(fileOf('vi', id)), id).toEqual(shapeOf(fileOf('en', id)));
    expect(linksOf(fileOf('vi', id)), id).toEqual(linksOf(fileOf('en', id)));
  }
});

test('the question mark of a page leads to its topic', () => {
  expect(topicOfPage('/sources/3/reread')).toBe('pbx');
  expect(topicOfPage('/tariffs/rerate')).toBe('tariffs');
  expect(topicOfPage('/')).toBe('start');
  expect(topicOfPage('/callsign')).toBe('start');
});
