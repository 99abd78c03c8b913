/** Who has answered what about the statements of a month, for the page and as a table. */
import { createFormats } from '../i18n/format.ts';
import { createTranslate, type Language } from '../i18n/translate.ts';
import type { Scope } from '../model/access.ts';
import { dayNumber } from '../schedules/due-runs.ts';
import { lastMonth, rangeOfMonth } from '../schedules/period.ts';
import { dayWords } from '../schedules/words.ts';
import { StatementPeople } from '../store/statement-people.ts';
import { StatementStore } from '../store/statements.ts';
import { moneyOf } from './call-view.ts';
import type { Statement, StatementMonth } from './contract.ts';
import type { ApiParts } from './parts.ts';
import { siteToday } from './site-today.ts';

/** Without a month: the one that is over. */
export function statementMonth(
  parts: ApiParts,
  chosen: string | undefined,
  scope: Scope,
): Omit<StatementMonth, 'canMail' | 'links'> {
  const { db } = parts.deps;
  const month = chosen ?? lastMonth(dayNumber(siteToday(parts)));
  const people = new StatementPeople(db);
  const calls = people.callsOf(month, scope);
  const statements = new StatementStore(db).ofMonth(month);
  return {
    month,
    isClosed: parts.month.isClosed(month),
    months: [...parts.month.months()],
    people: people.of([...calls.keys()], rangeOfMonth(month).to).map(({ password, ...person }): Statement => {
      const statement = statements.get(person.personId);
      const sums = calls.get(person.personId);
      return {
        ...person,
        hasPassword: password !== '',
        calls: sums?.calls ?? 0,
        charges: [...(sums?.charges ?? [])].map(([currency, amountMicro]) => moneyOf({ amountMicro, currency })),
        sentAtMs: statement?.sentAtMs ?? null,
        reminders: statement?.reminders ?? 0,
        answer: statement?.answer ?? null,
        way: statement?.way ?? null,
        answeredAtMs: statement?.answeredAtMs ?? null,
        notedBy: statement?.notedBy ?? '',
        note: statement?.note ?? '',
        openDisputes: statement?.openDisputes ?? 0,
      };
    }),
  };
}

export function answersSheet({ deps }: ApiParts, people: readonly Statement[], language: Language): string[][] {
  const t = createTranslate(language);
  const formats = createFormats(language);
  const dayOf = (atMs: number | null): string => (atMs === null ? '' : dayWords(deps.db, atMs, language));
  const headings = [
    'name',
    'employeeNumber',
    'department',
    'calls',
    'charges',
    'sent',
    'answer',
    'answered',
    'way',
    'notedBy',
    'note',
    'openDisputes',
  ] as const;
  return [
    headings.map((heading) => t(`mail.answers.${heading}`)),
    ...people.map((person) => [
      person.name,
      person.employeeNumber ?? '',
      person.departmentName ?? '',
      formats.number(person.calls),
      person.charges.map(formats.money).join(' + '),
      dayOf(person.sentAtMs),
      t(`mail.answers.kind.${person.answer ?? 'none'}`),
      dayOf(person.answeredAtMs),
      person.way === null ? '' : t(`mail.answers.kind.${person.way}`),
      person.notedBy,
      person.note,
      String(person.openDisputes),
    ]),
  ];
}
