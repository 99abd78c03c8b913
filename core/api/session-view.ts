/** Sessions and users in the shape of the contract. */
import type { SignIn } from '../access/sign-in.ts';
import type { StoredSession } from '../store/sessions.ts';
import type { UserRow } from '../store/users.ts';
import type { SessionEntry, User } from './contract.ts';

export function userOf(user: UserRow, signIn: SignIn): User {
  const { passwordHash: _, totpSecret: __, totpStep, departmentIds, ...fields } = user;
  return {
    ...fields,
    departmentIds: [...departmentIds],
    hasSecondFactor: totpStep !== null,
    waitSeconds: Math.ceil(signIn.waitOf(user.login) / 1000),
  };
}

export function sessionEntryOf(
  session: StoredSession,
  names: ReadonlyMap<number, string>,
  asking: StoredSession | undefined,
): SessionEntry {
  const { id, userId, createdAtMs, seenAtMs, expiresAtMs, address, browser } = session;
  return {
    ...{ id, userId, createdAtMs, seenAtMs, expiresAtMs, address, browser },
    name: userId === null ? '' : (names.get(userId) ?? ''),
    isThis: id === asking?.id,
  };
}
