import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FormatCatalogue } from '../../core/formats/catalogue.ts';
import { importDefinition } from '../../core/formats/import-definition.ts';
import { sampleDifferences, withSamples } from '../../core/formats/samples.ts';
import { FormatDefinitionStore } from '../../core/store/format-definitions.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { compileDefinition } from '../../parsers/definition/compile.ts';
import type { DefinitionFile } from '../../parsers/definition/definition-file.ts';
import { parseText } from '../../parsers/parse-stream.ts';
import { openSite, type Site } from '../ingest/site-fixture.ts';

const lobby = (extensionWidth: number): DefinitionFile => ({
  formatVersion: 1,
  id: 'own-lobby',
  vendor: 'Lobby',
  title: 'Lobby',
  models: ['1'],
  transports: ['file'],
  confidence: 'unconfirmed',
  layouts: [
    {
      kind: 'columns',
      always: { direction: 'outgoing' },
      isLeftoverAllowed: true,
      fields: [
        { at: { start: 1, width: 8 }, means: 'date' },
        { at: { start: 10, width: 5 }, means: 'time' },
        { at: { start: 16, width: extensionWidth }, means: 'extension' },
        { at: { start: 21, width: 8 }, means: 'talk', form: 'clock-3' },
        { at: { start: 30, width: 12 }, means: 'dialled' },
      ],
    },
  ],
  defaults: { dateOrder: 'DMY', timeIs: 'start' },
  codeFields: [],
});
const LINE = '05/10/26 09:30 0201 00:01:05 0912345678';

describe('own formats', () => {
  let site: Site;
  beforeEach(() => {
    site = openSite({ formatId: 'own-lobby' });
  });
  afterEach(() => site.close());

  it('are kept in versions; who did not see the newest one cannot replace it', () => {
    const store = new FormatDefinitionStore(site.db);
    expect(store.add('own-lobby', '{"a":1}', 0, 5)).toMatchObject({ version: 1, createdAtMs: 5 });
    expect(store.add('own-lobby', '{"a":2}', 1, 6).version).toBe(2);
    expect(() => store.add('own-lobby', '{"a":3}', 1, 7)).toThrow('conflict');
    expect(() => store.add('own-lobby', '{"a":3}', 0, 7)).toThrow('conflict');
    expect(store.versions('own-lobby').map(({ definition }) => definition)).toEqual(['{"a":1}', '{"a":2}']);
    expect(store.get('own-lobby')?.definition).toBe('{"a":2}');
    expect(store.get('own-lobby', 1)?.definition).toBe('{"a":1}');
  });

  it('stay while a source reads with them, and leave the lists when none does', () => {
    const store = new FormatDefinitionStore(site.db);
    store.add('own-lobby', JSON.stringify(lobby(4)), 0, 5);
    expect(() => store.remove('own-lobby', 9)).toThrow('format-in-use');
    new SourceStore(site.db).remove(site.sourceId, 9);
    store.remove('own-lobby', 9);
    expect(store.list()).toEqual([]);
    expect(new FormatCatalogue(site.db).byId('own-lobby')?.title).toBe('Lobby');
  });

  it('are found beside the built-in ones, always in their newest version', () => {
    const [one, other] = [new FormatCatalogue(site.db), new FormatCatalogue(site.db)];
    expect(one.byId('own-lobby')).toBeUndefined();
    new FormatDefinitionStore(site.db).add('own-lobby', JSON.stringify(lobby(4)), 0, 5);
    expect(other.byId('own-lobby')?.title).toBe('Lobby');
    new FormatDefinitionStore(site.db).add('own-lobby', JSON.stringify({ ...lobby(4), title: 'Lobby 2' }), 1, 6);
    expect(one.byId('own-lobby')?.title).toBe('Lobby 2');
    expect(one.list().at(-1)?.id).toBe('own-lobby');
    expect(one.byId('lg-ldk300')?.id).toBe('lg-ldk');
  });

  it('read a source as soon as they are there, and as soon as they are changed, without a restart', () => {
    const stream = site.journal.openStream(site.sourceId, 'file');
    site.append(stream, `${LINE}\r\n`);
    expect(() => site.ingest.readAll(site.sourceId)).toThrow('format-unknown');
    const store = new FormatDefinitionStore(site.db);
    store.add('own-lobby', JSON.stringify(lobby(4)), 0, 5);
    site.ingest.reload();
    site.ingest.readAll(site.sourceId);
    store.add('own-lobby', JSON.stringify(lobby(3)), 1, 6);
    site.ingest.reload();
    site.append(stream, `${LINE}\r\n${LINE}\r\n`);
    site.ingest.readAll(site.sourceId);
    expect(site.calls().map(({ extension, talkSeconds }) => [extension, talkSeconds])).toEqual([
      ['0201', 65],
      ['020', 65],
      ['020', 65],
    ]);
  });

  it('say which sample lines a change would read differently', () => {
    const kept = withSamples(lobby(4), [LINE, 'HEADING']);
    expect(kept.samples?.map(({ outcome }) => outcome)).toEqual(['call', 'malformed']);
    expect(sampleDifferences(lobby(4), kept.samples ?? [])).toEqual([]);
    expect(sampleDifferences(lobby(3), kept.samples ?? [])).toMatchObject([
      { text: LINE, before: { record: { extension: '0201' } }, after: { record: { extension: '020' } } },
    ]);
  });
});

describe('descriptions of other call loggers', () => {
  const read = (text: string) => importDefinition(Buffer.from(text, 'utf8'), 'en');

  it('TIM: match and mask lines become fields, and what is not understood is said', () => {
    const { definition, notes } = read(
      [
        '##/##/## ##:## ??? ?? ????????????? ##:##:## ????',
        'aa/bb/cc dd:ee jjj mm lllllllllllll gg:hh:ii pppp',
        'EndTime=1',
        'HeaderTake=2',
      ].join('\r\n'),
    );
    expect(notes.join(' ')).toContain('HeaderTake');
    if (definition === undefined) throw new Error('nothing was made of it');
    expect(definition.defaults).toMatchObject({ dateOrder: 'DMY', timeIs: 'end' });
    const [first] = parseText(
      compileDefinition(definition),
      {},
      '23/11/26 09:30 201 03 0912345678    00:01:05 4711\r\n',
    );
    expect(first?.outcome).toMatchObject({
      kind: 'call',
      record: {
        end: '2026-11-23T09:30:00',
        extension: '201',
        trunk: '03',
        dialedNumber: '0912345678',
        durationSeconds: 65,
        accountCode: '4711',
        direction: 'outgoing',
      },
    });
  });

  it('column lists: one line or several, unknown names are said', () => {
    const { definition, notes } = read('date=1,8\ntime=10,5\norgid=2,1,4\nduration=2,6,8\nmeter=1,40,5');
    expect(notes[0]).toContain('meter');
    expect(definition?.record).toMatchObject({ kind: 'lines', count: 2 });
    expect(definition?.layouts[0]?.fields.map(({ means, at }) => [means, at])).toEqual([
      ['date', { start: 1, width: 8 }],
      ['time', { start: 10, width: 5 }],
      ['extension', { start: 1, width: 4, line: 2 }],
      ['talk', { start: 6, width: 8, line: 2 }],
    ]);
  });

  it('anything else is refused with a sentence', () => {
    expect(read('hello\nworld')).toMatchObject({ definition: undefined, problems: [{ path: '' }] });
  });
});
