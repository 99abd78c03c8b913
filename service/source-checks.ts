/** What `tollbook doctor` says of sources: their ports, folders and files, and the key of their secrets. */
import { createSocket } from 'node:dgram';
import { accessSync, constants } from 'node:fs';
import net from 'node:net';
import { AppError } from '../core/model/errors.ts';
import type { SourceConfig } from '../core/model/source-config.ts';
import { secretsOf } from '../core/model/source-secrets.ts';
import { systemKeychain } from '../core/store/keychain.ts';
import { openSecretBox } from '../core/store/secret-box.ts';
import type { SourceRow } from '../core/store/sources.ts';
import type { CommandContext } from './command.ts';

type State = 'ok' | 'warning' | 'failed';
export interface Finding {
  readonly check: string;
  readonly state: State;
  readonly text: string;
}

/** `no-right`: the system keeps such low numbers for its own services. */
type PortState = 'free' | 'taken' | 'no-right';

function portStateOf(error: NodeJS.ErrnoException): PortState {
  return error.code === 'EACCES' || error.code === 'EPERM' ? 'no-right' : 'taken';
}

function tcpPort(port: number): Promise<PortState> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', (error) => resolve(portStateOf(error)));
    server.listen(port, () => server.close(() => resolve('free')));
  });
}

function udpPort(port: number): Promise<PortState> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', (error) => {
      socket.close();
      resolve(portStateOf(error));
    });
    socket.bind(port, () => socket.close(() => resolve('free')));
  });
}

/** Undefined: this kind of source opens no port. */
async function portOf(config: SourceConfig): Promise<{ readonly port: number; readonly state: PortState } | undefined> {
  switch (config.kind) {
    case 'tcp-listener':
    case 'http-push':
    case 'sftp-drop':
      return { port: config.port, state: await tcpPort(config.port) };
    case 'udp-listener':
      return { port: config.port, state: await udpPort(config.port) };
    default:
      return undefined;
  }
}

/** What must be there for the source to work, and whether it must be written to. */
function pathsOf(config: SourceConfig): readonly { readonly path: string; readonly isWritten: boolean }[] {
  switch (config.kind) {
    case 'followed-file':
      return [{ path: config.path, isWritten: false }];
    case 'folder':
      return [{ path: config.path, isWritten: config.afterwards === 'move' }];
    case 'http-push':
      return [config.certificatePath, config.keyPath]
        .filter((path) => path !== '')
        .map((path) => ({ path, isWritten: false }));
    default:
      return [];
  }
}

function isUsable(path: string, isWritten: boolean): boolean {
  try {
    accessSync(path, isWritten ? constants.R_OK | constants.W_OK : constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

export async function checkSources(
  { t }: CommandContext,
  sources: readonly SourceRow[],
  isRunning: boolean,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { name, config, isEnabled } of sources) {
    const wrong: Finding[] = [];
    // A running service holds its own ports.
    const opened = isEnabled && !isRunning ? await portOf(config) : undefined;
    if (opened?.state === 'taken') {
      wrong.push({ check: 'source', state: 'failed', text: t('cli.doctor.sourcePort', { name, port: opened.port }) });
    } else if (opened?.state === 'no-right') {
      wrong.push({
        check: 'source',
        state: 'failed',
        text: t('cli.doctor.sourcePortRight', { name, port: opened.port }),
      });
    }
    for (const { path, isWritten } of isEnabled ? pathsOf(config) : []) {
      if (isUsable(path, isWritten)) continue;
      wrong.push({ check: 'source', state: 'warning', text: t('cli.doctor.sourcePath', { name, path }) });
    }
    if (config.kind === 'sftp-pull' && config.hostKey === '') {
      wrong.push({ check: 'source', state: 'warning', text: t('cli.doctor.sourceHostKey', { name }) });
    }
    if (wrong.length > 0) findings.push(...wrong);
    else findings.push({ check: 'source', state: 'ok', text: t('cli.doctor.sourceOk', { name, state: config.kind }) });
  }
  return findings;
}

/** Nothing where no source has a secret: the keychain is not asked for nothing. */
export async function checkSecrets(
  { t, dataFolder }: CommandContext,
  sources: readonly SourceRow[],
): Promise<Finding[]> {
  const secrets = sources.flatMap(({ name, config }) =>
    [...secretsOf(config).values()].filter((text) => text !== '').map((text) => ({ name, text })),
  );
  if (secrets.length === 0) return [];
  const box = await openSecretBox(dataFolder, systemKeychain());
  const unreadable = new Map<string, string>();
  for (const { name, text } of secrets) {
    try {
      box.open(text);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      unreadable.set(name, t(`errors.${error.code}`, error.values));
    }
  }
  if (unreadable.size === 0) {
    return [{ check: 'secrets', state: 'ok', text: t(`cli.doctor.secrets.${box.place}`) }];
  }
  return [...unreadable].map(([name, message]) => ({
    check: 'secrets',
    state: 'failed',
    text: t('cli.doctor.secretsBad', { name, message }),
  }));
}
