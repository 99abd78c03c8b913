/** What a user is to the routes: role, scope, what is masked. Read at every request, so that a change holds at once. */
import type { Role, Scope, Viewer } from '../model/access.ts';
import type { UserRow } from '../store/users.ts';

/** Nobody has this number; 0 would be the calls that nobody owns. */
const NO_PERSON = -1;

export function scopeOf({
  role,
  departmentIds,
  personId,
}: Pick<UserRow, 'role' | 'departmentIds' | 'personId'>): Scope {
  if (role === 'manager') return { kind: 'departments', departmentIds };
  if (role === 'employee') return { kind: 'person', personId: personId ?? NO_PERSON };
  return { kind: 'all' };
}

/** What a role sees until somebody says otherwise. */
export function defaultSight(role: Role): Pick<Viewer, 'seesNumbers' | 'seesCodes'> {
  return { seesNumbers: role !== 'auditor', seesCodes: role === 'administrator' || role === 'accountant' };
}

export function viewerOfUser(user: UserRow): Viewer {
  return {
    userId: user.id,
    name: user.name,
    role: user.role,
    scope: scopeOf(user),
    // An auditor reads everybody's calls: whom they called stays hidden whatever a form says.
    seesNumbers: user.seesNumbers && user.role !== 'auditor',
    seesCodes: user.seesCodes,
  };
}
