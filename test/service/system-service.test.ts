import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  launchdJob,
  presentProgram,
  type ServiceDefinition,
  systemdUnit,
  windowsTask,
  windowsWord,
} from '../../service/system-service.ts';

const definition = (changes: Partial<ServiceDefinition> = {}): ServiceDefinition => ({
  ...presentProgram(),
  description: 'Tollbook tính cước',
  dataFolder: '/var/lib/tollbook',
  port: 4680,
  ...changes,
});

/** What systemd itself says of a unit; empty when it has nothing to say. */
function systemdSays(unit: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'tollbook-unit-'));
  try {
    const file = path.join(folder, 'tollbook.service');
    writeFileSync(file, unit);
    return execFileSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8', stdio: 'pipe' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Takes a command line apart by the rules of Windows' C runtime. */
function windowsArguments(line: string): readonly string[] {
  const found: string[] = [];
  let word: string | undefined;
  let isQuoted = false;
  for (let i = 0; i < line.length; i += 1) {
    const slashes = /^\\*/.exec(line.slice(i))?.[0].length ?? 0;
    if (slashes > 0) {
      const isBeforeQuote = line[i + slashes] === '"';
      word = (word ?? '') + '\\'.repeat(isBeforeQuote ? Math.floor(slashes / 2) : slashes);
      i += slashes - 1;
      if (isBeforeQuote && slashes % 2 === 1) {
        word += '"';
        i += 1;
      }
      continue;
    }
    const letter = line[i] ?? '';
    if (letter === '"') {
      isQuoted = !isQuoted;
      word ??= '';
    } else if (/\s/.test(letter) && !isQuoted) {
      if (word !== undefined) found.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + letter;
    }
  }
  return word === undefined ? found : [...found, word];
}

describe('what an operating system is told', () => {
  it('is a unit that systemd accepts, for the computer and for a user, whatever the folder is called', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'tollbook unit %h $x "q" '));
    mkdirSync(folder, { recursive: true });
    for (const dataFolder of ['/var/lib/tollbook', folder]) {
      for (const account of [null, { user: 'root', serialGroup: 'dialout' }]) {
        expect(systemdSays(systemdUnit(definition({ dataFolder }), account))).toBe('');
      }
    }
    rmSync(folder, { recursive: true, force: true });
  });

  it('starts the program that was tried, with the folder, the port and no keychain', () => {
    const unit = systemdUnit(
      definition({ executable: '/usr/bin/node', leadingArguments: ['/opt/t b/main.mjs'] }),
      null,
    );
    expect(unit).toContain(
      'ExecStart="/usr/bin/node" "/opt/t b/main.mjs" "serve" "--port" "4680" "--data" "/var/lib/tollbook"',
    );
    expect(unit).toContain('Environment="TOLLBOOK_KEYCHAIN=off"');
    expect(unit).toContain('WantedBy=default.target');
    expect(systemdUnit(definition(), { user: 'hà', serialGroup: undefined })).toContain('User=hà\n');
  });

  it('is a task for Windows that nobody has to sign in for', () => {
    const task = windowsTask(
      definition({
        executable: 'C:\\Program Files\\Tollbook\\Tollbook.exe',
        leadingArguments: ['a&b.mjs'],
        dataFolder: 'D:\\Sổ cước',
      }),
      'PC\\Hà',
    );
    expect(task).toContain('<UserId>PC\\Hà</UserId>');
    expect(task).toContain('<LogonType>S4U</LogonType>');
    expect(task).toContain('a&amp;b.mjs serve --port 4680 --data &quot;D:\\Sổ cước&quot;');
    expect(task).toContain('<ExecutionTimeLimit>PT0S</ExecutionTimeLimit>');
  });

  it('is a job for launchd', () => {
    const job = launchdJob(definition({ dataFolder: '/Users/h/<sổ>' }), 'h');
    expect(job).toContain('<string>/Users/h/&lt;sổ&gt;</string>');
    expect(job).toContain('<key>UserName</key><string>h</string>');
    expect(launchdJob(definition(), null)).not.toContain('UserName');
  });

  it('comes through a Windows command line as it was', () => {
    const words = fc.array(fc.string({ unit: fc.constantFrom('a', ' ', '"', '\\', 'đ', '&') }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(words, (list) => {
        expect(windowsArguments(list.map(windowsWord).join(' '))).toEqual(list);
      }),
    );
  });
});
