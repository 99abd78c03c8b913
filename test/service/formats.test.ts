/** `tollbook formats` and `--definition`: files in, files out, and a capture read by them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { run, TempFolder } from '../e2e/rig.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const DOC = fileURLToPath(new URL('../../docs/format-definitions.md', import.meta.url));

let folder: TempFolder;
let definition: string;
let capture: string;
beforeAll(() => {
  folder = new TempFolder();
  definition = folder.file('lobby.json');
  capture = folder.file('capture.txt');
  const [lines = '', json = ''] = [...readFileSync(DOC, 'utf8').matchAll(/```(?:json)?\n([^`]*)```/g)].map((m) => m[1]);
  writeFileSync(definition, json);
  writeFileSync(capture, lines);
});
afterAll(() => folder.remove());

describe('the example of docs/format-definitions.md', () => {
  it('can be used, and reads the lines above it', async () => {
    expect((await run(['formats', 'check', definition])).code).toBe(0);
    const { code, out } = await run(['parse', '--definition', definition, capture]);
    expect(code).toBe(0);
    const records = out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { record: unknown }).record);
    expect(records).toMatchObject([
      { start: '2026-11-23T09:30:00', extension: '0201', durationSeconds: 65, dialedNumber: '0912345678' },
      { direction: 'incoming', callerNumber: '02838221144', durationSeconds: 41 },
    ]);
  });

  it('is stored as version after version, read by its id, and exported again', async () => {
    const data = ['--data', folder.file('site')];
    for (const version of [1, 2]) {
      const { out } = await run(['formats', 'import', definition, '--json', ...data]);
      expect(JSON.parse(out)).toEqual({ id: 'own-lobby', version });
    }
    const { out } = await run(['parse', '--format', 'own-lobby', ...data, capture]);
    expect(out.trim().split('\n')).toHaveLength(2);
    const exported = await run(['formats', 'export', 'own-lobby', ...data]);
    expect(JSON.parse(exported.out)).toMatchObject({ id: 'own-lobby', title: 'Lobby exchange' });
    expect((await run(['formats', ...data])).out).toContain('own-lobby');
  });

  it('is refused with every wrong place when it is spoilt, and nothing is stored', async () => {
    const spoilt = folder.file('spoilt.json');
    writeFileSync(spoilt, readFileSync(definition, 'utf8').replace('"means": "talk"', '"means": "talking"'));
    const data = ['--data', folder.file('other-site')];
    const { code, err } = await run(['formats', 'import', spoilt, '--language', 'en', ...data]);
    expect(code).toBe(3);
    expect(err).toContain('layouts.0.fields.3');
    expect((await run(['formats', ...data])).out).not.toContain('own-');
  });
});
