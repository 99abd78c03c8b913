/**
 * Works on the re-rate of a folder until nothing is left to do. With a number of slices it kills itself after so many, in the
 * middle of a transaction. Started by rerate-kill.test.ts.
 */
import { Ingest } from '../../core/ingest/ingest.ts';
import { RerateWork } from '../../core/ingest/rerate-work.ts';
import { openDatabaseAt, openJournalAt } from '../ingest/site-fixture.ts';

const [folder = '', slicesToLive = ''] = process.argv.slice(2);
const ingest = new Ingest({ db: openDatabaseAt(folder), journal: openJournalAt(folder) });
const work = new RerateWork(ingest, Date.now);
let slices = 0;
const shouldStop = (): boolean => {
  slices += 1;
  if (slicesToLive !== '' && slices >= Number(slicesToLive)) process.kill(process.pid, 'SIGKILL');
  return slices % 3 === 0;
};
while (work.step({ shouldStop, sliceCalls: 40 }) !== undefined);
process.stdout.write('finished\n');
