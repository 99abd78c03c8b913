/** Each role at each route: let through or refused as docs/roles.md says. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../core/api/contract.ts';
import { type RouteName, routes } from '../../core/api/contract.ts';
import type { RouteDefinition } from '../../core/api/route.ts';
import { PERMISSIONS, ROLES, type Role } from '../../core/model/access.ts';
import { ORIGIN, openRig, type Rig } from '../api/rig.ts';
import { addUser, cookieOf } from './sign-in-as.ts';

const page = readFileSync(path.join(import.meta.dirname, '..', '..', 'docs', 'roles.md'), 'utf8');

const rowsBelow = (heading: string): readonly (readonly string[])[] => {
  const lines = page.slice(page.indexOf(heading)).split('\n').slice(2);
  const end = lines.findIndex((line) => !line.startsWith('|'));
  return lines.slice(0, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
};

const [heads = [], , ...permissions] = rowsBelow('## What each role may do');
const [, , ...requests] = rowsBelow('## What each request asks for');
const names = Object.keys(routes) as RouteName[];

/** What the page says; the program is not asked. */
function isAllowed(role: Role, permission: string): boolean {
  if (permission === 'open') return true;
  const row = permissions.find(([name]) => name === permission);
  return row?.[heads.indexOf(role)] === 'yes';
}

const permissionOf = new Map(requests.map(([request, , permission]) => [request, permission ?? '']));

let rig: Rig;
const users = new Map<Role, number>();
beforeAll(() => {
  rig = openRig();
  for (const role of ROLES) users.set(role, addUser(rig, { login: role, role }));
});
afterAll(() => rig.close());

/** Parameters that fit their pattern and name nothing that is there, and as little body as can be sent. */
async function ask(name: RouteName, cookie: string): Promise<{ status: number; code: string }> {
  const { method, path: address, body, accepts, isStreamed }: RouteDefinition = routes[name];
  const hasBody = method !== 'GET';
  const ended = new AbortController();
  const response = await rig.request(address.replace(/:\w+/g, '987654'), {
    method,
    signal: ended.signal,
    headers: {
      origin: ORIGIN,
      ...(cookie !== '' && { cookie }),
      ...(hasBody && body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(hasBody && { body: accepts === 'bytes' || isStreamed === true ? '' : '{}' }),
  });
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') === true;
  const { code } = isProblem ? ((await response.json()) as Problem) : { code: '' };
  ended.abort();
  if (!isProblem) await response.body?.cancel().catch(() => undefined);
  return { status: response.status, code };
}

describe('docs/roles.md', () => {
  it('names every permission and every request, and nothing else', () => {
    expect(permissions.map(([permission]) => permission)).toEqual(PERMISSIONS.filter((name) => name !== 'open'));
    const known = names.map((name) => `${routes[name].method} ${routes[name].path}`);
    expect([...permissionOf.keys()].sort()).toEqual(known.sort());
  });

  it('lets nobody through to a change who may only read', () => {
    const changing = PERMISSIONS.filter((name) => name.startsWith('change-') || name === 'administer');
    expect(changing.filter((permission) => isAllowed('auditor', permission))).toEqual([]);
    expect(changing.filter((permission) => isAllowed('employee', permission))).toEqual([]);
    expect(changing.filter((permission) => isAllowed('manager', permission))).toEqual([]);
  });
});

describe.each(ROLES)('a request of the role %s', (role) => {
  it('is let through or refused as the page says, at every route', async () => {
    const wrong: string[] = [];
    let cookie = '';
    for (const name of names) {
      const { method, path: address } = routes[name];
      let { status, code } = await ask(name, cookie);
      // Some requests end the session that asks; the next one needs another.
      if (code === 'not-signed-in') {
        cookie = cookieOf(rig, users.get(role) ?? 0);
        ({ status, code } = await ask(name, cookie));
      }
      const isRefused = status === 403 && code === 'not-allowed';
      const mayCome = isAllowed(role, permissionOf.get(`${method} ${address}`) ?? '');
      if (isRefused === mayCome) wrong.push(`${name}: ${status} ${code}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe('a request of nobody', () => {
  it('is refused at every route that is not open', async () => {
    const wrong: string[] = [];
    for (const name of names) {
      const { method, path: address } = routes[name];
      const { code } = await ask(name, '');
      const isOpen = permissionOf.get(`${method} ${address}`) === 'open';
      if (!isOpen && code !== 'not-signed-in') wrong.push(`${name}: ${code}`);
    }
    expect(wrong).toEqual([]);
  });
});
