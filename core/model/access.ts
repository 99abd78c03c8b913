/** Who may do what: roles, what each route of the API asks for, and whose calls somebody sees. The table is docs/roles.md. */

export const ROLES = ['administrator', 'accountant', 'manager', 'auditor', 'employee'] as const;
export type Role = (typeof ROLES)[number];

/** `locked`: until an administrator lets them in again; `disabled`: for good. */
export const USER_STATES = ['active', 'locked', 'disabled'] as const;
export type UserState = (typeof USER_STATES)[number];

/**
 * What a route asks for. `open`: nobody has to be signed in. `self`: anybody who is. Routes of `read-calls`,
 * `read-reports`, `read-people` and `decide-calls` answer within the scope of who asks, all others about the whole site (`read-site`: its figures).
 */
export const PERMISSIONS = [
  'open',
  'self',
  'read-calls',
  'decide-calls',
  'read-reports',
  'read-site',
  'read-people',
  'change-people',
  'read-prices',
  'change-prices',
  'read-rules',
  'change-rules',
  'read-sources',
  'change-sources',
  'send-reports',
  'read-audit',
  'unmask-numbers',
  'administer',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const READING = [
  'read-calls',
  'read-reports',
  'read-site',
  'read-people',
  'read-prices',
  'read-rules',
  'read-sources',
] as const;

const GRANTED: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  administrator: new Set(PERMISSIONS),
  accountant: new Set([
    ...READING,
    'self',
    'unmask-numbers',
    'decide-calls',
    'send-reports',
    'change-people',
    'change-prices',
    'change-rules',
  ]),
  manager: new Set([
    'self',
    'read-calls',
    'read-reports',
    'read-people',
    'decide-calls',
    'unmask-numbers',
    'send-reports',
  ]),
  auditor: new Set([...READING, 'self', 'read-audit']),
  employee: new Set(['self', 'read-calls', 'read-reports']),
};

export function isGranted(role: Role, permission: Permission): boolean {
  return permission === 'open' || GRANTED[role].has(permission);
}

/** Whose calls and people somebody sees: everybody's, those booked to departments (with those below them), one person's. */
export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'departments'; readonly departmentIds: readonly number[] }
  | { readonly kind: 'person'; readonly personId: number };

/** Who asks. */
export interface Viewer {
  /** null: the owner of this computer, let in by a one-time link. */
  readonly userId: number | null;
  /** Stands in the audit trail and beside decisions; empty for the owner, who types a name where one is needed. */
  readonly name: string;
  readonly role: Role;
  readonly scope: Scope;
  /** False: the last digits of outside numbers never leave the service for this viewer. */
  readonly seesNumbers: boolean;
  /** They gave a reason a moment ago, so that numbers are shown; every answer goes into the audit trail. */
  readonly unmaskedFor?: string;
  /** False: personal codes are masked for this viewer, also where the site shows them. */
  readonly seesCodes: boolean;
}

export const OWNER: Viewer = {
  userId: null,
  name: '',
  role: 'administrator',
  scope: { kind: 'all' },
  seesNumbers: true,
  seesCodes: true,
};
