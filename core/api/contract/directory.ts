/** The directory (LDAP, Active Directory) that people sign in with and come from. */
import { z } from 'zod';
import { ROLES } from '../../model/access.ts';
import { DIRECTORY_SECURITY } from '../../model/directory.ts';
import { PeopleImportPreview } from './people.ts';

const attribute = z
  .string()
  .trim()
  .max(100)
  .regex(/^[A-Za-z0-9;-]*$/, { error: 'invalid' });
const filter = z.string().trim().max(1000);

export const DirectoryFields = z.object({
  isOn: z.boolean(),
  host: z.string().trim().max(253),
  port: z.number().int().min(1).max(65_535),
  security: z.enum(DIRECTORY_SECURITY),
  authorityFile: z.string().trim().max(1000),
  bindName: z.string().trim().max(500),
  base: z.string().trim().max(500),
  userFilter: filter.refine((text) => text.includes('{login}'), { error: 'loginPlace' }),
  peopleFilter: filter.min(1),
  groupFilter: filter,
  attributes: z.object({
    login: attribute.min(1),
    name: attribute.min(1),
    email: attribute,
    employeeNumber: attribute,
    department: attribute,
    title: attribute,
  }),
  groups: z.array(z.object({ group: z.string().trim().min(1).max(500), role: z.enum(ROLES) })).max(50),
  otherRole: z.enum(ROLES).nullable(),
});

export const Directory = DirectoryFields.extend({ hasPassword: z.boolean() });
export type Directory = z.infer<typeof Directory>;

/** `password` absent: the stored one is kept. */
export const DirectoryInput = DirectoryFields.extend({ password: z.string().max(1000).optional() });
export type DirectoryInput = z.infer<typeof DirectoryInput>;

/** What a test found; one that fails is a problem. */
export const DirectoryTest = z.object({
  peopleCount: z.number().int(),
  /** The person of the login that was asked for; null: none was, or there is none. */
  person: z
    .object({
      dn: z.string(),
      login: z.string(),
      name: z.string(),
      email: z.string(),
      employeeNumber: z.string(),
      department: z.string(),
      groups: z.array(z.string()),
      /** Null: in no group that may sign in. */
      role: z.enum(ROLES).nullable(),
    })
    .nullable(),
});
export type DirectoryTest = z.infer<typeof DirectoryTest>;

export const DirectoryPreview = PeopleImportPreview;
