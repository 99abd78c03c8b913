/** `tollbook service install | remove | status | show`: starts with the computer, also when nobody signs in. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import { type CommandContext, CommandFailure, defineCommand, wholeNumber } from '../command.ts';
import { ensureDataFolder, readRunningNote } from '../data-folder.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { DEFAULT_PORT } from '../http.ts';
import {
  LAUNCHD_LABEL,
  launchdJob,
  presentProgram,
  SERVICE_NAME,
  type ServiceDefinition,
  systemdUnit,
  TASK_NAME,
  windowsTask,
} from '../system-service.ts';

interface Step {
  readonly program: string;
  readonly words: readonly string[];
  /** It is no failure when this says no (a service that does not run cannot be stopped). */
  readonly mayFail?: true;
}

/** How one operating system is told. */
interface Plan {
  /** Where the definition lies; on Windows a passing file that the Task Scheduler reads. */
  readonly file: string;
  readonly text: string;
  readonly encoding: 'utf8' | 'utf16le';
  readonly isPassing?: true;
  readonly install: readonly Step[];
  readonly remove: readonly Step[];
  readonly status: Step;
}

const isRoot = (): boolean => process.getuid?.() === 0;

/** Who the service runs as: the one who asked for it, also through sudo. */
function serviceUser(named: string | undefined): string {
  return named ?? process.env['SUDO_USER'] ?? os.userInfo().username;
}

/** Debian and Fedora call it dialout, Arch uucp. */
function serialGroup(): string | undefined {
  const groups = existsSync('/etc/group') ? readFileSync('/etc/group', 'utf8') : '';
  return ['dialout', 'uucp'].find((name) => groups.includes(`\n${name}:`));
}

function systemdPlan(definition: ServiceDefinition, user: string): Plan {
  const ofUser = isRoot() ? [] : ['--user'];
  const folder = isRoot() ? '/etc/systemd/system' : path.join(os.homedir(), '.config', 'systemd', 'user');
  const systemctl = (...words: string[]): Step => ({ program: 'systemctl', words: [...ofUser, ...words] });
  const unit = `${SERVICE_NAME}.service`;
  return {
    file: path.join(folder, unit),
    text: systemdUnit(definition, isRoot() ? { user, serialGroup: serialGroup() } : null),
    encoding: 'utf8',
    install: [
      systemctl('daemon-reload'),
      systemctl('enable', '--now', unit),
      // Without this a user's services end when the user signs out.
      ...(isRoot() ? [] : [{ program: 'loginctl', words: ['enable-linger'] }]),
    ],
    remove: [{ ...systemctl('disable', '--now', unit), mayFail: true }, systemctl('daemon-reload')],
    status: systemctl('is-active', unit),
  };
}

function windowsPlan(definition: ServiceDefinition, user: string): Plan {
  const schtasks = (...words: string[]): Step => ({ program: 'schtasks.exe', words });
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'tollbook-task-')), 'task.xml');
  return {
    file,
    text: `\ufeff${windowsTask(definition, user)}`,
    encoding: 'utf16le',
    isPassing: true,
    install: [schtasks('/Create', '/F', '/TN', TASK_NAME, '/XML', file), schtasks('/Run', '/TN', TASK_NAME)],
    remove: [{ ...schtasks('/End', '/TN', TASK_NAME), mayFail: true }, schtasks('/Delete', '/F', '/TN', TASK_NAME)],
    status: schtasks('/Query', '/TN', TASK_NAME),
  };
}

function launchdPlan(definition: ServiceDefinition, user: string): Plan {
  const domain = isRoot() ? 'system' : `gui/${process.getuid?.() ?? ''}`;
  const folder = isRoot() ? '/Library/LaunchDaemons' : path.join(os.homedir(), 'Library', 'LaunchAgents');
  const launchctl = (...words: string[]): Step => ({ program: 'launchctl', words });
  const file = path.join(folder, `${LAUNCHD_LABEL}.plist`);
  return {
    file,
    text: launchdJob(definition, isRoot() ? user : null),
    encoding: 'utf8',
    install: [launchctl('bootstrap', domain, file)],
    remove: [{ ...launchctl('bootout', `${domain}/${LAUNCHD_LABEL}`), mayFail: true }],
    status: launchctl('print', `${domain}/${LAUNCHD_LABEL}`),
  };
}

