/** Imports one file with the capture and ingest threads of the product and prints how long it took. Started by the bench. */
import { basename, join } from 'node:path';
import { startCapture } from '../../core/collector/capture-client.ts';
import { startIngest } from '../../core/ingest/ingest-client.ts';

const [folder = '', file = '', source = '0'] = process.argv.slice(2);
const sourceId = Number(source);
const journalPath = join(folder, 'journal.db');
const capture = await startCapture({ journalPath });
const ingest = await startIngest({ databasePath: join(folder, 'tollbook.db'), journalPath });
const quiet = { timeZone: 'UTC', officeFrom: '00:00', officeTo: '00:00', officeDays: [], quietMinutes: 60 };
await capture.configure([{ id: sourceId, config: { kind: 'file-import' }, isEnabled: true }], quiet);
const started = performance.now();
const cpuBefore = process.cpuUsage();
const isCaptured = new Promise<void>((resolve, reject) => {
  capture.onEvent((event) => {
    if (event.type === 'appended') ingest.wake(event.sourceId);
    if (event.type === 'import' && event.progress.state === 'done') resolve();
    if (event.type === 'import' && event.progress.state === 'failed') reject(new Error(JSON.stringify(event.progress)));
  });
});
await capture.importFile({ sourceId, path: file, fileName: basename(file), again: true, deleteAfter: false });
await isCaptured;
const capturedS = (performance.now() - started) / 1000;
await ingest.idle();
const seconds = (performance.now() - started) / 1000;
const cpu = process.cpuUsage(cpuBefore);
const cpuSeconds = (cpu.user + cpu.system) / 1e6;
await capture.stop();
await ingest.stop();
const peakMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ seconds, cpuSeconds, capturedS, peakMb })}\n`);
