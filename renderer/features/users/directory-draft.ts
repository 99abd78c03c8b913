/** What the form of the directory holds, and what is usual with the two kinds of directory. */
import type { Directory, DirectoryInput } from '../../../core/api/contract.ts';

export type DirectoryDraft = Omit<Directory, 'hasPassword'> & { readonly password: string };

export const PRESETS = ['active-directory', 'openldap'] as const;
export type Preset = (typeof PRESETS)[number];

/** Names of products: the same in every language. */
export const PRESET_NAMES: Readonly<Record<Preset, string>> = {
  'active-directory': 'Active Directory',
  openldap: 'OpenLDAP',
};

export const PORTS = { ldaps: 636, starttls: 389, none: 389 } as const;

const USUAL: Readonly<Record<Preset, Pick<Directory, 'userFilter' | 'peopleFilter' | 'groupFilter' | 'attributes'>>> = {
  'active-directory': {
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
  },
  openldap: {
    userFilter: '(&(objectClass=inetOrgPerson)(uid={login}))',
    peopleFilter: '(objectClass=inetOrgPerson)',
    groupFilter: '(&(objectClass=groupOfNames)(member={dn}))',
    attributes: {
      login: 'uid',
      name: 'cn',
      email: 'mail',
      employeeNumber: 'employeeNumber',
      department: 'ou',
      title: 'title',
    },
  },
};

export function draftOf({ hasPassword: _, ...directory }: Directory): DirectoryDraft {
  return { ...directory, password: '' };
}

/** An empty password keeps the stored one. */
export function inputOf({ password, ...directory }: DirectoryDraft): DirectoryInput {
  return password === '' ? directory : { ...directory, password };
}

export function withPreset(draft: DirectoryDraft, preset: Preset): DirectoryDraft {
  return { ...draft, ...USUAL[preset] };
}
