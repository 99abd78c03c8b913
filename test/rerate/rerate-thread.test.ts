import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { IngestControl, IngestEvent } from '../../core/ingest/control.ts';
import { startIngest } from '../../core/ingest/ingest-client.ts';
import { panasonicLine } from '../ingest/site-fixture.ts';
import { NOW_MS, OTHER_PRICES, openRerateSite, type RerateSite, ratedWith, tariffOf } from './rerate-fixture.ts';

const ALL = { fromDay: '2026-09-01', toDay: '2026-11-30', only: {} };

let site: RerateSite;
let ingest: IngestControl;
let events: IngestEvent[];
beforeEach(async () => {
  site = openRerateSite();
  site.publish(tariffOf(OTHER_PRICES));
  events = [];
});
afterEach(async () => {
  await ingest.stop();
  site.close();
});

const start = async (): Promise<void> => {
  const { folder } = site;
  ingest = await startIngest({ databasePath: `${folder}/tollbook.db`, journalPath: `${folder}/journal.db` });
  ingest.onEvent((event) => events.push(event));
};
const reached = (id: number, state: string): Promise<void> =>
  vi.waitFor(() => expect(site.rerates.get(id)?.state).toBe(state), { timeout: 20_000, interval: 20 });

it('the ingest thread works on re-rates, tells of them, and goes on reading', async () => {
  await start();
  const { id } = site.rerates.start(ALL, NOW_MS);
  ingest.rerate();
  const line = panasonicLine({ at: '02/09/26 08:00', number: '0912345678', duration: "00:01'00" });
  site.append(site.journal.openStream(site.sourceId, 'tcp'), line, '2026-12-01T02:00:01Z');
  ingest.wake(site.sourceId);
  await reached(id, 'ready');
  await ingest.idle();
  expect(site.calls()).toHaveLength(73);
  site.rerates.apply(id, 'Hà', 'new price list', NOW_MS);
  ingest.rerate();
  await reached(id, 'applied');
  expect(ratedWith(site, 2)).toHaveLength(49);
  await vi.waitFor(() =>
    expect(events.flatMap((event) => (event.type === 'rerate' ? [event.state] : []))).toEqual(
      expect.arrayContaining(['ready', 'applied']),
    ),
  );
}, 60_000);

it('takes up at its start what was cut off', async () => {
  const { id } = site.rerates.start(ALL, NOW_MS);
  site.work.step({ maxCalls: 10 });
  await start();
  await reached(id, 'ready');
  expect(site.rerates.get(id)).toMatchObject({ callsDone: 72 });
}, 60_000);
