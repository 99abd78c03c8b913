/** What is set of the directory (LDAP, Active Directory) that people sign in with. */
import { ROLES, type Role } from '../model/access.ts';
import type { DirectoryAttribute, DirectorySecurity } from '../model/directory.ts';
import { readAccessSetting, writeAccessSetting } from '../store/access-settings.ts';
import type { Database } from '../store/database.ts';

export interface DirectorySettings {
  readonly isOn: boolean;
  readonly host: string;
  readonly port: number;
  readonly security: DirectorySecurity;
  /** PEM file of the authority that signed the server's certificate; empty: those that the system knows. */
  readonly authorityFile: string;
  /** Who asks the directory for names; empty: nobody, where it lets anybody look. */
  readonly bindName: string;
  /** Sealed. */
  readonly password: string;
  readonly base: string;
  /** Finds one person; `{login}` is what was typed. */
  readonly userFilter: string;
  /** Finds everybody, for the import. */
  readonly peopleFilter: string;
  /** Finds the groups of one person; `{dn}` and `{login}` are the person's. Empty: they stand in `memberOf`. */
  readonly groupFilter: string;
  readonly attributes: Readonly<Record<DirectoryAttribute, string>>;
  /** The first group that a person is in decides. A whole name (dn) or the first part's value (cn). */
  readonly groups: readonly { readonly group: string; readonly role: Role }[];
  /** Of people in none of the groups; null: they are not let in. */
  readonly otherRole: Role | null;
}

export const NO_DIRECTORY: DirectorySettings = {
  isOn: false,
  host: '',
  port: 636,
  security: 'ldaps',
  authorityFile: '',
  bindName: '',
  password: '',
  base: '',
  userFilter: '(&(objectClass=user)(objectCategory=person)(sAMAccountName={login}))',
  peopleFilter: '(&(objectClass=user)(objectCategory=person)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))',
  groupFilter: '',
  attributes: {
    login: 'sAMAccountName',
    name: 'displayName',
    email: 'mail',
    employeeNumber: 'employeeNumber',
    department: 'department',
    title: 'title',
  },
  groups: [],
  otherRole: null,
};

export function readDirectory(db: Database): DirectorySettings {
  return { ...NO_DIRECTORY, ...(readAccessSetting(db, 'directory') as Partial<DirectorySettings> | undefined) };
}

export function writeDirectory(db: Database, settings: DirectorySettings): void {
  writeAccessSetting(db, 'directory', settings);
}

const sameName = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** The first part's value of a full name: `cn=Accounting,ou=Groups,dc=…` is `Accounting`. */
function firstValueOf(dn: string): string {
  return /^[^=]+=((?:\\.|[^,\\])*)/.exec(dn)?.[1]?.replaceAll(/\\(.)/g, '$1') ?? dn;
}

/** The role that somebody of those groups has; undefined: none, and no way in. */
export function roleOf(
  { groups, otherRole }: Pick<DirectorySettings, 'groups' | 'otherRole'>,
  memberOf: readonly string[],
): Role | undefined {
  const found = groups.find(({ group }) =>
    memberOf.some((dn) => sameName(dn, group) || sameName(firstValueOf(dn), group)),
  );
  const role = found?.role ?? otherRole ?? undefined;
  return role !== undefined && ROLES.includes(role) ? role : undefined;
}
