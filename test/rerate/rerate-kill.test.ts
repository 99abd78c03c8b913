import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { panasonicLine } from '../ingest/site-fixture.ts';
import {
  contentOf,
  NOW_MS,
  OTHER_PRICES,
  openRerateSite,
  type RerateSite,
  ratedWith,
  storedSums,
  sumsOfCalls,
  tariffOf,
} from './rerate-fixture.ts';

const CALLS = 600;
const CHILD = fileURLToPath(new URL('rerate-child.ts', import.meta.url));

function manyLines(): string {
  return Array.from({ length: CALLS }, (_, i) =>
    panasonicLine({
      at: `${String(1 + (i % 28)).padStart(2, '0')}/${i % 2 === 0 ? '10' : '11'}/26 ${String(8 + (i % 10)).padStart(2, '0')}:15`,
      number: ['0912345678', '02838250000', '0046812345678'][i % 3] ?? '',
      duration: `00:0${1 + (i % 8)}'${10 + (i % 50)}`,
      extension: i % 2 === 0 ? '101' : '102',
    }),
  ).join('');
}

/** Runs to its end, or until it kills itself after so many slices. */
function runChild(folder: string, slicesToLive?: number): Promise<'finished' | 'killed'> {
  const child = spawn(process.execPath, [CHILD, folder, slicesToLive === undefined ? '' : String(slicesToLive)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve('killed');
      else if (code === 0) resolve('finished');
      else reject(new Error(`ended with ${code}`));
    });
  });
}

describe('a re-rate that is killed', () => {
  let site: RerateSite;
  beforeEach(() => {
    site = openRerateSite(manyLines());
    site.publish(tariffOf(OTHER_PRICES));
  });
  afterEach(() => site.close());

  /** Kills it again and again, later each time, and looks at the books after every kill. */
  const runKilled = async (): Promise<number> => {
    let kills = 0;
    for (const slices of [1, 2, 4, 5, 7]) {
      if ((await runChild(site.folder, slices)) === 'finished') return kills;
      kills += 1;
      expect(storedSums(site.db)).toEqual(sumsOfCalls(site.db));
    }
    expect(await runChild(site.folder)).toBe('finished');
    return kills;
  };

  it('goes on where it was, in each of its phases, with exact sums after every kill', async () => {
    const before = contentOf(site.db, 'calls', 'daily_sums');
    const { id } = site.rerates.start({ fromDay: '2026-10-01', toDay: '2026-11-30', only: {} }, NOW_MS);
    expect(await runKilled()).toBeGreaterThanOrEqual(3);
    expect(site.rerates.get(id)).toMatchObject({ state: 'ready', callsDone: CALLS });
    const kept = contentOf(site.db, 'rerate_changes', 'rerate_sums');
    expect(kept['rerate_changes']).toHaveLength(CALLS);
    expect(contentOf(site.db, 'calls', 'daily_sums')).toEqual(before);

    site.rerates.apply(id, 'Hà', 'new price list', NOW_MS);
    expect(await runKilled()).toBeGreaterThanOrEqual(3);
    expect(site.rerates.get(id)?.state).toBe('applied');
    expect(contentOf(site.db, 'rerate_changes', 'rerate_sums')).toEqual(kept);
    expect(ratedWith(site, 2)).toHaveLength((CALLS / 3) * 2);

    site.rerates.takeBack(id, 'Hà', 'was wrong', NOW_MS);
    expect(await runKilled()).toBeGreaterThanOrEqual(3);
    expect(site.rerates.get(id)).toMatchObject({ state: 'taken-back', callsLeft: 0 });
    expect(contentOf(site.db, 'calls', 'daily_sums')).toEqual(before);
  }, 120_000);
});
