/** The code rules of today, and the codes, in the form that a PBX takes. */
import path from 'node:path';
import { createTranslate, type Language } from '../i18n/translate.ts';
import { numberingSiteOf } from '../ingest/load-booker.ts';
import { policySiteOf } from '../ingest/load-judge.ts';
import { numberingPlanOf } from '../ingest/numbering-files.ts';
import { type CodePolicy, OPEN_POLICY } from '../model/code-policy.ts';
import type { MaskCode } from '../model/masking.ts';
import { dayOf } from '../model/office-calendar.ts';
import type { PbxSheetKind, SheetLimit } from '../model/pbx-requests.ts';
import { type LocalDay, localSecondsOfDay } from '../model/time.ts';
import { builtInPlan } from '../numbering/plan.ts';
import { asteriskSheet, type SheetFile } from '../policy/pbx-sheets/asterisk.ts';
import { codeTables, type SheetCell, type SheetTable, type TableKind } from '../policy/pbx-sheets/code-table.ts';
import { numberPatterns } from '../policy/pbx-sheets/number-patterns.ts';
import { isAlways, type SheetCode, type SheetCodes, sheetCodes } from '../policy/pbx-sheets/sheet-codes.ts';
import { RightTable } from '../policy/rights.ts';
import { listAssignments } from '../store/assignments.ts';
import { listPeople } from '../store/people.ts';
import { policiesInUse } from '../store/policies.ts';
import type { PbxSheet } from './contract.ts';
import type { ApiParts } from './parts.ts';
import { siteToday } from './site-today.ts';

interface SheetQuery {
  readonly kind: PbxSheetKind;
  readonly sourceId?: number | undefined;
}

/** `mask` decides whether the codes stand in it in full. */
export function pbxSheetOf(parts: ApiParts, query: SheetQuery, mask: MaskCode, language: Language): PbxSheet {
  const { kind } = query;
  const day = siteToday(parts);
  const policy = policiesInUse(parts.deps.db).findLast(({ validFrom }) => validFrom <= day)?.policy ?? OPEN_POLICY;
  const { codes, leftOut } = codesOf(parts, policy, day);
  const made =
    kind === 'panasonic' || kind === 'avaya-ip-office'
      ? tableSheet(kind, policy, codes, mask, language)
      : fileSheet(parts, query, policy, codes, mask, day);
  const limits: SheetLimit[] = leftOut > 0 ? [...made.limits, 'ranges-left-out'] : [...made.limits];
  return { kind, day, codes: codes.length, ...made, files: made.files.map((file) => ({ ...file })), limits };
}

type MadeSheet = Pick<PbxSheet, 'codeTable' | 'classTable'> & {
  readonly files: readonly SheetFile[];
  readonly limits: readonly SheetLimit[];
};

/** The codes that somebody has on that day, with the right that judging finds for them. */
function codesOf({ deps }: ApiParts, policy: CodePolicy, day: LocalDay): SheetCodes {
  const { db } = deps;
  const { isHoliday, parentOf } = policySiteOf(db);
  const table = new RightTable(policy, isHoliday, parentOf);
  const rights = new Map(policy.rights.map((right) => [right.id, right]));
  const people = new Map(listPeople(db, day).map((person) => [person.id, person]));
  const dayNumber = dayOf(localSecondsOfDay(day) ?? 0);
  return sheetCodes(
    listAssignments(db),
    day,
    (personId) => {
      const person = people.get(personId);
      return { name: person?.name ?? '', departmentId: person?.departmentId ?? undefined };
    },
    (code, personId, departmentId) => {
      const right = table.rightOn({ code, personId, departmentId }, dayNumber);
      return right === undefined ? undefined : rights.get(right.id);
    },
  );
}

function fileSheet(
  { deps, settings }: ApiParts,
  { kind, sourceId }: SheetQuery,
  policy: CodePolicy,
  codes: readonly SheetCode[],
  write: MaskCode,
  day: LocalDay,
): MadeSheet {
  const { db } = deps;
  const plan = db.memory ? builtInPlan() : numberingPlanOf(path.dirname(db.name)).plan;
  const site = numberingSiteOf(settings.get(), plan);
  const { files, limits } = asteriskSheet({
    day,
    policy,
    sourceId,
    codes,
    numbers: numberPatterns(site, plan, day),
    outsideDigits: site.outsideDigits,
    store: kind === 'asterisk-database' ? 'database' : 'file',
    write,
  });
  return { files, limits, codeTable: null, classTable: null };
}

function tableSheet(
  kind: TableKind,
  policy: CodePolicy,
  codes: readonly SheetCode[],
  mask: MaskCode,
  language: Language,
): MadeSheet {
  const t = createTranslate(language);
  const cell = (value: SheetCell): string => (typeof value === 'string' ? value : t(`policy.sheet.word.${value.word}`));
  const shown = ({ headings, rows }: SheetTable) => ({
    headings: headings.map((heading) => t(`policy.sheet.heading.${heading}`)),
    rows: rows.map((row) => row.map(cell)),
  });
  const tables = codeTables(
    kind,
    policy,
    codes.map((code) => ({ ...code, code: mask(code.code) })),
  );
  const [codeTable, classTable] = [shown(tables.codes), shown(tables.classes)];
  const hasHours = policy.rights.some(({ hours }) => !hours.every(isAlways));
  return {
    files: [
      { name: `${kind}-codes.csv`, text: csvOf(codeTable), hasCodes: true },
      { name: `${kind}-classes.csv`, text: csvOf(classTable), hasCodes: false },
    ],
    limits: [
      ...(hasHours ? (['hours-by-hand'] as const) : []),
      ...(kind === 'panasonic' ? (['printed-id'] as const) : []),
    ],
    codeTable,
    classTable,
  };
}

/** For spreadsheets: a code keeps its zeros as text, and nothing typed by a person is taken for a formula. */
function csvOf({
  headings,
  rows,
}: {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}): string {
  const quoted = (text: string): string =>
    `"${(/^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  return `\ufeff${[headings, ...rows].map((row) => `${row.map(quoted).join(',')}\r\n`).join('')}`;
}
