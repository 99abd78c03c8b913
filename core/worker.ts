/** Where the file of a worker thread or process is: beside its TypeScript while developing, in dist/workers once bundled. */

/** From this folder; build/bundle.ts makes one file in dist/workers of each. */
export const WORKER_SOURCES = {
  capture: './collector/capture-worker.ts',
  ingest: './ingest/ingest-worker.ts',
  serial: './collector/serial-process.ts',
  export: './reports/export-worker.ts',
  report: './reports/report-worker.ts',
  paper: './reports/paper/paper-worker.ts',
  batch: './reports/batch-worker.ts',
  compare: './ingest/rerate-compare-worker.ts',
  backup: './backup/backup-worker.ts',
} as const;
export type WorkerName = keyof typeof WORKER_SOURCES;

export function workerUrl(name: WorkerName, from: string = import.meta.url): URL {
  // Bundled code lies in dist/service, dist/electron, dist/shared or dist/workers: all one folder deep.
  return new URL(from.endsWith('.ts') ? WORKER_SOURCES[name] : `../workers/${name}.mjs`, from);
}
