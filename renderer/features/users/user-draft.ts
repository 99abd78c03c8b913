/** What the form of a user holds. */
import type { User, UserInput } from '../../../core/api/contract.ts';
import type { Role } from '../../../core/model/access.ts';

export const NEW_USER: UserInput = {
  login: '',
  name: '',
  role: 'accountant',
  state: 'active',
  personId: null,
  departmentIds: [],
  seesNumbers: true,
  seesCodes: true,
};

export function inputOf(user: User): UserInput {
  const { login, name, role, state, personId, departmentIds, seesNumbers, seesCodes } = user;
  return { login, name, role, state, personId, departmentIds, seesNumbers, seesCodes };
}

/** Another role brings what it usually sees. */
export function withRole(draft: UserInput, role: Role): UserInput {
  return {
    ...draft,
    role,
    seesNumbers: role !== 'auditor',
    seesCodes: role === 'administrator' || role === 'accountant',
    departmentIds: role === 'manager' ? draft.departmentIds : [],
  };
}
