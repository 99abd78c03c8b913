/** Opens the pages in an app window of an installed Chromium, Chrome or Edge, else in the default browser. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** A browser that dies this soon did not open a window (no display, a broken installation). */
const SETTLE_MS = 2000;

const ON_PATH = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
];

function windowsPlaces(env: NodeJS.ProcessEnv): string[] {
  const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter((r) => r !== undefined);
  const programs = [
    'Google\\Chrome\\Application\\chrome.exe',
    'Chromium\\Application\\chrome.exe',
    'Microsoft\\Edge\\Application\\msedge.exe',
  ];
  return programs.flatMap((program) => roots.map((root) => path.win32.join(root, program)));
}

const MAC_PLACES = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);

/** Program files of browsers that can show an app window, best first. */
export function findAppBrowsers(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string[] {
  if (platform === 'win32') return windowsPlaces(env).filter((file) => existsSync(file));
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const onPath = ON_PATH.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...(platform === 'darwin' ? MAC_PLACES : []), ...onPath].filter((file) => existsSync(file));
}

/** Resolves true when the program is still there after a moment, or has handed over and ended well. */
function staysOpen(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), SETTLE_MS);
    const end = (isOpen: boolean): void => {
      clearTimeout(timer);
      resolve(isOpen);
    };
    child.once('error', () => end(false));
    child.once('exit', (code) => end(code === 0));
  });
}

function launch(file: string, args: readonly string[]): Promise<boolean> {
  const child = spawn(file, args, { stdio: 'ignore', detached: true });
  child.unref();
  return staysOpen(child);
}

function defaultOpener(platform: NodeJS.Platform): { readonly file: string; readonly args: readonly string[] } {
  if (platform === 'win32') return { file: 'rundll32', args: ['url.dll,FileProtocolHandler'] };
  return { file: platform === 'darwin' ? 'open' : 'xdg-open', args: [] };
}

export type Opened =
  | { readonly kind: 'app'; readonly browser: string }
  | { readonly kind: 'default' }
  | { readonly kind: 'none' };

/** Tries each browser once. `profileFolder` keeps the app window apart from the person's own browsing. */
export async function openPages(link: string, profileFolder: string): Promise<Opened> {
  // Chromium refuses to run its sandbox as root; a service PC run by root still wants its window.
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  const args = [
    `--app=${link}`,
    `--user-data-dir=${profileFolder}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--window-size=1366,820',
    ...(isRoot ? ['--no-sandbox'] : []),
  ];
  for (const browser of findAppBrowsers()) {
    if (await launch(browser, args)) return { kind: 'app', browser: path.basename(browser) };
  }
  const opener = defaultOpener(process.platform);
  return (await launch(opener.file, [...opener.args, link])) ? { kind: 'default' } : { kind: 'none' };
}
