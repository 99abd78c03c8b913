/**
 * Reads a source batch by batch until everything is read or it is killed. With a number of chunks it kills itself after
 * so many, in the middle of a transaction. Started by kill.test.ts.
 */
import { Ingest } from '../../core/ingest/ingest.ts';
import { openDatabaseAt, openJournalAt } from './site-fixture.ts';

const [folder = '', sourceId = '0', batchBytes = '0', chunksToLive = ''] = process.argv.slice(2);
const db = openDatabaseAt(folder);
const journal = openJournalAt(folder);
const ingest = new Ingest({ db, journal });
ingest.booker();
let chunks = 0;
const shouldStop = (): boolean => {
  chunks += 1;
  if (chunksToLive !== '' && chunks >= Number(chunksToLive)) process.kill(process.pid, 'SIGKILL');
  return false;
};
process.stdout.write('reading\n');
while (ingest.readBatch(Number(sourceId), { maxBytes: Number(batchBytes), shouldStop }).hasMore);
process.stdout.write('finished\n');
