/**
 * What an operating system needs to start the service by itself, without anybody signed in: a systemd unit, a task of
 * Windows' Task Scheduler, a launchd job. Pure: texts from values; service/commands/service.ts puts them in place.
 */

export interface ServiceProgram {
  /** Node, or Electron run as Node. */
  readonly executable: string;
  /** Of `executable`, up to and with the program's own file. */
  readonly leadingArguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export interface ServiceDefinition extends ServiceProgram {
  readonly description: string;
  readonly dataFolder: string;
  readonly port: number;
}

export const SERVICE_NAME = 'tollbook';
export const TASK_NAME = 'Tollbook';
export const LAUNCHD_LABEL = 'vn.tollbook.service';

/** What is run now, so that what is installed is what was tried. */
export function presentProgram(): ServiceProgram {
  const isElectron = process.versions['electron'] !== undefined;
  return {
    executable: process.execPath,
    leadingArguments: ['--max-semi-space-size=4', process.argv[1] ?? ''],
    environment: {
      MALLOC_ARENA_MAX: '2',
      // Nobody is signed in who could open a keychain.
      TOLLBOOK_KEYCHAIN: 'off',
      ...(isElectron && { ELECTRON_RUN_AS_NODE: '1' }),
    },
  };
}

function argumentsOf({ leadingArguments, dataFolder, port }: ServiceDefinition): readonly string[] {
  return [...leadingArguments, 'serve', '--port', String(port), '--data', dataFolder];
}

/** systemd reads `%` as a specifier, `$` as a variable, and takes words apart like a shell. */
function systemdWord(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('$', '$$$$')}"`;
}

/** A path of a list of paths: no variables there. */
const systemdPath = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%')}"`;

export interface SystemdAccount {
  readonly user: string;
  /** Group that serial ports belong to, where there is one. */
  readonly serialGroup: string | undefined;
}

/** `account`: null for a unit of the user's own service manager, which knows who it is. */
export function systemdUnit(definition: ServiceDefinition, account: SystemdAccount | null): string {
  const { executable, environment, description, dataFolder } = definition;
  const command = [executable, ...argumentsOf(definition)].map(systemdWord).join(' ');
  const lines = [
    '[Unit]',
    `Description=${description.replaceAll('%', '%%')}`,
    'After=network-online.target',
    'Wants=network-online.target',
    '',
    '[Service]',
    'Type=exec',
    `ExecStart=${command}`,
    ...Object.entries(environment).map(([name, value]) => `Environment=${systemdWord(`${name}=${value}`)}`),
    'Restart=always',
    'RestartSec=5',
    // The service closes its databases within a few seconds.
    'TimeoutStopSec=30',
    'UMask=0077',
    'NoNewPrivileges=true',
    ...(account === null
      ? []
      : [
          `User=${account.user}`,
          ...(account.serialGroup === undefined ? [] : [`SupplementaryGroups=${account.serialGroup}`]),
          'PrivateTmp=true',
          // Backups and the folders of sources may lie on any disk: only the system's own folders are closed.
          'ProtectSystem=full',
          `ReadWritePaths=${systemdPath(dataFolder)}`,
          'ProtectKernelTunables=true',
          'ProtectControlGroups=true',
          'RestrictSUIDSGID=true',
        ]),
    '',
    '[Install]',
    `WantedBy=${account === null ? 'default.target' : 'multi-user.target'}`,
  ];
  return `${lines.join('\n')}\n`;
}

function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** As Windows takes a command line apart: quotes around, backslashes before a quote doubled. */
export function windowsWord(text: string): string {
  if (text !== '' && !/[\s"]/.test(text)) return text;
  return `"${text.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
}

/**
 * A task that begins with Windows and again a minute after it ended, for as long as the computer runs. `user`: signed in or
 * not, without its password being stored. A task has no variables of its own, so `cmd` sets them.
 */
export function windowsTask(definition: ServiceDefinition, user: string): string {
  const { executable, environment, description } = definition;
  const settings = Object.entries(environment).map(([name, value]) => `set "${name}=${value}"`);
  const command = [executable, ...argumentsOf(definition)].map(windowsWord).join(' ');
  return `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>${xmlText(description)}</Description></RegistrationInfo>
  <Triggers><BootTrigger><Enabled>true</Enabled></BootTrigger></Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>${xmlText(user)}</UserId>
      <LogonType>S4U</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <RestartOnFailure><Interval>PT1M</Interval><Count>999</Count></RestartOnFailure>
    <StartWhenAvailable>true</StartWhenAvailable>
    <Hidden>true</Hidden>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>cmd.exe</Command>
      <Arguments>${xmlText(`/d /s /c "${[...settings, command].join(' && ')}"`)}</Arguments>
    </Exec>
  </Actions>
</Task>
`;
}

/** A job of launchd: for all users when it lies in /Library/LaunchDaemons, else for one. */
export function launchdJob(definition: ServiceDefinition, user: string | null): string {
  const { executable, environment } = definition;
  const string = (text: string): string => `<string>${xmlText(text)}</string>`;
  const words = [executable, ...argumentsOf(definition)].map((word) => `    ${string(word)}`).join('\n');
  const variables = Object.entries(environment).map(
    ([name, value]) => `    <key>${xmlText(name)}</key>${string(value)}`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>${string(LAUNCHD_LABEL)}
  <key>ProgramArguments</key>
  <array>
${words}
  </array>
  <key>EnvironmentVariables</key>
  <dict>
${variables.join('\n')}
  </dict>
${user === null ? '' : `  <key>UserName</key>${string(user)}\n`}  <key>RunAtLoad</key><true/>
  <key>KeepAlive</key><true/>
  <key>Umask</key><integer>63</integer>
</dict>
</plist>
`;
}