const PLANS: Readonly<Record<string, (definition: ServiceDefinition, user: string) => Plan>> = {
  linux: systemdPlan,
  win32: windowsPlan,
  darwin: launchdPlan,
};

interface ServiceOptions {
  readonly port?: string;
  readonly user?: string;
}

function planOf(context: CommandContext, options: ServiceOptions): Plan {
  const make = PLANS[process.platform];
  if (make === undefined)
    throw new CommandFailure(context.t('cli.service.unknownSystem', { system: process.platform }));
  const port = wholeNumber(context, '--port', options.port, { low: 1, high: 65_535, fallback: DEFAULT_PORT });
  const description = context.t('cli.service.description');
  const { dataFolder } = context;
  return make({ ...presentProgram(), description, dataFolder, port }, serviceUser(options.user));
}

function take(context: CommandContext, { program, words, mayFail }: Step): void {
  const { status, error, stderr } = spawnSync(program, words, { encoding: 'utf8' });
  if (status === 0 || mayFail === true) return;
  const reason = error?.message ?? stderr.trim();
  throw new CommandFailure(context.t('cli.service.refused', { command: [program, ...words].join(' '), reason }));
}

async function install(context: CommandContext, options: ServiceOptions): Promise<ExitCode> {
  const note = readRunningNote(context.dataFolder);
  if (note !== undefined) throw new CommandFailure(context.t('cli.service.stopFirst', { folder: context.dataFolder }));
  const plan = planOf(context, options);
  ensureDataFolder(context.dataFolder);
  // Made by root, used by the account the service runs as. What holds data already keeps its owner.
  if (isRoot() && readdirSync(context.dataFolder).length === 0) {
    take(context, { program: 'chown', words: [`${serviceUser(options.user)}:`, context.dataFolder] });
  }
  mkdirSync(path.dirname(plan.file), { recursive: true });
  writeFileSync(plan.file, plan.text, plan.encoding);
  try {
    for (const step of plan.install) take(context, step);
  } finally {
    if (plan.isPassing === true) rmSync(path.dirname(plan.file), { recursive: true, force: true });
  }
  const file = plan.isPassing === true ? TASK_NAME : plan.file;
  context.print(
    { file, dataFolder: context.dataFolder },
    context.t('cli.service.installed', { file, folder: context.dataFolder }),
  );
  return EXIT.done;
}

async function remove(context: CommandContext, options: ServiceOptions): Promise<ExitCode> {
  const plan = planOf(context, options);
  const isThere = plan.isPassing === true || existsSync(plan.file);
  if (!isThere) throw new CommandFailure(context.t('cli.service.notInstalled'));
  const [end, ...rest] = plan.remove;
  if (end !== undefined) take(context, end);
  rmSync(plan.file, { force: true });
  for (const step of rest) take(context, step);
  context.print({ removed: plan.file }, context.t('cli.service.removed', { folder: context.dataFolder }));
  return EXIT.done;
}

async function status(context: CommandContext, options: ServiceOptions): Promise<ExitCode> {
  const plan = planOf(context, options);
  const isInstalled = plan.isPassing === true ? isWell(plan.status) : existsSync(plan.file);
  const isRunning = isInstalled && isWell(plan.status);
  const word = !isInstalled ? 'notInstalled' : isRunning ? 'runs' : 'stands';
  context.print({ isInstalled, isRunning }, context.t(`cli.service.${word}`));
  return isRunning ? EXIT.done : EXIT.needsAttention;
}

function isWell({ program, words }: Step): boolean {
  return spawnSync(program, words, { stdio: 'ignore' }).status === 0;
}

async function show(context: CommandContext, options: ServiceOptions): Promise<ExitCode> {
  const { file, text } = planOf(context, options);
  context.print({ file, text }, text.trimEnd());
  return EXIT.done;
}

export function registerService(program: Command, t: CommandContext['t']): void {
  const service = program.command('service').description(t('cli.service.about'));
  const shape = (command: Command): Command =>
    command.option('--port <n>', t('cli.serve.port')).option('--user <name>', t('cli.service.user'));
  defineCommand(service, 'install', t('cli.service.install'), shape, install);
  defineCommand(service, 'remove', t('cli.service.remove'), shape, remove);
  defineCommand(service, 'status', t('cli.service.status'), shape, status);
  defineCommand(service, 'show', t('cli.service.show'), shape, show);
}
