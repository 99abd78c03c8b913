/** Writes the statements of many people in a thread of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../model/errors.ts';
import { writeBatch } from './batch.ts';
import type { BatchReply, BatchWorkerData } from './batch-thread.ts';

const { options, file } = workerData as BatchWorkerData;
const reply = (message: BatchReply): void => parentPort?.postMessage(message);

try {
  await writeBatch(options, file, (done, total) => reply({ type: 'progress', done, total }));
  reply({ type: 'done' });
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  reply({ type: 'refused', code: error.code, values: error.values });
}
