import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../core/api/client.ts';
import { finishRestore } from '../../core/backup/restore-backup.ts';
import { openRig, type Rig } from './rig.ts';

describe('backups on the pages', () => {
  let rig: Rig;
  let client: Client;
  let restarts: number;
  beforeEach(async () => {
    restarts = 0;
    rig = openRig({
      restart: () => {
        restarts += 1;
      },
    });
    client = await rig.client();
  });
  afterEach(() => rig.close());

  const idle = async () => {
    for (;;) {
      const state = await client.call('getBackups');
      if (state.running === null) return state;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };

  it('are made, listed, checked, taken along, brought back, and put in place at the next start', async () => {
    expect(await client.call('getBackups')).toMatchObject({ backups: [], running: null, runs: [], isSameDisk: true });
    await client.call('addPerson', { body: { name: 'Hà' } });
    expect((await client.call('startBackup')).running).toMatchObject({ kind: 'make' });
    await expect(client.call('startBackup')).rejects.toMatchObject({ problem: { code: 'backup-running' } });
    const { backups, lastEnd, runs, folder } = await idle();
    expect(lastEnd).toMatchObject({ kind: 'make', problem: null });
    expect(runs).toMatchObject([{ result: 'made', isScheduled: false }]);
    const [made] = backups;
    expect(made?.holds).toMatchObject({ people: 1, hasKey: false });
    const fileName = made?.fileName ?? '';

    await client.call('checkBackup', { body: { fileName } });
    expect((await idle()).lastEnd).toMatchObject({ kind: 'check', fileName, problem: null });

    const file = path.join(folder, fileName);
    const bytes = readFileSync(file);
    const cookie = await rig.signIn();
    const answer = await rig.request(`/api/backups/file?fileName=${fileName}`, { headers: { cookie } });
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    writeFileSync(file, bytes.subarray(0, 500));
    expect((await client.call('getBackups')).backups[0]?.holds).toBeNull();
    await client.call('checkBackup', { body: { fileName } });
    expect((await idle()).lastEnd?.problem?.code).toBe('backup-unreadable');
    expect(await client.call('uploadBackup', { body: bytes })).toMatchObject({ fileName, holds: { people: 1 } });
    await expect(client.call('uploadBackup', { body: Buffer.from('rubbish') })).rejects.toMatchObject({
      problem: { code: 'backup-unreadable' },
    });

    await client.call('addPerson', { body: { name: 'Bình' } });
    await client.call('restoreBackup', { body: { fileName } });
    expect((await idle()).lastEnd).toMatchObject({ kind: 'stage', problem: null });
    expect(restarts).toBe(1);
    expect(existsSync(path.join(rig.deps.dataFolder, 'restoring', 'ready.json'))).toBe(true);
    rig.deps.db.close();
    rig.deps.journal.close();
    expect(finishRestore(rig.deps.dataFolder)).toBeDefined();
  });

  it('refuse a folder that cannot be written to and a name that is none of theirs', async () => {
    const { settings } = await client.call('getBackups');
    const change = (folder: string) => client.call('changeBackupSettings', { body: { ...settings, folder } });
    for (const folder of ['relative/folder', path.join(rig.deps.dataFolder, 'none'), rig.deps.db.name]) {
      await expect(change(folder)).rejects.toMatchObject({ problem: { code: 'backup-folder-refused' } });
    }
    const elsewhere = path.join(rig.deps.dataFolder, 'elsewhere');
    mkdirSync(elsewhere);
    expect((await change(elsewhere)).folder).toBe(elsewhere);
    await expect(client.call('checkBackup', { body: { fileName: '../tollbook.db' } })).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
  });

  it('can be stopped, and leave nothing half made', async () => {
    await client.call('startBackup');
    const stopped = await client.call('cancelBackup');
    expect(stopped.running).toBeNull();
    // It may have been ready just before.
    if (stopped.lastEnd?.isCancelled === true) expect(stopped.backups).toEqual([]);
    expect(readdirSync(stopped.folder).filter((name) => !name.endsWith('.zip'))).toEqual([]);
    expect((await client.call('cancelBackup')).running).toBeNull();
  });

  it('say when the next one is made', async () => {
    const { settings, nextAtMs } = await client.call('getBackups');
    expect(nextAtMs).not.toBeNull();
    const off = await client.call('changeBackupSettings', { body: { ...settings, isOn: false } });
    expect(off.nextAtMs).toBeNull();
  });
});
