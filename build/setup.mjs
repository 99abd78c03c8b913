#!/usr/bin/env node
/**
 * The first step of every npm script: installs what is missing or out of date, builds what changed, then runs the
 * command on the project's own Node. It uses nothing but Node itself (18 or newer), so it works on a fresh clone.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const isWindows = process.platform === 'win32';
const modules = path.join(root, 'node_modules');
const installStamp = path.join(modules, '.tollbook-installed');
const buildStamp = path.join(root, 'dist', '.built-from');
const electronStamp = path.join(modules, '.tollbook-no-electron');
const ELECTRON_DOWNLOAD_LIMIT_MS = 180_000;
const ELECTRON_RETRY_AFTER_MS = 24 * 3600 * 1000;

/**
 * The scripts of node_modules start with `env node`: this puts the project's Node first for all of them. With few memory
 * arenas the threads of the service give back what they no longer use (glibc only; measured: 40 MB of an import).
 */
const childEnv = {
  MALLOC_ARENA_MAX: '2',
  ...process.env,
  PATH: `${path.join(modules, '.bin')}${path.delimiter}${process.env.PATH ?? ''}`,
};

function say(text) {
  process.stderr.write(`tollbook: ${text}\n`);
}

function fail(text) {
  say(text);
  process.exit(1);
}

function projectNode() {
  const found = path.join(modules, 'node', 'bin', isWindows ? 'node.exe' : 'node');
  if (!existsSync(found)) fail('node_modules holds no Node. Delete node_modules and run the command again.');
  return found;
}

function hashOf(parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

function readStamp(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** npm itself: the one that runs this script, or the one on the PATH. */
function npm(args) {
  const cli = process.env.npm_execpath;
  const node = process.env.npm_node_execpath ?? process.execPath;
  const command = cli?.endsWith('.js') ? [node, [cli, ...args]] : [isWindows ? 'npm.cmd' : 'npm', args];
  return spawnSync(command[0], command[1], { cwd: root, stdio: 'inherit', shell: isWindows && !cli });
}

function install() {
  const wanted = hashOf([readFileSync(path.join(root, 'package-lock.json')), process.platform, process.arch]);
  if (readStamp(installStamp) === wanted) return;
  say('installing what Tollbook needs (npm ci); this takes a minute or two the first time ...');
  const startedAt = Date.now();
  const result = npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (result.status !== 0) {
    fail(
      'npm ci failed; its message is above. Check the network or the npm registry setting, then run the command again.',
    );
  }
  writeFileSync(installStamp, wanted);
  say(`installed in ${Math.round((Date.now() - startedAt) / 1000)} s`);
}

function* sourceFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== 'samples') yield* sourceFiles(full);
    } else {
      yield full;
    }
  }
}

function build() {
  const files = ['build', 'core', path.join('docs', 'help'), 'electron', 'parsers', 'renderer', 'service'].flatMap(
    (folder) => (existsSync(path.join(root, folder)) ? [...sourceFiles(path.join(root, folder))] : []),
  );
  files.push(...['package-lock.json', 'package.json', 'vite.config.ts'].map((name) => path.join(root, name)));
  const wanted = hashOf(
    files.filter(existsSync).map((file) => {
      const { mtimeMs, size } = statSync(file);
      return `${path.relative(root, file)}:${size}:${mtimeMs}`;
    }),
  );
  if (readStamp(buildStamp) === wanted) return;
  say('building ...');
  const startedAt = Date.now();
  const result = spawnSync(projectNode(), [path.join(root, 'build', 'bundle.ts')], {
    cwd: root,
    env: childEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  if (result.status !== 0) fail(`the build failed:\n${result.stdout}${result.stderr}`);
  mkdirSync(path.dirname(buildStamp), { recursive: true });
  writeFileSync(buildStamp, wanted);
  say(`built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}

/** Electron's program file, fetched once if the network has it; undefined where none can be had. */
function electronBinary() {
  const folder = path.join(modules, 'electron');
  const located = () => {
    const name = readStamp(path.join(folder, 'path.txt'));
    const file = path.join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(folder, 'dist'), name);
    return name !== '' && existsSync(file) ? file : undefined;
  };
  const present = located();
  if (present !== undefined || process.env.TOLLBOOK_NO_ELECTRON === '1') return present;
  const lastTry = existsSync(electronStamp) ? statSync(electronStamp).mtimeMs : 0;
  if (Date.now() - lastTry < ELECTRON_RETRY_AFTER_MS) return undefined;
  say('fetching the Electron window (once) ...');
  spawnSync(projectNode(), [path.join(folder, 'install.js')], { stdio: 'ignore', timeout: ELECTRON_DOWNLOAD_LIMIT_MS });
  const fetched = located();
  if (fetched === undefined) writeFileSync(electronStamp, '');
  return fetched;
}

/** Runs a program to its end, passing signals on; its exit code becomes ours. */
function run(program, args) {
  const child = spawn(program, args, { cwd: root, env: childEnv, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`could not run ${program}: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
}

function runNode(args) {
  run(projectNode(), args);
}

function inModules(...parts) {
  return path.join(modules, ...parts);
}

const service = ['--max-semi-space-size=4', path.join(root, 'dist', 'service', 'main.mjs')];
const [command = 'start', ...args] = process.argv.slice(2);

const commands = {
  start() {
    const electron = electronBinary();
    if (electron !== undefined) return run(electron, [path.join(root, 'dist', 'electron', 'main.mjs'), ...args]);
    say('no Electron binary to be had here; opening the same page in a browser window instead');
    return runNode([...service, 'serve', '--open', ...args]);
  },
  serve: () => runNode([...service, 'serve', ...args]),
  tollbook: () => runNode([...service, ...args]),
  test: () => runNode([inModules('vitest', 'vitest.mjs'), 'run', ...args]),
  bench: () => runNode(['--expose-gc', path.join(root, 'test', 'bench', 'run.ts'), ...args]),
  docs: () => runNode([path.join(root, 'build', 'docs.ts')]),
  check: () => runNode([path.join(root, 'build', 'check.ts'), ...args]),
  build: () => say('up to date in dist/'),
  dist: () => runNode([path.join(root, 'build', 'dist.ts'), ...args]),
};

if (!(command in commands)) fail(`unknown command ${command}; one of ${Object.keys(commands).join(', ')}`);
install();
if (command !== 'check' && command !== 'docs') build();
commands[command]();
