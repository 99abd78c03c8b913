import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi } from '../../core/api/api.ts';
import { contentDisposition } from '../../core/api/file-response.ts';
import { INFO, NOW_MS, ORIGIN, openRig, type Rig } from './rig.ts';

let rig: Rig;
beforeAll(() => {
  rig = openRig();
});
afterAll(() => rig.close());

const json = { 'content-type': 'application/json' };
const signInBody = (token: string): RequestInit => ({ method: 'POST', headers: json, body: JSON.stringify({ token }) });

describe('sessions', () => {
  it('refuses every route but sign-in and the API description without a session', async () => {
    expect((await rig.request('/api/calls')).status).toBe(401);
    expect((await rig.request('/api/events')).status).toBe(401);
    expect((await rig.request('/api/nowhere')).status).toBe(401);
    expect((await rig.request('/api/openapi.json')).status).toBe(200);
  });

  it('turns a link into a session once, with a cookie that scripts cannot read', async () => {
    const token = rig.api.issueLinkToken();
    const first = await rig.request('/api/session', signInBody(token));
    expect(first.status).toBe(200);
    const cookie = first.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^tollbook=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict$/);
    expect((await rig.request('/api/session', signInBody(token))).status).toBe(401);
    const used = await rig.request('/api/system', { headers: { cookie: cookie.split(';')[0] ?? '' } });
    expect(used.status).toBe(200);
  });

  it('refuses a link after five minutes and a session after thirty days', async () => {
    const token = rig.api.issueLinkToken();
    rig.clockMs = NOW_MS + 5 * 60_000;
    expect((await rig.request('/api/session', signInBody(token))).status).toBe(401);
    rig.clockMs = NOW_MS;
    const cookie = await rig.signIn();
    rig.clockMs = NOW_MS + 30 * 86_400_000;
    expect((await rig.request('/api/system', { headers: { cookie } })).status).toBe(401);
    rig.clockMs = NOW_MS;
  });

  it('does not take a link for a session, nor a made-up token for either', async () => {
    const token = rig.api.issueLinkToken();
    expect((await rig.request('/api/system', { headers: { cookie: `tollbook=${token}` } })).status).toBe(401);
    expect((await rig.request('/api/session', signInBody('x'.repeat(43)))).status).toBe(401);
    expect((await rig.request('/api/system', { headers: { cookie: 'tollbook=' } })).status).toBe(401);
  });

  it('stores no token, only its hash', async () => {
    const cookie = await rig.signIn();
    const token = cookie.slice('tollbook='.length);
    const stored = JSON.stringify(rig.deps.db.prepare('SELECT * FROM sessions').all());
    expect(stored).not.toContain(token);
  });

  it('ends a session on sign-out', async () => {
    const cookie = await rig.signIn();
    const out = await rig.request('/api/session', { method: 'DELETE', headers: { cookie } });
    expect(out.status).toBe(204);
    expect(out.headers.get('set-cookie')).toContain('Max-Age=0');
    expect((await rig.request('/api/system', { headers: { cookie } })).status).toBe(401);
  });
});

describe('where requests come from', () => {
  it.each([
    ['tollbook.example', 403],
    ['127.0.0.1.example:4680', 403],
    ['127.0.0.1:9999', 403],
    ['localhost', 403],
    ['', 403],
    ['localhost:4680', 200],
    ['127.0.0.1:4680', 200],
    ['[::1]:4680', 200],
  ])('answers Host %s with %i', async (host, status) => {
    expect((await rig.request('/api/openapi.json', { headers: { host } })).status).toBe(status);
  });

  it('refuses a computer of the network unless hosts are configured', async () => {
    const request = (): Request => new Request(`${ORIGIN}/api/openapi.json`, { headers: { host: '127.0.0.1:4680' } });
    const there = { remoteAddress: '192.168.1.9', localPort: 4680 };
    expect((await rig.api.fetch(request(), there)).status).toBe(403);
    const open = createApi({ ...rig.deps, access: { allowedHosts: ['tollbook.example'], isOpenToNetwork: true } });
    const proxied = new Request(`${ORIGIN}/api/openapi.json`, { headers: { host: 'tollbook.example' } });
    expect((await open.fetch(proxied, there)).status).toBe(200);
    open.close();
  });

  it.each([
    [{ origin: 'http://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'http://127.0.0.1:3000' }, 403],
    [{ origin: ORIGIN }, 401],
    [{}, 401],
  ])('checks the origin of a change: %o', async (headers, status) => {
    const response = await rig.request('/api/session', {
      ...signInBody('x'.repeat(43)),
      headers: { ...json, ...headers },
    });
    expect(response.status).toBe(status);
  });

  it('refuses reading by a page of another port, which shares the cookie', async () => {
    const cookie = await rig.signIn();
    const response = await rig.request('/api/system', { headers: { cookie, 'sec-fetch-site': 'same-site' } });
    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('refuses a form or text posted where JSON belongs', async () => {
    const cookie = await rig.signIn();
    const response = await rig.request('/api/departments', {
      method: 'POST',
      headers: { cookie, 'content-type': 'text/plain' },
      body: '{"name":"A"}',
    });
    expect(response.status).toBe(422);
  });

  it('refuses a JSON body past its limit', async () => {
    const cookie = await rig.signIn();
    const response = await rig.request('/api/departments', {
      method: 'POST',
      headers: { cookie, ...json },
      body: JSON.stringify({ name: 'x'.repeat(1024 * 1024) }),
    });
    expect(response.status).toBe(413);
  });
});

describe('pages', () => {
  it('serves the app at every address of the pages, with a policy that allows no inline script', async () => {
    for (const address of ['/', '/enter', '/calls/12', '/people?x=1']) {
      const response = await rig.request(address);
      expect(await response.text()).toContain('<title>Tollbook</title>');
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('referrer-policy')).toBe('no-referrer');
      expect(response.headers.get('permissions-policy')).toContain('camera=()');
    }
  });

  it('lets a browser keep what carries a hash, and nothing else', async () => {
    const script = await rig.request('/assets/app-1a2b.js');
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect((await rig.request('/')).headers.get('cache-control')).toBe('no-cache');
    expect((await rig.request('/api/openapi.json')).headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/%2e%2e%5csecret.txt',
    '/..%5c..%5csecret.txt',
    '/assets/%00secret.txt',
    '/%E0%A4%A/secret.txt',
    '/.git/config',
    '/tollbook.db',
    '//etc/passwd.txt',
  ])('serves nothing outside the folder: %s', async (address) => {
    const response = await rig.request(address);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('not for anybody');
  });

  it('answers HEAD without a body', async () => {
    const response = await rig.api.fetch(
      new Request(`${ORIGIN}/`, { method: 'HEAD', headers: { host: '127.0.0.1:4680' } }),
      INFO,
    );
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });
});

describe('names of downloads', () => {
  it('keeps Vietnamese letters for new readers and plain ones for old', () => {
    expect(contentDisposition('Cước tháng 3 Đà Nẵng.xlsx')).toBe(
      'attachment; filename="Cuoc thang 3 Da Nang.xlsx"; ' +
        "filename*=UTF-8''C%C6%B0%E1%BB%9Bc%20th%C3%A1ng%203%20%C4%90%C3%A0%20N%E1%BA%B5ng.xlsx",
    );
  });

  it('cannot be broken out of by quotes, slashes or line ends', () => {
    expect(contentDisposition('a"b/c\r\nx: y.csv')).toMatch(/^attachment; filename="a_b_c__x_ y\.csv"; filename\*=/);
  });
});
