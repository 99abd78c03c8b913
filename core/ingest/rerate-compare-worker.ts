/** Compares prices in a thread of its own, on a connection that cannot write, so that it holds up nothing. */
import { parentPort, workerData } from 'node:worker_threads';
import { openSnapshot } from '../store/report-queries.ts';
import { workerProblemOf } from '../worker-thread.ts';
import { comparePrices } from './rerate-compare.ts';
import type { CompareReply, CompareWorkerData } from './rerate-compare-client.ts';

const { databasePath, options } = workerData as CompareWorkerData;
const reply = (message: CompareReply): void => parentPort?.postMessage(message);

try {
  const snapshot = openSnapshot(databasePath);
  try {
    const steps = comparePrices(snapshot.db, options);
    let step = steps.next();
    while (step.done !== true) {
      reply({ type: 'progress', ...step.value });
      step = steps.next();
    }
    reply({ type: 'done', result: step.value });
  } finally {
    snapshot.close();
  }
} catch (error) {
  reply({ type: 'refused', problem: workerProblemOf(error) });
}
