/** The `tollbook` program: the headless service and the command line. */
import { Command } from 'commander';
import { createTranslate, type Translate } from '../core/i18n/translate.ts';
import { systemLanguage } from './command.ts';
import { EXIT } from './exit-codes.ts';
import { version } from './version.ts';

type Register = (program: Command, t: Translate) => void;

/** In the order of the help. Only what the command needs is loaded: a start takes no longer than its own parts. */
const commands: readonly { readonly names: readonly string[]; load(): Promise<Register> }[] = [
  { names: ['serve', 'link'], load: async () => (await import('./commands/serve.ts')).registerServe },
  { names: ['parse', 'detect'], load: async () => (await import('./commands/records.ts')).registerRecords },
  { names: ['formats'], load: async () => (await import('./commands/formats.ts')).registerFormats },
  { names: ['import', 'report'], load: async () => (await import('./commands/books.ts')).registerBooks },
  { names: ['user'], load: async () => (await import('./commands/users.ts')).registerUsers },
  { names: ['people'], load: async () => (await import('./commands/people.ts')).registerPeople },
  { names: ['simulate'], load: async () => (await import('./commands/simulate.ts')).registerSimulate },
  { names: ['audit'], load: async () => (await import('./commands/audit.ts')).registerAudit },
  { names: ['journal'], load: async () => (await import('./commands/journal.ts')).registerJournal },
  { names: ['backup', 'restore'], load: async () => (await import('./commands/backup.ts')).registerBackup },
  { names: ['service'], load: async () => (await import('./commands/service.ts')).registerService },
  { names: ['data'], load: async () => (await import('./commands/data.ts')).registerData },
  { names: ['rate'], load: async () => (await import('./commands/rate.ts')).registerRate },
  { names: ['doctor'], load: async () => (await import('./commands/doctor.ts')).registerDoctor },
];

const t = createTranslate(systemLanguage());
const titles: Readonly<Record<string, string>> = {
  'Usage:': t('cli.title.usage'),
  'Arguments:': t('cli.title.arguments'),
  'Options:': t('cli.title.options'),
  'Commands:': t('cli.title.commands'),
};
const program = new Command('tollbook')
  .description(t('cli.about'))
  .version(version, '-V, --version', t('cli.version'))
  .helpOption('-h, --help', t('cli.help'))
  .helpCommand('help [command]', t('cli.helpCommand'))
  .configureHelp({ styleTitle: (title) => titles[title] ?? title })
  .showHelpAfterError();
program.exitOverride((error) => {
  // Help and version are no failure; everything else commander ends with is a wrong use.
  process.exit(error.exitCode === 0 ? EXIT.done : EXIT.wrongUse);
});
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever read the output has seen enough (`| head`).
  if (error.code === 'EPIPE') process.exit(EXIT.done);
  throw error;
});
const wanted = commands.filter(({ names }) => names.includes(process.argv[2] ?? ''));
for (const { load } of wanted.length > 0 ? wanted : commands) (await load())(program, t);
await program.parseAsync();
