/** What the search field offers: answers of the service, pages, settings and help, as one list in groups. */
import type { TFunction } from 'i18next';
import type { Permission } from '../../../core/model/access.ts';
import { ranked } from '../../../core/model/search-rank.ts';
import type { Result } from '../../api.ts';
import { DESTINATION_GROUPS } from '../../layout/destinations.ts';
import type { Viewing } from '../../viewer.ts';
import { callsPath } from '../calls/call-filter.ts';
import type { HelpTopic } from '../help/help-topics.ts';

export interface SearchItem {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly to: string;
  /** The label of the field on that page that is meant. */
  readonly fieldLabel?: string;
}

export const SEARCH_GROUPS = ['people', 'values', 'numbers', 'departments', 'pages', 'settings', 'help'] as const;
export type SearchGroupKey = (typeof SEARCH_GROUPS)[number];

export interface SearchGroup {
  readonly key: SearchGroupKey;
  readonly items: readonly SearchItem[];
}

type Texts = TFunction<['comfort', 'app', 'settings']>;

interface InnerPage {
  readonly to: string;
  readonly key: string;
  readonly access: Permission;
}

/** Pages that are reached from within another. */
const INNER_PAGES = [
  { to: '/tariffs/test', key: 'testCall', access: 'read-prices' },
  { to: '/tariffs/import', key: 'importPrices', access: 'change-prices' },
  { to: '/tariffs/rerate', key: 'rerate', access: 'change-prices' },
  { to: '/tariffs/compare', key: 'comparePrices', access: 'read-prices' },
  { to: '/codes/renewal', key: 'renewal', access: 'change-people' },
  { to: '/codes/slips', key: 'slips', access: 'change-people' },
  { to: '/policy/work-order', key: 'workOrder', access: 'read-rules' },
  { to: '/alerts/settings', key: 'alertSettings', access: 'change-rules' },
  { to: '/formats/editor', key: 'formatEditor', access: 'change-sources' },
  { to: '/first-week', key: 'firstWeek', access: 'administer' },
  { to: '/start', key: 'wizard', access: 'administer' },
] as const satisfies readonly InnerPage[];

const SETTINGS = [
  'companyName',
  'language',
  'timeZone',
  'outsideDigits',
  'countryCode',
  'areaCode',
  'carrierCodes',
  'extensionMaxDigits',
  'extensionRanges',
  'officeDays',
  'quietMinutes',
  'showCodes',
] as const;

const PER_GROUP = 6;

export function pageItems(t: Texts, viewer: Viewing): readonly SearchItem[] {
  const item = (to: string, title: string): SearchItem => ({ id: `page${to}`, title, note: '', to });
  return [
    ...DESTINATION_GROUPS.flatMap(({ pages }) =>
      pages.filter(({ access }) => viewer.may(access)).map(({ to, key }) => item(to, t(`app:nav.${key}`))),
    ),
    ...INNER_PAGES.filter(({ access }) => viewer.may(access)).map(({ to, key }) => item(to, t(`page.${key}`))),
  ];
}

function settingItems(t: Texts, viewer: Viewing): readonly SearchItem[] {
  if (!viewer.may('administer')) return [];
  return SETTINGS.map((name) => {
    const title = t(`settings:field.${name}`);
    return { id: `setting-${name}`, title, note: t('app:nav.settings'), to: '/settings', fieldLabel: title };
  });
}

function helpItems(query: string, topics: readonly HelpTopic[]): readonly SearchItem[] {
  return ranked(topics, query, ({ title, text }) => [title, text]).map(({ id, title }) => ({
    id: `help-${id}`,
    title,
    note: '',
    to: `/help/${id}`,
  }));
}

const joined = (...parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null && part !== '').join(' · ');

/** What the service found, as places to go to: those who may not open the people go to the calls. */
function answerGroups(t: Texts, viewer: Viewing, answer: Result<'search'> | undefined): readonly SearchGroup[] {
  if (answer === undefined) return [];
  const personPath = (id: number): string =>
    viewer.may('read-people') ? `/people?person=${id}` : callsPath({ personId: id });
  return [
    {
      key: 'people',
      items: answer.people.map(({ id, name, employeeNumber, departmentName }) => ({
        id: `person-${id}`,
        title: name,
        note: joined(employeeNumber, departmentName),
        to: personPath(id),
      })),
    },
    {
      key: 'values',
      items: answer.values.map(({ kind, value, lastValue, personId, personName, isPresent }) => ({
        id: `${kind}-${value}-${personId}`,
        title: lastValue === null ? value : `${value}–${lastValue}`,
        note: joined(t(`search.${kind}`), personName, isPresent ? '' : t('search.past')),
        to: personPath(personId),
      })),
    },
    {
      key: 'numbers',
      items: answer.numbers.map(({ number, digits, calls }) => ({
        id: `number-${number}`,
        title: number,
        note: t('search.calls', { count: calls }),
        to: callsPath({ number: digits }),
      })),
    },
    {
      key: 'departments',
      items: answer.departments.map(({ id, name, code }) => ({
        id: `department-${id}`,
        title: name,
        note: code ?? '',
        to: callsPath({ departmentId: id }),
      })),
    },
  ];
}

/** Nothing typed yet: the pages. */
export function searchGroups(
  t: Texts,
  viewer: Viewing,
  query: string,
  answer: Result<'search'> | undefined,
  topics: readonly HelpTopic[],
): readonly SearchGroup[] {
  const titles = ({ title }: SearchItem): readonly string[] => [title];
  if (query === '') return [{ key: 'pages', items: pageItems(t, viewer) }];
  return [
    ...answerGroups(t, viewer, answer),
    { key: 'pages' as const, items: ranked(pageItems(t, viewer), query, titles).slice(0, PER_GROUP) },
    { key: 'settings' as const, items: ranked(settingItems(t, viewer), query, titles).slice(0, PER_GROUP) },
    { key: 'help' as const, items: helpItems(query, topics).slice(0, PER_GROUP) },
  ].filter(({ items }) => items.length > 0);
}
