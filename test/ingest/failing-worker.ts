/** The ingest thread with a fail point: the wake of this source ends it. Started by ingest-worker.test.ts. */
import { parentPort } from 'node:worker_threads';
import '../../core/ingest/ingest-worker.ts';
import type { IngestMessage } from '../../core/ingest/ingest-messages.ts';

const FAILING_SOURCE = 999;

parentPort?.on('message', (message: IngestMessage) => {
  if (message.type === 'wake' && message.sourceId === FAILING_SOURCE) throw new Error('the fail point');
});
