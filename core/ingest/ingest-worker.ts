/** The ingest thread: its own connections, one loop, nothing else. */
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { openDatabase } from '../store/database.ts';
import { tuneForDerivedData } from '../store/database-tuning.ts';
import { Journal } from '../store/journal.ts';
import { databaseMigrations } from '../store/migrations/index.ts';
import { removeShadowSites } from '../store/shadow-site.ts';
import { workerProblemOf } from '../worker-thread.ts';
import { Ingest } from './ingest.ts';
import { IngestLoop } from './ingest-loop.ts';
import type { IngestMessage, IngestReply, IngestWorkerData } from './ingest-messages.ts';
import { CallWatcher } from './watch-calls.ts';

const port = parentPort;
if (port === null) throw new Error('ingest-worker is started as a worker thread');

const reply = (message: IngestReply): void => port.postMessage(message);

function open(): Ingest | undefined {
  const { databasePath, journalPath } = workerData as IngestWorkerData;
  try {
    const db = openDatabase({ path: databasePath, migrations: databaseMigrations, now: Date.now });
    tuneForDerivedData(db);
    removeShadowSites(databasePath);
    return new Ingest({ db, journal: Journal.open({ path: journalPath, now: Date.now }) });
  } catch (error) {
    reply({ type: 'cannot-start', problem: workerProblemOf(error) });
    return undefined;
  }
}

function takeMessages(): readonly IngestMessage[] {
  const messages: IngestMessage[] = [];
  for (;;) {
    const taken = port === null ? undefined : receiveMessageOnPort(port);
    if (taken === undefined) return messages;
    messages.push(taken.message as IngestMessage);
  }
}

const ingest = open();
if (ingest !== undefined) {
  const loop = new IngestLoop({
    ingest,
    watcher: new CallWatcher({ db: ingest.db, nowMs: Date.now }),
    clockMs: () => performance.now(),
    takeMessages,
    tell: (event) => reply({ type: 'event', event }),
    answer: (id, answer) => reply({ type: 'done', id, answer }),
    refuse: (id, code, values) => reply({ type: 'refused', id, problem: { code, values } }),
  });
  let timer: NodeJS.Timeout | undefined;
  let gathering: NodeJS.Timeout | undefined;
  let isScheduled = false;
  const schedule = (): void => {
    if (isScheduled && (gathering === undefined || loop.gatherMs > 0)) return;
    isScheduled = true;
    clearTimeout(timer);
    clearTimeout(gathering);
    gathering = undefined;
    if (loop.gatherMs > 0) gathering = setTimeout(run, loop.gatherMs);
    else setImmediate(run);
  };
  const run = (): void => {
    isScheduled = false;
    gathering = undefined;
    loop.step();
    if (loop.isStopping) {
      ingest.db.close();
      ingest.journal.close();
      port.close();
      return;
    }
    const dueInMs = loop.dueInMs;
    if (loop.hasWork) schedule();
    else if (dueInMs !== undefined) timer = setTimeout(schedule, dueInMs);
  };
  port.on('message', (message: IngestMessage) => {
    loop.receive(message);
    schedule();
  });
  reply({ type: 'ready' });
  loop.tellStanding();
  loop.wakeAll();
  schedule();
}
