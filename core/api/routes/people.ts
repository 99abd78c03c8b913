/** Departments, people, and who has which code or extension. */
import { AppError } from '../../model/errors.ts';
import { type MaskCode, showCode } from '../../model/masking.ts';
import { ALWAYS_FROM, ALWAYS_TO, type RebookScope } from '../../model/people.ts';
import {
  applyAssignmentChange,
  previewAssignmentChange,
  type AssignmentEffect as StoredEffect,
} from '../../people/assignment-change.ts';
import type { AssignmentRow } from '../../store/assignments.ts';
import { departmentsInScope } from '../../store/call-scope.ts';
import {
  addDepartment,
  changeDepartment,
  getDepartment,
  listDepartments,
  removeDepartment,
} from '../../store/departments.ts';
import { addPerson, changePerson, getPerson, listPeople, type PersonRow, removePerson } from '../../store/people.ts';
import { moneyOf } from '../call-view.ts';
import type { Assignment, AssignmentEffect, Person } from '../contract.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';
import { siteToday } from '../site-today.ts';

function assignmentOf(row: AssignmentRow, mask: MaskCode): Assignment {
  const shown = row.kind === 'code' ? mask : showCode;
  return {
    id: row.id,
    kind: row.kind,
    value: shown(row.value),
    lastValue: row.lastValue === null ? null : shown(row.lastValue),
    personId: row.personId,
    validFrom: row.validFrom === ALWAYS_FROM ? null : row.validFrom,
    validTo: row.validTo === ALWAYS_TO ? null : row.validTo,
  };
}

function personOf(row: PersonRow, mask: MaskCode): Person {
  return {
    id: row.id,
    name: row.name,
    employeeNumber: row.employeeNumber,
    email: row.email,
    title: row.title,
    notes: row.notes,
    activeFrom: row.activeFrom,
    activeTo: row.activeTo,
    departmentId: row.departmentId,
    departmentName: row.departmentName,
    assignments: row.assignments.map((assignment) => assignmentOf(assignment, mask)),
  };
}

function effectOf(effect: StoredEffect): AssignmentEffect {
  return {
    calls: effect.calls,
    firstDay: effect.firstDay,
    lastDay: effect.lastDay,
    charges: effect.charges.map(moneyOf),
  };
}

/** An overlap names the other owner's value, and that may be a whole range of secrets. */
function maskingOverlap<T>(mask: MaskCode, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'code-overlap') throw error;
    const maskRange = (value: string | number | undefined): string => String(value).split('-').map(mask).join('-');
    throw new AppError(error.code, {
      ...error.values,
      value: maskRange(error.values['value']),
      wanted: maskRange(error.values['wanted']),
    });
  }
}

type DirectoryRoutes =
  | 'listDepartments'
  | 'addDepartment'
  | 'changeDepartment'
  | 'removeDepartment'
  | 'listPeople'
  | 'addPerson'
  | 'changePerson'
  | 'removePerson'
  | 'previewAssignment'
  | 'applyAssignment';

export function peopleRoutes(parts: ApiParts): Pick<Handlers, DirectoryRoutes> {
  const { deps } = parts;
  const { db, ingest } = deps;

  const afterChange = async (scope: RebookScope): Promise<void> => {
    await ingest.reload();
    if (scope.codes.length + scope.extensions.length > 0) {
      await ingest.rebook(scope);
      parts.changed('calls');
    }
    parts.changed('people');
  };
  const nothing: RebookScope = { codes: [], extensions: [] };

  return {
    listDepartments: ({ viewer }) => {
      const seen = departmentsInScope(db, viewer.scope);
      const all = listDepartments(db, siteToday(parts));
      if (seen === undefined) return [...all];
      // A tree of its own: what is above the scope is not told.
      return all
        .filter(({ id }) => seen.has(id))
        .map((row) => ({ ...row, parentId: row.parentId !== null && seen.has(row.parentId) ? row.parentId : null }));
    },
    addDepartment: async ({ body }) => {
      const id = addDepartment(db, body);
      await afterChange(nothing);
      return getDepartment(db, id, siteToday(parts));
    },
    changeDepartment: async ({ params, body }) => {
      changeDepartment(db, params.id, body);
      await afterChange(nothing);
      return getDepartment(db, params.id, siteToday(parts));
    },
    removeDepartment: async ({ params }) => {
      removeDepartment(db, params.id);
      await afterChange(nothing);
      return undefined;
    },
    listPeople: ({ query, viewer }) => {
      const mask = parts.mask();
      return listPeople(db, siteToday(parts), { ...query, scope: viewer.scope }).map((row) => personOf(row, mask));
    },
    addPerson: async ({ body }) => {
      const id = addPerson(db, body);
      await afterChange(nothing);
      return personOf(getPerson(db, id, siteToday(parts)), parts.mask());
    },
    changePerson: async ({ params, body }) => {
      const today = siteToday(parts);
      await afterChange(changePerson(db, params.id, body, today));
      return personOf(getPerson(db, params.id, today), parts.mask());
    },
    removePerson: async ({ params }) => {
      removePerson(db, params.id);
      await afterChange(nothing);
      return undefined;
    },
    previewAssignment: ({ body }) => effectOf(maskingOverlap(parts.mask(), () => previewAssignmentChange(db, body))),
    applyAssignment: async ({ body }) => {
      const applied = maskingOverlap(parts.mask(), () => applyAssignmentChange(db, body));
      await afterChange(applied.scope);
      return effectOf(applied.effect);
    },
  };
}
