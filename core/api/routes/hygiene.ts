/** What is wrong with codes and their use, with words; and the codes themselves. */
import { createHmac, randomBytes } from 'node:crypto';
import { FINDING_KINDS, type FindingKind } from '../../model/code-finding.ts';
import type { MaskCode } from '../../model/masking.ts';
import { ALWAYS_FROM, ALWAYS_TO } from '../../model/people.ts';
import { localText } from '../../model/time.ts';
import type { Finding } from '../../policy/hygiene/finding.ts';
import { findingWords, shownReasons, type WordContext } from '../../reports/hygiene-words.ts';
import type { AssignmentRow } from '../../store/assignments.ts';
import { lastUseOf, storeHygieneSettings } from '../../store/hygiene.ts';
import { callOf } from '../call-view.ts';
import type { CodeFinding, Hygiene, HygieneSettings, ListedCode } from '../contract.ts';
import { type HygieneRun, HygieneRuns, readHygieneSettings } from '../hygiene-runs.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';
import { siteToday } from '../site-today.ts';

type HygieneRoutes =
  | 'getHygiene'
  | 'listHygieneCodes'
  | 'listHygieneCalls'
  | 'getHygieneSettings'
  | 'putHygieneSettings';

const SHOWN_OF_KIND = 300;
const MISTYPES_SHOWN = 50;
const ID_LENGTH = 16;

export function hygieneRoutes(parts: ApiParts): Pick<Handlers, HygieneRoutes> {
  const { deps, calls, sources } = parts;
  const { db } = deps;
  const runs = new HygieneRuns(db, deps.nowMs);
  // Short codes could be found again from an id made without a secret.
  const secret = randomBytes(32);
  const idOf = (finding: Finding): string => {
    const { kind, code, telephone, personId, related } = finding;
    const subject = JSON.stringify([kind, code, telephone, personId, code === null ? related : []]);
    return createHmac('sha256', secret).update(subject).digest('hex').slice(0, ID_LENGTH);
  };

  return {
    getHygiene: async ({ query: { from, to }, language }) => {
      const run = await runs.run(from, to, siteToday(parts));
      const names = new Map(sources.list().map((source) => [source.id, source.name]));
      const context: WordContext = {
        language,
        mask: parts.mask(),
        personName: (personId) => (personId === null ? undefined : run.people.get(personId)?.name),
        sourceName: (sourceId) => names.get(sourceId) ?? `#${sourceId}`,
      };
      const { counts, shown } = shownFindings(run.result.findings);
      return {
        from,
        to,
        madeAtMs: run.madeAtMs,
        codedCalls: run.result.codedCalls,
        findings: shown.map((finding) => findingOf(finding, idOf(finding), run, context)),
        shownOfKind: SHOWN_OF_KIND,
        counts,
        mistypes: mistypesOf(run, context),
        unlistedCalls: run.result.unlistedCalls,
      } satisfies Hygiene;
    },
    listHygieneCodes: async ({ query: { from, to } }) => {
      const run = await runs.run(from, to, siteToday(parts));
      const { idleDays } = readHygieneSettings(db);
      const mask = parts.mask();
      return [...run.people.values()].flatMap((person) =>
        person.assignments
          .filter((row) => row.kind === 'code')
          .map((row) => listedCode(row, run, { mask, idleDays, lastUsed: lastUseOf(db, row) })),
      );
    },
    listHygieneCalls: ({ query: { ids }, language }) => {
      const mask = parts.mask();
      return ids
        .split(',')
        .flatMap((id) => calls.get(Number(id)) ?? [])
        .sort((a, b) => b.startLocalS - a.startLocalS)
        .map((call) => callOf(call, mask, language));
    },
    getHygieneSettings: () => settingsOf(parts),
    putHygieneSettings: ({ body }) => {
      storeHygieneSettings(db, { ...settingsOf(parts), ...body });
      parts.changed('settings');
      return settingsOf(parts);
    },
  };
}

