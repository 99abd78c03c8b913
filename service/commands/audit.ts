/** `tollbook audit`: whether the audit trail is as it was written. Works beside a running service. */
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { faultWords } from '../../core/api/audit-view.ts';
import { dataFilesOf } from '../../core/data-files.ts';
import { anchorFile } from '../../core/privacy/audit-anchor.ts';
import { AuditTrail } from '../../core/store/audit.ts';
import { openDatabase } from '../../core/store/database.ts';
import { systemKeychain } from '../../core/store/keychain.ts';
import { databaseMigrations } from '../../core/store/migrations/index.ts';
import { openSecretBox } from '../../core/store/secret-box.ts';
import { type CommandContext, CommandFailure, defineCommand } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';

async function verify(context: CommandContext): Promise<ExitCode> {
  const { database: file } = dataFilesOf(context.dataFolder);
  if (!existsSync(file)) throw new CommandFailure(context.t('errors.file-not-found', { path: file }));
  const db = openDatabase({ path: file, migrations: databaseMigrations, now: Date.now });
  try {
    const box = await openSecretBox(context.dataFolder, systemKeychain());
    const check = await new AuditTrail(
      db,
      anchorFile(context.dataFolder, box, () => undefined),
    ).verify();
    const { entries, head, fault } = check;
    context.print(
      { isWhole: fault === undefined, entries, hash: head.hash, fault: fault ?? null },
      fault === undefined
        ? context.t('cli.audit.whole', { count: entries, hash: head.hash })
        : faultWords(check, context.language),
    );
    return fault === undefined ? EXIT.done : EXIT.needsAttention;
  } finally {
    db.close();
  }
}

export function registerAudit(program: Command, t: CommandContext['t']): void {
  const audit = program.command('audit').description(t('cli.audit.about'));
  defineCommand(audit, 'verify', t('cli.audit.verify'), (command) => command, verify);
}
