import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Problem, SourceInput } from '../../core/api/contract.ts';
import { fieldMessages } from '../../core/api/field-message.ts';
import { problemOf } from '../../core/api/problem.ts';
import { AppError, ERROR_CODES } from '../../core/model/errors.ts';
import { openRig, type Rig } from './rig.ts';

let rig: Rig;
let cookie: string;
beforeAll(async () => {
  rig = openRig();
  cookie = await rig.signIn();
});
afterAll(() => rig.close());

async function problem(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  return Problem.parse(await response.json());
}

const send = (method: string, address: string, body: unknown, language = 'en'): Promise<Response> =>
  rig.request(address, {
    method,
    headers: { cookie, 'content-type': 'application/json', 'x-tollbook-language': language },
    body: JSON.stringify(body),
  });

describe('the one shape of failures', () => {
  it('speaks the language asked for, whatever names it', async () => {
    const english = await problem(
      await rig.request('/api/calls', { headers: { 'accept-language': 'en-GB,en;q=0.9' } }),
    );
    expect(english).toMatchObject({ status: 401, code: 'not-signed-in', type: 'urn:tollbook:problem:not-signed-in' });
    expect(english.title).toMatch(/Not signed in/);
    const vietnamese = await problem(await rig.request('/api/calls', { headers: { 'accept-language': 'vi' } }));
    expect(vietnamese.title).toMatch(/[ăâđêôơư]/i);
    const header = { 'accept-language': 'vi', 'x-tollbook-language': 'en' };
    expect((await problem(await rig.request('/api/calls', { headers: header }))).title).toBe(english.title);
  });

  it('answers in Vietnamese when nobody says otherwise', async () => {
    expect((await problem(await rig.request('/api/calls'))).title).toMatch(/[ăâđêôơư]/i);
  });

  it('has a title and a status for every code, in both languages', () => {
    for (const code of ERROR_CODES) {
      for (const language of ['vi', 'en'] as const) {
        const made = problemOf({ code, values: {} }, language);
        expect(made.title, code).not.toMatch(/^errors\./);
        expect(made.status, code).toBeGreaterThanOrEqual(400);
      }
    }
    expect(ERROR_CODES.length).toBeGreaterThan(35);
  });

  it('refuses an address that is none of the API', async () => {
    const response = await rig.request('/api/nowhere', { headers: { cookie } });
    expect(await problem(response)).toMatchObject({ status: 404, code: 'not-found' });
    expect((await rig.request('/api', { headers: { cookie } })).status).toBe(404);
    expect((await rig.request('/api/calls', { method: 'DELETE', headers: { cookie } })).status).toBe(404);
  });

  it('says nothing of what went wrong inside, and logs it', async () => {
    const broken = openRig({
      listSerialPorts: () => Promise.reject(new Error('the secret is 1234')),
    });
    const response = await broken.request('/api/serial-ports', { headers: { cookie: await broken.signIn() } });
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('1234');
    expect(broken.logged).toHaveLength(1);
    broken.close();
  });

  it('puts what a store refuses at the field of the form', () => {
    const error = new AppError('invalid-input', { field: 'activeTo', value: '2020-01-01' });
    expect(problemOf(error, 'en').fields).toEqual([
      { path: 'activeTo', message: 'Enter an end that is later than the start.' },
    ]);
  });
});

describe('messages at fields', () => {
  it('say what to enter, in both languages', async () => {
    const body = { name: '', email: 'lan', activeFrom: '2026-02-30' };
    const english = await problem(await send('POST', '/api/people', body));
    expect(english).toMatchObject({ status: 422, code: 'invalid-input' });
    expect(english.fields).toEqual([
      { path: 'name', message: 'Enter a value.' },
      { path: 'email', message: 'Enter an e-mail address such as lan@example.com.' },
      { path: 'activeFrom', message: 'Enter a date as YYYY-MM-DD, for example 2026-03-31.' },
    ]);
    const vietnamese = await problem(await send('POST', '/api/people', body, 'vi'));
    expect(vietnamese.fields?.map((field) => field.message)).toEqual([
      'Hãy nhập giá trị.',
      'Hãy nhập địa chỉ e-mail, ví dụ lan@example.com.',
      'Hãy nhập ngày dạng NĂM-THÁNG-NGÀY, ví dụ 2026-03-31.',
    ]);
  });

  it('name the path inside a source and the bound that was passed', async () => {
    const source = {
      name: 'PBX',
      formatId: 'panasonic-a',
      config: { kind: 'tcp-client', host: 'a b', port: 70000, login: [{ expect: 'x'.repeat(201), send: '' }] },
    };
    const { fields } = await problem(await send('POST', '/api/sources', source));
    expect(fields).toEqual([
      { path: 'config.host', message: 'Enter a host name or an IP address, for example 192.168.1.10.' },
      { path: 'config.port', message: 'Enter a number of at most 65535.' },
      { path: 'config.login.0.expect', message: 'Enter at most 200 characters.' },
    ]);
  });

  it('check the query of an address too', async () => {
    const response = await rig.request('/api/calls?from=yesterday&limit=9999&band=best', {
      headers: { cookie, 'accept-language': 'en' },
    });
    const { fields = [] } = await problem(response);
    expect(fields.map((field) => field.path)).toEqual(['from', 'band', 'limit']);
    expect(fields[1]?.message).toMatch(/^Choose one of: internal, local,/);
    expect(fields[2]?.message).toBe('Enter a number of at most 500.');
  });

  it('refuse what is no JSON', async () => {
    const response = await rig.request('/api/people', {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', 'accept-language': 'en' },
      body: '{"name":',
    });
    expect((await problem(response)).fields).toEqual([{ path: '', message: 'Send one JSON value.' }]);
  });

  it.each([
    ['tcp-client', 'host'],
    ['tcp-listener', 'port'],
    ['serial', 'path'],
    ['followed-file', 'path'],
    ['ami', 'username'],
  ])('ask for what a source of kind %s lacks', (kind, field) => {
    const input = { name: 'A', formatId: 'x', config: { kind } };
    const parsed = SourceInput.safeParse(input, { reportInput: true });
    const messages = parsed.success ? [] : fieldMessages(parsed.error.issues, 'en');
    expect(messages).toContainEqual({ path: `config.${field}`, message: 'Enter a value.' });
  });

  it('have a text for every kind of issue', () => {
    const schema = z.object({
      text: z.string(),
      whole: z.number().int(),
      low: z.number().positive(),
      high: z.number().lt(10),
      list: z.array(z.string()).max(1),
      few: z.array(z.string()).min(2),
      flag: z.boolean(),
      either: z.union([z.number(), z.boolean()]),
      choice: z.enum(['a', 'b']),
    });
    const value = { text: 1, whole: 1.5, low: 0, high: 10, list: ['', ''], few: [], flag: 1, either: '', choice: 'c' };
    const parsed = schema.safeParse(value, { reportInput: true });
    const messages = parsed.success ? [] : fieldMessages(parsed.error.issues, 'en');
    expect(Object.fromEntries(messages.map(({ path, message }) => [path, message]))).toEqual({
      text: 'Enter a text.',
      whole: 'Enter a whole number.',
      low: 'Enter a number of at least 1.',
      high: 'Enter a number of at most 9.',
      list: 'Enter at most 1 entry.',
      few: 'Enter at least 2 entries.',
      flag: 'Enter yes or no.',
      either: 'Enter a value that fits here.',
      choice: 'Choose one of: a, b.',
    });
  });
});
