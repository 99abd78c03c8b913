/** A capture to be killed: a NEC link and a folder of files. */
import { join } from 'node:path';
import { startCapture } from '../../core/collector/capture-client.ts';

const folder = String(process.argv[2]);
const port = Number(process.argv[3]);
const files = { patterns: [], isRecursive: false, order: 'name' } as const;
const capture = await startCapture({ journalPath: join(folder, 'journal.db') });
await capture.configure(
  [
    {
      id: 1,
      isEnabled: true,
      config: { kind: 'nec-link', host: '127.0.0.1', port, pollSeconds: 1, isParityChecked: true },
    },
    {
      id: 2,
      isEnabled: true,
      config: {
        kind: 'folder',
        path: join(folder, 'files'),
        ...files,
        stableSeconds: 0,
        afterwards: 'move',
        doneFolder: 'done',
      },
    },
  ],
  { timeZone: 'UTC', officeFrom: '08:00', officeTo: '17:00', officeDays: [1], quietMinutes: 60 },
);
