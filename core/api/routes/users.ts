/** Users and everybody's sessions, for administrators. */
import { AppError } from '../../model/errors.ts';
import type { AccessControl } from '../access-control.ts';
import type { User } from '../contract.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';
import { sessionEntryOf, userOf } from '../session-view.ts';

type Routes =
  | 'listUsers'
  | 'addUser'
  | 'changeUser'
  | 'removeUser'
  | 'setUserPassword'
  | 'unlockUser'
  | 'removeUserSecondFactor'
  | 'endUserSessions'
  | 'listSessions'
  | 'endSession';

export function userRoutes(parts: ApiParts, access: AccessControl): Pick<Handlers, Routes> {
  const { deps, users, sessions, liveSessions } = parts;
  const shown = (id: number): User => userOf(users.get(id), access.signIn);
  return {
    listUsers: () => users.list().map((user) => userOf(user, access.signIn)),
    addUser: async ({ body: { password, mustChangePassword, ...fields }, language }) => {
      const hash = await access.hashOf(password, fields, 'password', language);
      const id = deps.db.transaction(() => {
        const added = users.add(fields, 'here', deps.nowMs());
        users.setPassword(added, hash, mustChangePassword);
        return added;
      })();
      return shown(id);
    },
    changeUser: ({ params: { id }, body }) => {
      users.change(id, body);
      if (body.state === 'active') access.changed();
      else access.endSessionsOf(id);
      return shown(id);
    },
    removeUser: ({ params: { id } }) => {
      users.remove(id);
      access.changed();
      return undefined;
    },
    setUserPassword: async ({ params: { id }, body, language }) => {
      const user = users.get(id);
      // The directory keeps its own passwords.
      if (user.origin === 'directory') throw new AppError('not-found', { what: 'password', id });
      const hash = await access.hashOf(body.password, user, 'password', language);
      users.setPassword(id, hash, true);
      access.signIn.forgive(user.login);
      access.endSessionsOf(id);
      return shown(id);
    },
    unlockUser: ({ params: { id } }) => {
      const user = users.get(id);
      if (user.state === 'locked') users.change(id, { ...user, state: 'active' });
      access.signIn.forgive(user.login);
      return shown(id);
    },
    removeUserSecondFactor: ({ params: { id } }) => {
      users.get(id);
      users.setTotp(id, null, null);
      return shown(id);
    },
    endUserSessions: ({ params: { id } }) => {
      users.get(id);
      access.endSessionsOf(id);
      return undefined;
    },
    listSessions: ({ session: asking }) => {
      const names = new Map(users.list().map((user) => [user.id, user.name]));
      return liveSessions.list(deps.nowMs()).map((session) => sessionEntryOf(session, names, asking));
    },
    endSession: ({ params: { id } }) => {
      if (!liveSessions.list(deps.nowMs()).some((session) => session.id === id)) {
        throw new AppError('not-found', { what: 'session', id });
      }
      sessions.remove(id);
      access.changed();
      return undefined;
    },
  };
}
