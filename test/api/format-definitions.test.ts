import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../core/api/client.ts';
import type { Definition } from '../../core/api/contract.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { openRig, type Rig } from './rig.ts';

const definition = (width: number): Definition => ({
  formatVersion: 1,
  id: 'own-sanh',
  vendor: 'Sảnh',
  title: 'Tổng đài sảnh',
  models: ['1'],
  transports: ['file'],
  confidence: 'unconfirmed',
  layouts: [
    {
      kind: 'columns',
      fields: [
        { at: { start: 1, width: 8 }, means: 'date' },
        { at: { start: 10, width: 5 }, means: 'time' },
        { at: { start: 16, width }, means: 'extension' },
      ],
    },
  ],
  defaults: { dateOrder: 'DMY' },
  codeFields: [],
});
const LINE = '23/11/26 09:30 0201';

describe('own formats over the API', () => {
  let rig: Rig;
  let client: Client;
  beforeEach(async () => {
    rig = openRig();
    client = await rig.client();
  });
  afterEach(() => rig.close());

  const save = (width: number, after: number, sampleLines: string[] = []) =>
    client.call('saveDefinition', { body: { definition: definition(width), after, sampleLines } });

  it('are stored, listed, read back with their samples, and exported with or without them', async () => {
    const stored = await save(4, 0, [LINE]);
    expect(stored).toMatchObject({ version: 1, isOwn: true });
    expect(stored.definition.samples).toMatchObject([{ text: LINE, outcome: 'call', record: { extension: '0201' } }]);
    const listed = (await client.call('listFormats')).find(({ id }) => id === 'own-sanh');
    expect(listed).toMatchObject({ isOwn: true, confidence: 'unconfirmed', title: 'Tổng đài sảnh' });
    const params = { formatId: 'own-sanh' };
    expect(await client.call('getDefinition', { params })).toEqual(stored);
    const whole = (await (await client.call('exportDefinition', { params, query: {} })).json()) as Definition;
    expect(whole).toEqual(stored.definition);
    const file = await client.call('exportDefinition', { params, query: { withSamples: false } });
    expect(((await file.json()) as Definition).samples).toBeUndefined();
  });

  it('are refused with the place and what to do, in the reader’s language', async () => {
    const wrong = { ...definition(4), codeFields: ['account' as const] };
    const refused = client.call('saveDefinition', { body: { definition: wrong, after: 0, sampleLines: [] } });
    await expect(refused).rejects.toMatchObject({
      problem: { code: 'definition-invalid', fields: [{ path: 'definition.codeFields.0' }] },
    });
    const foreign = { ...definition(4), id: 'panasonic-a' };
    await expect(
      client.call('saveDefinition', { body: { definition: foreign, after: 0, sampleLines: [] } }),
    ).rejects.toMatchObject({ problem: { fields: [{ path: 'definition.id' }] } });
  });

  it('show what a change reads differently before it is stored, and who reads with them', async () => {
    await save(4, 0, [LINE]);
    const source = new SourceStore(rig.deps.db).add(
      { name: 'Sảnh', config: { kind: 'file-import' }, formatId: 'own-sanh', formatOptions: {}, isEnabled: true },
      0,
    );
    const body = { definition: definition(5), after: 1, sampleLines: [] };
    const same = await client.call('previewDefinition', { body });
    expect(same).toEqual({ differences: [], sources: [{ id: source.id, name: 'Sảnh' }] });
    const shorter = await client.call('previewDefinition', { body: { ...body, definition: definition(3) } });
    expect(shorter.differences).toMatchObject([
      { text: LINE, before: { outcome: 'call' }, after: { outcome: 'malformed' } },
    ]);
    expect((await client.call('getDefinition', { params: { formatId: 'own-sanh' } })).version).toBe(1);
    await expect(client.call('removeDefinition', { params: { formatId: 'own-sanh' } })).rejects.toMatchObject({
      problem: { code: 'format-in-use' },
    });
  });

  it('are tried on lines without being stored: fields, leftovers and reasons for each line', async () => {
    const tried = await client.call('tryDefinition', {
      body: { definition: definition(4), text: `${LINE}\nHEADING\n${LINE} x`, isBytes: false },
    });
    expect(tried.understood).toBe(1);
    expect(tried.lines.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['call', null],
      ['malformed', 'bad-date'],
      ['malformed', 'outside-fields'],
    ]);
    expect(tried.lines[0]?.fields).toHaveLength(3);
    expect(tried.lines[2]?.leftover).toEqual([{ from: 20, to: 21 }]);
    const unusable = await client.call('tryDefinition', { body: { definition: {}, text: LINE, isBytes: false } });
    expect(unusable.lines).toEqual([]);
    expect(unusable.problems.length).toBeGreaterThan(0);
  });

  it('are proposed from lines, and read from a file', async () => {
    // 26 November 2023 would be printed just so with the year in front.
    const proposed = await client.call('proposeDefinition', { body: { text: `${LINE}\n${LINE}`, isBytes: false } });
    expect(proposed).toMatchObject({ dateOrder: 'DMY', isDateOrderProved: false });
    const file = Buffer.from(JSON.stringify(definition(4)), 'utf8');
    expect(await client.call('importDefinition', { body: file })).toEqual({
      definition: definition(4),
      problems: [],
      notes: [],
    });
    const broken = await client.call('importDefinition', { body: Buffer.from('{"formatVersion":1}', 'utf8') });
    expect(broken.definition).toBeNull();
    expect(broken.problems.length).toBeGreaterThan(0);
  });

  it('a built-in format that is said in JSON can be copied; others have no definition', async () => {
    const telrad = await client.call('getDefinition', { params: { formatId: 'telrad' } });
    expect(telrad).toMatchObject({ version: 0, isOwn: false, definition: { id: 'telrad' } });
    await expect(client.call('getDefinition', { params: { formatId: 'panasonic-a' } })).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
  });
});