function settingsOf({ deps }: ApiParts): HygieneSettings {
  const { places, ...settings } = readHygieneSettings(deps.db);
  return { ...settings, places: { ...places } };
}

function shownFindings(findings: readonly Finding[]): { counts: Hygiene['counts']; shown: Finding[] } {
  const counts = new Map<FindingKind, number>();
  const shown = findings.filter(({ kind }) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count <= SHOWN_OF_KIND;
  });
  const present = FINDING_KINDS.filter((kind) => counts.has(kind));
  return { counts: present.map((kind) => ({ kind, findings: counts.get(kind) ?? 0 })), shown };
}

function findingOf(finding: Finding, id: string, run: HygieneRun, context: WordContext): CodeFinding {
  const { evidence, telephone, personId } = finding;
  const { mask, personName } = context;
  const person = personId === null ? undefined : run.people.get(personId);
  return {
    id,
    kind: finding.kind,
    severity: finding.severity,
    isLikely: finding.isLikely,
    ...findingWords(finding, context),
    code: finding.code === null ? null : mask(finding.code),
    sourceId: telephone?.sourceId ?? null,
    extension: telephone?.extension ?? null,
    personId,
    personName: person?.name ?? null,
    departmentName: person?.departmentName ?? null,
    related: finding.related.map((one) => ({
      code: mask(one.code),
      personId: one.personId,
      personName: personName(one.personId) ?? '',
    })),
    weakReasons: [...shownReasons(finding, mask)],
    values: { ...finding.values },
    calls: evidence.calls,
    firstLocal: evidence.firstLocalS === null ? null : localText(evidence.firstLocalS),
    lastLocal: evidence.lastLocalS === null ? null : localText(evidence.lastLocalS),
    callIds: [...evidence.callIds],
  };
}

function mistypesOf({ result }: HygieneRun, { mask, personName }: WordContext): Hygiene['mistypes'] {
  const { total, telephones, codes } = result.mistypes;
  return {
    total,
    telephones: telephones.slice(0, MISTYPES_SHOWN).map((one) => ({ ...one })),
    codes: codes.slice(0, MISTYPES_SHOWN).map(({ code, personId, mistypes }) => ({
      code: mask(code),
      personId,
      personName: personName(personId) ?? '',
      mistypes,
    })),
  };
}

interface ListContext {
  readonly mask: MaskCode;
  readonly idleDays: number;
  readonly lastUsed: number | null;
}

const SECONDS_PER_DAY = 86_400;

function listedCode(row: AssignmentRow, run: HygieneRun, { mask, idleDays, lastUsed }: ListContext): ListedCode {
  const person = run.people.get(row.personId);
  const use = run.result.usage.of(row.value);
  return {
    assignmentId: row.id,
    code: row.lastValue === null ? mask(row.value) : `${mask(row.value)}–${mask(row.lastValue)}`,
    personId: row.personId,
    personName: person?.name ?? '',
    departmentName: person?.departmentName ?? null,
    validFrom: row.validFrom === ALWAYS_FROM ? null : row.validFrom,
    validTo: row.validTo === ALWAYS_TO ? null : row.validTo,
    lastUsed: lastUsed === null ? null : localText(lastUsed),
    calls: use?.calls ?? 0,
    telephones: use?.telephones ?? 0,
    state: stateOf(row, run, idleDays, lastUsed),
  };
}

function stateOf(row: AssignmentRow, run: HygieneRun, idleDays: number, lastUsed: number | null): ListedCode['state'] {
  const { today, people } = run;
  const lastDay = people.get(row.personId)?.activeTo ?? null;
  if (row.validTo <= today) return 'ended';
  if (row.validFrom > today) return 'waiting';
  if (lastDay !== null && lastDay < today) return 'left';
  if (lastUsed === null) return 'unused';
  const todayS = Date.parse(`${today}T00:00:00Z`) / 1000;
  return todayS - lastUsed >= idleDays * SECONDS_PER_DAY ? 'idle' : 'used';
}
