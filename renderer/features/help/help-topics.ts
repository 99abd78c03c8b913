/** The topics of help: one Markdown file per topic and language in docs/help, part of the program. */
import { useQuery } from '@tanstack/react-query';
import type { LanguageCode } from '../../language.ts';

export interface HelpTopic {
  readonly id: string;
  /** The heading of the file. */
  readonly title: string;
  /** Markdown without its heading. */
  readonly text: string;
}

/** In the order in which a new admin needs them. */
export const HELP_TOPICS = [
  'start',
  'pbx',
  'people-codes',
  'calls',
  'month-end',
  'reports',
  'schedules',
  'tariffs',
  'budgets-alerts',
  'code-rules',
  'users-privacy',
  'backup',
  'comfort',
  'trouble',
] as const;
export type HelpTopicId = (typeof HELP_TOPICS)[number];

/** The topic of a page, for its question mark; the longest beginning of the address decides. */
const TOPIC_OF_PAGE: readonly (readonly [string, HelpTopicId])[] = [
  ['/calls', 'calls'],
  ['/live', 'calls'],
  ['/lookup', 'calls'],
  ['/month', 'month-end'],
  ['/reports', 'reports'],
  ['/statements', 'schedules'],
  ['/schedules', 'schedules'],
  ['/tariffs', 'tariffs'],
  ['/policy', 'code-rules'],
  ['/codes', 'people-codes'],
  ['/budgets', 'budgets-alerts'],
  ['/alerts', 'budgets-alerts'],
  ['/people', 'people-codes'],
  ['/sources', 'pbx'],
  ['/formats', 'pbx'],
  ['/quarantine', 'trouble'],
  ['/users', 'users-privacy'],
  ['/audit', 'users-privacy'],
  ['/privacy', 'users-privacy'],
  ['/account', 'users-privacy'],
  ['/backup', 'backup'],
];

export function topicOfPage(pathname: string): HelpTopicId {
  const found = TOPIC_OF_PAGE.find(([start]) => pathname === start || pathname.startsWith(`${start}/`));
  return found === undefined ? 'start' : found[1];
}

const files = import.meta.glob<string>('../../../docs/help/*/*.md', { query: '?raw', import: 'default' });

export function topicOf(id: string, markdown: string): HelpTopic {
  const [, title = id, text = ''] = /^# (.+)\n([\s\S]*)$/.exec(markdown) ?? [];
  return { id, title, text: text.trim() };
}

async function loadTopics(language: LanguageCode): Promise<readonly HelpTopic[]> {
  const topics = HELP_TOPICS.map(async (id) => {
    const load = files[`../../../docs/help/${language}/${id}.md`];
    return load === undefined ? undefined : topicOf(id, await load());
  });
  return (await Promise.all(topics)).filter((topic) => topic !== undefined);
}

/** Loaded when they are first wanted; part of the program, so they never grow old. */
export function useHelpTopics(language: LanguageCode, isWanted = true): readonly HelpTopic[] {
  const { data } = useQuery({
    queryKey: ['help', language],
    queryFn: () => loadTopics(language),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: isWanted,
  });
  return data ?? [];
}
