import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../core/api/client.ts';
import type { Reread } from '../../core/api/contract.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { panasonicLine } from '../ingest/site-fixture.ts';
import { addSource, openRig, type Rig } from './rig.ts';

const LINES =
  panasonicLine({ at: '05/10/26 09:00', number: '0912345678', duration: "00:01'00", account: '4401' }) +
  panasonicLine({ at: '06/10/26 09:00', number: '0912345678', duration: "00:01'00", account: '4401' });

describe('reading a source with something else', () => {
  let rig: Rig;
  let client: Client;
  let id: number;
  beforeEach(async () => {
    rig = openRig();
    client = await rig.client('en');
    id = addSource(new SourceStore(rig.deps.db), 'Main PBX');
    rig.feed(id, LINES);
  });
  afterEach(() => rig.close());

  const settled = async (): Promise<Reread> => {
    for (;;) {
      const view = await client.call('getReread', { params: { id } });
      if (view.state !== 'reading') return view;
    }
  };
  const firstDay = async (): Promise<string | undefined> =>
    (await client.call('listCalls', { query: {} })).calls.at(-1)?.startLocal.slice(0, 10);

  it('shows the difference, applies it, and takes it back', async () => {
    expect(await settled()).toMatchObject({ state: 'none', previous: null, difference: null });
    const before = await firstDay();
    await client.call('startReread', {
      params: { id },
      body: { formatId: 'panasonic-a', formatOptions: { dateOrder: 'MDY' } },
    });
    const ready = await settled();
    expect(ready).toMatchObject({
      state: 'ready',
      reading: { formatId: 'panasonic-a', formatOptions: { dateOrder: 'MDY' } },
      difference: { counts: { gained: 0, lost: 0, changed: 2 } },
    });
    expect(ready.difference?.examples[0]).toMatchObject({
      kind: 'changed',
      before: { startLocal: '2026-10-05T08:59:00' },
      after: { startLocal: '2026-05-10T08:59:00' },
    });
    expect(await firstDay()).toBe(before);

    const applied = await client.call('applyReread', { params: { id } });
    expect(applied).toMatchObject({ state: 'none', previous: { formatId: 'panasonic-a' } });
    expect(await firstDay()).toBe('2026-05-10');

    await client.call('startRereadUndo', { params: { id } });
    expect(await settled()).toMatchObject({ state: 'ready', isUndo: true });
    expect(await client.call('applyReread', { params: { id } })).toMatchObject({ previous: null });
    expect(await firstDay()).toBe(before);
  });

  it('can be dropped, and then there is nothing to apply', async () => {
    await client.call('startReread', { params: { id }, body: { formatId: 'lg-ldk', formatOptions: {} } });
    expect((await settled()).difference?.counts).toMatchObject({ lost: 2, unreadAfter: 2 });
    await client.call('dropReread', { params: { id } });
    expect(await settled()).toMatchObject({ state: 'none' });
    await expect(client.call('applyReread', { params: { id } })).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
  });

  it('says what is wrong with a format, an option or a day', async () => {
    const refusal = (formatId: string, formatOptions: Record<string, string>): Promise<unknown> =>
      client.call('startReread', { params: { id }, body: { formatId, formatOptions } }).then(
        () => undefined,
        (error: unknown) => (error as { readonly problem: unknown }).problem ?? error,
      );
    expect(JSON.stringify(await refusal('no-such', {}))).toContain('Choose a format');
    expect(JSON.stringify(await refusal('panasonic-a', { dateOrder: 'XYZ' }))).toContain('DMY, MDY');
    expect(JSON.stringify(await refusal('panasonic-a', { colour: 'red' }))).toContain('no such option');
    expect(JSON.stringify(await refusal('panasonic-a', { firstDate: '31.12.2019' }))).toContain('YYYY-MM-DD');
    expect(JSON.stringify(await refusal('panasonic-a', { timeZone: 'Asia/Hanoi' }))).toContain('Asia/Ho_Chi_Minh');
    await expect(client.call('startRereadUndo', { params: { id } })).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
  });
});
