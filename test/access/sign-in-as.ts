/** Sessions of users of each role, without the work of signing in. */
import { defaultSight } from '../../core/access/viewer.ts';
import { type Client, createClient } from '../../core/api/client.ts';
import { SESSION_COOKIE, startSession } from '../../core/api/session.ts';
import { Sessions } from '../../core/store/sessions.ts';
import { type UserFields, UserStore } from '../../core/store/users.ts';
import { INFO, ORIGIN, type Rig } from '../api/rig.ts';

const PLACE = { address: '192.168.1.20', browser: 'Test' };

/** A user with what the role usually sees; the number of the row. */
export function addUser(rig: Rig, fields: Partial<UserFields> & Pick<UserFields, 'login' | 'role'>): number {
  return new UserStore(rig.deps.db).add(
    {
      name: fields.login,
      state: 'active',
      personId: null,
      departmentIds: [],
      ...defaultSight(fields.role),
      ...fields,
    },
    'here',
    rig.clockMs,
  );
}

export function cookieOf(rig: Rig, userId: number | null): string {
  const { cookieToken } = startSession(new Sessions(rig.deps.db), userId, PLACE, rig.clockMs);
  return `${SESSION_COOKIE}=${cookieToken}`;
}

export function clientOf(rig: Rig, userId: number): Client {
  return createClient({
    baseUrl: ORIGIN,
    language: 'en',
    fetch: (request) => rig.api.fetch(request, INFO),
    headers: { cookie: cookieOf(rig, userId) },
  });
}
