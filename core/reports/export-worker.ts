/** Writes one month's file in a thread of its own, so that a long month holds up neither pages nor live calls. */
import { createWriteStream } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../model/errors.ts';
import type { ExportReply, ExportWorkerData } from './export-file.ts';
import { exportMonth } from './export-month.ts';

const { options, file } = workerData as ExportWorkerData;
const reply = (message: ExportReply): void => parentPort?.postMessage(message);

try {
  await exportMonth(options, createWriteStream(file, { mode: 0o600 }), (rows, of) => {
    reply({ type: 'progress', rows, of });
  });
  reply({ type: 'done' });
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  reply({ type: 'refused', code: error.code, values: error.values });
}
