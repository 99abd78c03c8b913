/** The `tollbook` program: the headless service and the command line. */
import { Command } from 'commander';
import { createTranslate } from '../core/i18n/translate.ts';
import { systemLanguage } from './command.ts';
import { registerBooks } from './commands/books.ts';
import { registerDoctor } from './commands/doctor.ts';
import { registerJournal } from './commands/journal.ts';
import { registerRate } from './commands/rate.ts';
import { registerRecords } from './commands/records.ts';
import { registerServe } from './commands/serve.ts';
import { registerSimulate } from './commands/simulate.ts';
import { EXIT } from './exit-codes.ts';
import { version } from './version.ts';

// `tollbook parse ... | head` closes our output early: the reader has what it wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done);
  throw error;
});

const t = createTranslate(systemLanguage());
const program = new Command('tollbook').description(t('cli.about')).version(version).showHelpAfterError();
program.exitOverride((error) => {
  // Help and version are no failure; everything else commander ends with is a wrong use.
  process.exit(error.exitCode === 0 ? EXIT.done : EXIT.wrongUse);
});
for (const register of [
  registerServe,
  registerRecords,
  registerBooks,
  registerSimulate,
  registerJournal,
  registerRate,
  registerDoctor,
]) {
  register(program, t);
}
await program.parseAsync();
