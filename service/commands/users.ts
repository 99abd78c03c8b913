/** `tollbook user`: who may sign in, for whoever sits at the computer that Tollbook runs on. */
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { defaultSight } from '../../core/access/viewer.ts';
import type { Client } from '../../core/api/client.ts';
import type { User } from '../../core/api/contract.ts';
import { ROLES } from '../../core/model/access.ts';
import { type CommandContext, CommandFailure, choice, defineCommand } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { withApi } from '../local-api.ts';

/** Never as an argument: arguments stand in the list of processes and in the history of the shell. */
async function askPassword(context: CommandContext): Promise<string> {
  const { stdin, stderr } = process;
  const isTyped = stdin.isTTY === true;
  if (isTyped) stderr.write(context.t('cli.user.askPassword'));
  // What is typed is not shown: the line is read, and nothing of it written.
  const lines = createInterface({ input: stdin, terminal: isTyped });
  const line = await new Promise<string>((resolve) => {
    lines.once('line', resolve);
    lines.once('close', () => resolve(''));
  });
  lines.close();
  if (isTyped) stderr.write('\n');
  if (line === '') throw new CommandFailure(context.t('cli.user.noPassword'), EXIT.wrongUse);
  return line;
}

async function userOf(context: CommandContext, client: Client, login: string): Promise<User> {
  const wanted = login.trim().toLowerCase();
  const user = (await client.call('listUsers')).find((one) => one.login.toLowerCase() === wanted);
  if (user === undefined) throw new CommandFailure(context.t('cli.user.unknown', { login }), EXIT.failed, 'not-found');
  return user;
}

interface AddOptions {
  readonly name?: string;
  readonly role?: string;
  readonly keepPassword?: boolean;
}

async function add(context: CommandContext, options: AddOptions, login: string): Promise<ExitCode> {
  const role = choice(context, '--role', options.role, [...ROLES]);
  const password = await askPassword(context);
  return withApi(context, async ({ client }) => {
    const user = await client.call('addUser', {
      body: {
        ...{ login, name: options.name ?? login, role, state: 'active', personId: null, departmentIds: [] },
        ...defaultSight(role),
        ...{ password, mustChangePassword: options.keepPassword !== true },
      },
    });
    context.print(user, context.t('cli.user.added', { login: user.login, role }));
    return EXIT.done;
  });
}

async function list(context: CommandContext): Promise<ExitCode> {
  return withApi(context, async ({ client }) => {
    const users = await client.call('listUsers');
    const widest = Math.max(0, ...users.map(({ login }) => login.length));
    context.print(
      users,
      users
        .map(
          ({ login, role, state, name }) => `${login.padEnd(widest)}  ${role.padEnd(13)}  ${state.padEnd(8)}  ${name}`,
        )
        .join('\n'),
    );
    return EXIT.done;
  });
}

async function password(context: CommandContext, _options: object, login: string): Promise<ExitCode> {
  const typed = await askPassword(context);
  return withApi(context, async ({ client }) => {
    const { id } = await userOf(context, client, login);
    const user = await client.call('setUserPassword', { params: { id }, body: { password: typed } });
    context.print(user, context.t('cli.user.passwordSet', { login: user.login }));
    return EXIT.done;
  });
}

async function unlock(context: CommandContext, _options: object, login: string): Promise<ExitCode> {
  return withApi(context, async ({ client }) => {
    const { id } = await userOf(context, client, login);
    const user = await client.call('unlockUser', { params: { id } });
    context.print(user, context.t('cli.user.unlocked', { login: user.login }));
    return EXIT.done;
  });
}

export function registerUsers(program: Command, t: CommandContext['t']): void {
  const user = program.command('user').description(t('cli.user.about'));
  defineCommand(
    user,
    'add <login>',
    t('cli.user.add'),
    (command) =>
      command
        .option('--name <text>', t('cli.user.name'))
        .option('--role <role>', t('cli.user.role', { roles: ROLES.join(', ') }))
        .option('--keep-password', t('cli.user.keepPassword')),
    add,
  );
  defineCommand(user, 'list', t('cli.user.list'), (command) => command, list);
  defineCommand(user, 'password <login>', t('cli.user.password'), (command) => command, password);
  defineCommand(user, 'unlock <login>', t('cli.user.unlock'), (command) => command, unlock);
}
