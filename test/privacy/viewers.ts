/** Somebody signed in with rights of their own, on the API's rig. */
import { createHash, randomBytes } from 'node:crypto';
import { type Client, createClient } from '../../core/api/client.ts';
import type { Role } from '../../core/model/access.ts';
import { Sessions } from '../../core/store/sessions.ts';
import { UserStore } from '../../core/store/users.ts';
import { INFO, NOW_MS, ORIGIN, type Rig } from '../api/rig.ts';

export interface SignedIn {
  readonly userId: number;
  readonly cookie: string;
  readonly client: Client;
}

export function signInAs(
  rig: Rig,
  role: Role,
  rights: { readonly seesNumbers: boolean; readonly personId?: number; readonly language?: 'vi' | 'en' },
): SignedIn {
  const { db } = rig.deps;
  const token = randomBytes(32).toString('base64url');
  const userId = new UserStore(db).add(
    {
      login: `${role}-${token.slice(0, 6)}`,
      name: `An ${role}`,
      role,
      state: 'active',
      personId: rights.personId ?? null,
      departmentIds: [],
      seesNumbers: rights.seesNumbers,
      seesCodes: false,
    },
    'here',
    NOW_MS,
  );
  new Sessions(db).add({
    tokenHash: createHash('sha256').update(token).digest('hex'),
    kind: 'session',
    userId,
    createdAtMs: rig.clockMs,
    expiresAtMs: rig.clockMs + 3_600_000,
    address: '',
    browser: '',
  });
  const cookie = `tollbook=${token}`;
  const client = createClient({
    baseUrl: ORIGIN,
    fetch: (request) => rig.api.fetch(request, INFO),
    language: rights.language ?? 'en',
    headers: { cookie },
  });
  return { userId, cookie, client };
}
