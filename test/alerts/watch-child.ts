/** Looks at the calls of a site until all is done, or kills itself at the n-th question for the time. Started by watch.test.ts. */
import { CallWatcher } from '../../core/ingest/watch-calls.ts';
import { openDatabaseAt } from '../ingest/site-fixture.ts';

const [folder = '', now = '0', questionsToLive = ''] = process.argv.slice(2);
let questions = 0;
const watcher = new CallWatcher({
  db: openDatabaseAt(folder),
  nowMs: () => {
    questions += 1;
    if (questionsToLive !== '' && questions >= Number(questionsToLive)) process.kill(process.pid, 'SIGKILL');
    return Number(now);
  },
});
while (watcher.step('all').hasMore);
while (watcher.check().hasMore);
process.stdout.write('finished\n');
