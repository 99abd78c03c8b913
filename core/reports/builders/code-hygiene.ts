/** What is wrong with personal codes: the findings of the rules over the period, worst first. */
import { FINDING_KINDS, SEVERITIES } from '../../model/code-finding.ts';
import { localDayOf } from '../../model/time.ts';
import { CodeBook } from '../../policy/hygiene/code-book.ts';
import { CodeHygiene } from '../../policy/hygiene/code-hygiene.ts';
import type { Finding } from '../../policy/hygiene/finding.ts';
import { DEFAULT_HYGIENE, type HygieneSettings } from '../../policy/hygiene/settings.ts';
import { departmentsInScope } from '../../store/call-scope.ts';
import type { Database } from '../../store/database.ts';
import { codedCalls, firstCallDay, lastUseOf, storedHygieneSettings } from '../../store/hygiene.ts';
import { listPeople, loadDirectory, type PersonRow } from '../../store/people.ts';
import { findingWords, type WordContext } from '../hygiene-words.ts';
import type { ReportContext, ReportParts } from '../report-context.ts';
import { textColumn } from './names.ts';

export function codeHygiene(context: ReportContext): ReportParts {
  const { t, db, request, names, maskCode, localSeconds } = context;
  const today = localDayOf(localSeconds(request.nowMs));
  const people = new Map(listPeople(db, today).map((one) => [one.id, one]));
  const words: WordContext = {
    language: request.language,
    mask: maskCode,
    personName: (personId) => (personId === null ? undefined : people.get(personId)?.name),
    sourceName: (sourceId) => names.sources.get(sourceId) ?? `#${sourceId}`,
  };
  const mayShow = selector(context, people);
  const findings = findingsOf(context, today, people)
    .filter(mayShow)
    .toSorted(
      (a, b) =>
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
        FINDING_KINDS.indexOf(a.kind) - FINDING_KINDS.indexOf(b.kind) ||
        b.evidence.calls - a.evidence.calls,
    );
  return {
    isLandscape: true,
    sheets: [
      {
        kind: 'table',
        id: 'findings',
        title: t('reports.name.code-hygiene'),
        columns: [
          textColumn('severity', t('reports.column.severity'), 12),
          textColumn('kind', t('reports.column.finding'), 28),
          textColumn('code', t('report.column.code'), 10),
          textColumn('person', t('report.column.person'), 22),
          textColumn('extension', t('report.column.extension'), 10),
          { key: 'calls', heading: t('report.column.calls'), type: 'integer', width: 8 },
          textColumn('text', t('reports.column.what'), 60),
          textColumn('advice', t('reports.column.advice'), 44),
        ],
        rowCount: findings.length,
        *rows() {
          for (const finding of findings) {
            const { text, advice } = findingWords(finding, words);
            yield [
              t(`reports.severity.${finding.severity}`),
              t(`hygiene.kind.${finding.kind}`),
              finding.code === null ? null : maskCode(finding.code),
              words.personName(finding.personId) ?? null,
              finding.telephone?.extension ?? null,
              finding.evidence.calls,
              text,
              advice,
            ];
          }
        },
      },
    ],
  };
}

function findingsOf(
  { db, request }: ReportContext,
  today: string,
  people: ReadonlyMap<number, PersonRow>,
): readonly Finding[] {
  const { memberships, assignments } = loadDirectory(db);
  const book = new CodeBook({ people: [...people.values()], memberships, assignments });
  const hygiene = new CodeHygiene(book, settingsOf(db));
  for (const calls of codedCalls(db, request.filter.from, request.filter.to)) {
    for (const call of calls) hygiene.add(call);
  }
  return hygiene.result({ today, firstCallDay: firstCallDay(db), lastUseOf: (row) => lastUseOf(db, row) }).findings;
}

/** Values that no longer fit are as if never set. */
function settingsOf(db: Database): HygieneSettings {
  const stored = storedHygieneSettings(db);
  if (typeof stored !== 'object' || stored === null) return DEFAULT_HYGIENE;
  const fitting = Object.entries(stored).filter(
    ([key, value]) => Object.hasOwn(DEFAULT_HYGIENE, key) && typeof value === 'number' && Number.isFinite(value),
  );
  return { ...DEFAULT_HYGIENE, ...Object.fromEntries(fitting) };
}

/** Findings that are nobody's are for readers of the whole site, where no person or department is asked for. */
function selector(
  { db, request }: ReportContext,
  people: ReadonlyMap<number, PersonRow>,
): (finding: Finding) => boolean {
  const { filter, reader } = request;
  const asked =
    filter.departmentIds.length === 0
      ? undefined
      : departmentsInScope(db, { kind: 'departments', departmentIds: filter.departmentIds });
  const seen = departmentsInScope(db, reader.scope);
  return ({ personId }) => {
    const isAnybodys = reader.scope.kind === 'all' && filter.personIds.length === 0 && asked === undefined;
    if (personId === null) return isAnybodys;
    const departmentId = people.get(personId)?.departmentId ?? 0;
    if (reader.scope.kind === 'person' ? personId !== reader.scope.personId : seen?.has(departmentId) === false) {
      return false;
    }
    if (filter.personIds.length > 0 && !filter.personIds.includes(personId)) return false;
    return asked === undefined || asked.has(departmentId);
  };
}
