/** A capture to be killed: follows `live.txt` and imports every `part-*.txt` of a folder; says `ready`, `importing` in the
 * middle of each, and `done`. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { startCapture } from '../../core/collector/capture-client.ts';
import { AppError } from '../../core/model/errors.ts';

const folder = String(process.argv[2]);
const capture = await startCapture({ journalPath: join(folder, 'journal.db') });
process.stdout.write('ready\n');
await capture.configure(
  [
    { id: 1, isEnabled: true, config: { kind: 'followed-file', path: join(folder, 'live.txt'), fromStart: true } },
    { id: 2, isEnabled: true, config: { kind: 'file-import' } },
  ],
  {
    timeZone: 'UTC',
    officeFrom: '08:00',
    officeTo: '17:00',
    officeDays: [1, 2, 3, 4, 5],
    quietMinutes: 60,
  },
);
for (const fileName of readdirSync(folder)
  .filter((name) => name.startsWith('part-'))
  .sort()) {
  try {
    const path = join(folder, fileName);
    const id = await capture.importFile({ sourceId: 2, path, fileName, again: false, deleteAfter: false });
    for (let isTold = false; ; ) {
      const progress = capture.imports().find(({ importId }) => importId === id);
      if (progress?.state === 'done') break;
      if (!isTold && progress?.state === 'running') {
        process.stdout.write('importing\n');
        isTold = true;
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'file-already-imported') throw error;
  }
}
process.stdout.write('done\n');
