/** Departments, people, codes and extensions, and their import. */
import { z } from 'zod';
import { PEOPLE_FIELDS } from '../../model/people.ts';
import { day, Money, prose } from './common.ts';

export const Department = z.object({
  id: z.number().int(),
  parentId: z.number().int().nullable(),
  name: z.string(),
  code: z.string().nullable(),
  peopleCount: z.number().int(),
});
export type Department = z.infer<typeof Department>;
export const DepartmentInput = z.object({
  parentId: z.number().int().nullable().default(null),
  name: z.string().trim().min(1).max(200),
  code: z.string().trim().max(50).nullable().default(null),
});

export const Assignment = z.object({
  id: z.number().int(),
  kind: z.enum(['code', 'extension']),
  /** Masked for codes unless the reader may see them. */
  value: z.string(),
  lastValue: z.string().nullable(),
  personId: z.number().int(),
  validFrom: day.nullable(),
  /** Exclusive. */
  validTo: day.nullable(),
});
export type Assignment = z.infer<typeof Assignment>;
export const AssignmentInput = z
  .object({
    kind: z.enum(['code', 'extension']),
    value: z
      .string()
      .trim()
      .regex(/^[0-9A-Za-z*#_.-]{1,32}$/, { error: 'code' }),
    lastValue: z
      .string()
      .trim()
      .regex(/^[0-9]{1,32}$/, { error: 'digits' })
      .nullable()
      .default(null),
    validFrom: day.nullable().default(null),
    validTo: day.nullable().default(null),
  })
  .superRefine((assignment, context) => {
    if (assignment.validFrom !== null && assignment.validTo !== null && assignment.validTo <= assignment.validFrom) {
      context.addIssue({ code: 'custom', path: ['validTo'], message: 'dayOrder' });
    }
    if (assignment.lastValue === null) return;
    if (!/^\d+$/.test(assignment.value)) {
      context.addIssue({ code: 'custom', path: ['value'], message: 'extensionOnlyRange' });
    } else if (assignment.lastValue.length !== assignment.value.length || assignment.lastValue < assignment.value) {
      context.addIssue({ code: 'custom', path: ['lastValue'], message: 'rangeOrder' });
    }
  });
export type AssignmentInput = z.infer<typeof AssignmentInput>;

export const Person = z.object({
  id: z.number().int(),
  name: z.string(),
  employeeNumber: z.string().nullable(),
  email: z.string().nullable(),
  title: z.string().nullable(),
  notes: prose.nullable(),
  activeFrom: day.nullable(),
  activeTo: day.nullable(),
  departmentId: z.number().int().nullable(),
  departmentName: z.string().nullable(),
  assignments: z.array(Assignment),
});
export type Person = z.infer<typeof Person>;
export const PersonInput = z.object({
  name: z.string().trim().min(1).max(200),
  employeeNumber: z.string().trim().max(50).nullable().default(null),
  email: z.email().max(200).nullable().default(null),
  title: z.string().trim().max(200).nullable().default(null),
  notes: z.string().max(2000).nullable().default(null),
  activeFrom: day.nullable().default(null),
  activeTo: day.nullable().default(null),
  departmentId: z.number().int().nullable().default(null),
  /** From when the department above holds; absent: always. */
  departmentFrom: day.nullable().default(null),
});
export type PersonInput = z.infer<typeof PersonInput>;

/** What a change of assignment does to calls already booked (open months only). */
export const AssignmentEffect = z.object({
  calls: z.number().int(),
  firstDay: day.nullable(),
  lastDay: day.nullable(),
  charges: z.array(Money),
});
export type AssignmentEffect = z.infer<typeof AssignmentEffect>;

export const AssignmentChange = z.discriminatedUnion('action', [
  z.object({ action: z.literal('add'), personId: z.number().int(), assignment: AssignmentInput }),
  z.object({
    action: z.literal('change'),
    assignmentId: z.number().int(),
    personId: z.number().int().optional(),
    validFrom: day.nullable(),
    validTo: day.nullable(),
  }),
  z.object({ action: z.literal('remove'), assignmentId: z.number().int() }),
]);
export type AssignmentChange = z.infer<typeof AssignmentChange>;

export const PeopleField = z.enum(PEOPLE_FIELDS);
export type PeopleField = z.infer<typeof PeopleField>;
export { PEOPLE_FIELDS };

export const PeopleImportPreview = z.object({
  /** Confirm with this; it expires after 30 minutes or when people change. */
  importId: z.string(),
  columns: z.array(z.string()),
  /** Column heading -> field, as proposed or as sent. */
  mapping: z.record(z.string(), PeopleField),
  rows: z.array(
    z.object({
      rowNumber: z.number().int(),
      values: z.record(z.string(), z.string()),
      action: z.enum(['add', 'update', 'same', 'error']),
      errors: z.array(z.object({ field: z.string(), message: z.string() })),
    }),
  ),
  counts: z.object({
    add: z.number().int(),
    update: z.number().int(),
    same: z.number().int(),
    error: z.number().int(),
  }),
});
export type PeopleImportPreview = z.infer<typeof PeopleImportPreview>;
