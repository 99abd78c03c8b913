/** Code rules while they are edited: extensions and codes as people type them. */
import type { CodePolicy, PolicyVersion } from '../../../core/api/contract.ts';
import { OPEN_POLICY } from '../../../core/model/code-policy.ts';

export type Group = CodePolicy['groups'][number];
export type Right = CodePolicy['rights'][number];
export type Hours = Right['hours'][number];
/** `key` tells rows apart while they are edited; the service drops it. */
export type HoursDraft = Hours & { readonly key: string };
export type RightDraft = Omit<Right, 'hours'> & { readonly hours: readonly HoursDraft[] };
export type Assignment = CodePolicy['assignments'][number];
type Span = Group['extensions'][number];

/** Text fields beside the document: what is typed need not be readable yet. */
export interface GroupDraft extends Omit<Group, 'extensions'> {
  readonly key: string;
  readonly extensions: string;
}

export interface AssignmentDraft extends Omit<Assignment, 'holder'> {
  readonly kind: Assignment['holder']['kind'];
  readonly code: string;
  readonly personId: number | null;
  readonly departmentId: number | null;
}

export interface PolicyDraft {
  readonly validFrom: string | null;
  readonly note: string;
  readonly exceptions: CodePolicy['exceptions'];
  readonly groups: readonly GroupDraft[];
  readonly others: CodePolicy['others'];
  readonly rights: readonly RightDraft[];
  readonly assignments: readonly AssignmentDraft[];
}

const SPAN = /^([0-9A-Za-z*#_.•]+)(?:[-–]([0-9•]+))?$/;

/** `200-219, 305`; undefined where a part is neither a number nor a range. */
export function spansOf(text: string): Span[] | undefined {
  const spans: Span[] = [];
  for (const part of text.split(/[,;\s]+/).filter((one) => one !== '')) {
    const match = SPAN.exec(part);
    if (match === null) return undefined;
    spans.push({ first: match[1] ?? '', last: match[2] ?? null });
  }
  return spans;
}

export function spanText({ first, last }: Span): string {
  return last === null ? first : `${first}-${last}`;
}

export function newId(): string {
  return crypto.randomUUID();
}

export function draftOf(version: PolicyVersion | undefined, today: string): PolicyDraft {
  const policy = version === undefined ? structuredClone(OPEN_POLICY) : version.policy;
  return {
    validFrom: today,
    note: '',
    exceptions: policy.exceptions,
    groups: policy.groups.map((group) => ({
      ...group,
      sourceIds: [...group.sourceIds],
      withoutCode: { ...group.withoutCode, also: [...group.withoutCode.also] },
      key: newId(),
      extensions: group.extensions.map(spanText).join(', '),
    })),
    // A first set of rules begins with the plain one: everybody dials a code.
    others:
      version === undefined ? { mode: 'every-call', withoutCode: { upTo: null, also: [] } } : version.policy.others,
    rights: (version?.policy.rights ?? []).map((right) => ({
      ...right,
      hours: right.hours.map((hours) => ({ ...hours, key: newId() })),
    })),
    assignments: (version?.policy.assignments ?? []).map(({ holder, ...row }) => ({
      ...row,
      kind: holder.kind,
      code: holder.kind === 'code' ? spanText(holder) : '',
      personId: holder.kind === 'person' ? holder.personId : null,
      departmentId: holder.kind === 'department' ? holder.departmentId : null,
    })),
  };
}

/** Undefined while something typed cannot be read; the field says so. */
export function policyOf(draft: PolicyDraft): CodePolicy | undefined {
  const groups: Group[] = [];
  for (const { key: _, extensions, ...group } of draft.groups) {
    const spans = spansOf(extensions);
    if (spans === undefined) return undefined;
    groups.push({ ...group, extensions: spans });
  }
  const assignments: Assignment[] = [];
  for (const row of draft.assignments) {
    const holder = holderOf(row);
    if (holder === undefined) return undefined;
    const { id, rightId, validFrom, validTo } = row;
    assignments.push({ id, rightId, validFrom, validTo, holder });
  }
  const { exceptions, others } = draft;
  const rights = draft.rights.map(({ hours, ...right }) => ({
    ...right,
    hours: hours.map(({ key: _, ...one }) => one),
  }));
  return { exceptions, groups, others, rights, assignments };
}

export function holderOf(row: AssignmentDraft): Assignment['holder'] | undefined {
  switch (row.kind) {
    case 'code': {
      const spans = spansOf(row.code);
      const [only] = spans ?? [];
      return only === undefined || spans?.length !== 1 ? undefined : { kind: 'code', ...only };
    }
    case 'person':
      return row.personId === null ? undefined : { kind: 'person', personId: row.personId };
    case 'department':
      return row.departmentId === null ? undefined : { kind: 'department', departmentId: row.departmentId };
    case 'everyone':
      return { kind: 'everyone' };
  }
}

export function newGroup(name: string): GroupDraft {
  return {
    key: newId(),
    name,
    sourceIds: [],
    extensions: '',
    mode: 'restricted',
    withoutCode: { upTo: 'local', also: [] },
  };
}

export function newHours(): HoursDraft {
  return {
    key: newId(),
    upTo: 'mobile',
    also: [],
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    from: '00:00',
    to: '00:00',
    holidays: 'as-usual',
  };
}

export function newRight(name: string): RightDraft {
  return { id: newId(), name, hours: [newHours()] };
}

export function newAssignment(rightId: string): AssignmentDraft {
  return {
    id: newId(),
    kind: 'everyone',
    code: '',
    personId: null,
    departmentId: null,
    rightId,
    validFrom: null,
    validTo: null,
  };
}
