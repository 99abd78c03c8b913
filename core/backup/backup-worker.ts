/** Makes, checks or unpacks one backup in a thread of its own: gigabytes are read, hashed and packed. */
import { rmSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { fromSqliteError } from '../store/database.ts';
import { workerProblemOf } from '../worker-thread.ts';
import type { BackupReply, BackupTask } from './backup-job.ts';
import { checkBackup } from './check-backup.ts';
import { makeBackup } from './make-backup.ts';

import { stageRestore } from './restore-backup.ts';

const task = workerData as BackupTask;
const reply = (message: BackupReply): void => parentPort?.postMessage(message);

async function perform(): Promise<void> {
  const onProgress = (progress: Extract<BackupReply, { type: 'progress' }>['progress']): void =>
    reply({ type: 'progress', progress });
  switch (task.kind) {
    case 'make': {
      const { file, manifest } = await makeBackup(task.options, onProgress);
      // A backup that nobody has tried to read is a hope.
      try {
        await checkBackup(file, task.options.targetFolder, onProgress);
      } catch (error) {
        // Left there it would be taken for one that can be restored, and each further try would leave another.
        rmSync(file, { force: true });
        throw error;
      }
      reply({ type: 'done', file, manifest });
      return;
    }
    case 'check':
      reply({ type: 'done', file: task.file, manifest: await checkBackup(task.file, task.beside, onProgress) });
      return;
    case 'stage': {
      const manifest = await stageRestore(task.file, task.dataFolder, task.nowMs, onProgress);
      reply({ type: 'done', file: task.file, manifest });
      return;
    }
  }
}

try {
  await perform();
} catch (error) {
  reply({ type: 'refused', problem: workerProblemOf(fromSqliteError(task.kind, error)) });
}
