/** Signing in with the directory: who is known there becomes a user here, with the role that the groups say. */
import type { Database } from '../store/database.ts';
import { personOfDirectory } from '../store/directory-people.ts';
import type { SecretBox } from '../store/secret-box.ts';
import { type UserFields, type UserRow, UserStore } from '../store/users.ts';
import { authenticate, type DirectoryPerson } from './directory.ts';
import { type DirectorySettings, readDirectory, roleOf } from './directory-settings.ts';
import { defaultSight } from './viewer.ts';

export function openedDirectory(db: Database, secretBox: Pick<SecretBox, 'open'>): DirectorySettings {
  const settings = readDirectory(db);
  return { ...settings, password: secretBox.open(settings.password) };
}

/**
 * The user's row, made at the first time and brought up to date at each one. Undefined: unknown, wrong password, or in no
 * group that may sign in. Throws AppError where the directory cannot be asked.
 */
export async function askDirectory(
  { db, secretBox, nowMs }: { readonly db: Database; readonly secretBox: SecretBox; readonly nowMs: () => number },
  login: string,
  password: string,
): Promise<UserRow | undefined> {
  if (!readDirectory(db).isOn) return undefined;
  const settings = openedDirectory(db, secretBox);
  const person = await authenticate(settings, login, password);
  return person === undefined ? undefined : userOfDirectory(db, settings, login, person, nowMs());
}

/** Their login is what the directory calls them, however it was typed. */
export function userOfDirectory(
  db: Database,
  settings: Pick<DirectorySettings, 'groups' | 'otherRole'>,
  typedLogin: string,
  person: DirectoryPerson,
  nowMs: number,
): UserRow | undefined {
  const role = roleOf(settings, person.groups);
  if (role === undefined) return undefined;
  const users = new UserStore(db);
  const login = person.login === '' ? typedLogin : person.login;
  const name = person.name === '' ? login : person.name;
  const known = users.byLogin(login);
  // A name that is kept here with a password of its own stays that user's.
  if (known !== undefined && known.origin !== 'directory') return undefined;
  const personId = known?.personId ?? personOfDirectory(db, { ...person, name }) ?? null;
  if (known === undefined) {
    const fields: UserFields = {
      login,
      name,
      role,
      state: 'active',
      personId,
      departmentIds: [],
      ...defaultSight(role),
    };
    return users.get(users.add(fields, 'directory', nowMs));
  }
  const sight = known.role === role ? {} : defaultSight(role);
  users.change(known.id, { ...known, login, name, role, personId, ...sight });
  return users.get(known.id);
}
