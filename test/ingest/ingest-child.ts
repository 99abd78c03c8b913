/** Reads a source batch by batch until everything is read, or until it is killed. Started by kill.test.ts. */
import { Ingest } from '../../core/ingest/ingest.ts';
import { openDatabaseAt, openJournalAt } from './site-fixture.ts';

const [folder = '', sourceId = '0', batchBytes = '0'] = process.argv.slice(2);
const db = openDatabaseAt(folder);
const journal = openJournalAt(folder);
const ingest = new Ingest({ db, journal });
ingest.booker();
process.stdout.write('reading\n');
while (ingest.readBatch(Number(sourceId), { maxBytes: Number(batchBytes) }).hasMore);
process.stdout.write('finished\n');
