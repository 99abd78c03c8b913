import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startShell } from '../../electron/shell.ts';
import { isOfOrigin } from '../../electron/window.ts';
import { readWindowState, writeWindowState } from '../../electron/window-state.ts';
import { createElectronDouble, DoubleUpdater } from './electron-double.ts';

const ORIGIN = 'http://127.0.0.1:4680';
const LINK = `${ORIGIN}/enter#token`;
const updater = new DoubleUpdater();
const places = {
  serviceFile: '/app/dist/service/main.mjs',
  iconFile: '/app/dist/electron/icon.png',
  loadUpdater: () => Promise.resolve(updater),
};

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tollbook-shell-'));
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

/** A shell whose service is ready and whose window shows the link. */
async function openShell(argv: readonly string[] = [], options: { readonly answer?: string } = {}) {
  const double = createElectronDouble(folder, options);
  startShell(double.parts, places, Date.now, argv);
  await vi.advanceTimersByTimeAsync(0);
  const service = double.children[0]?.child;
  service?.emit('message', { type: 'ready', origin: ORIGIN });
  service?.emit('message', { type: 'link', link: LINK });
  return { ...double, service, window: double.windows[0] };
}

describe('the desktop shell', () => {
  test('runs the service in a utility process and opens its one-time link', async () => {
    const { children, window, service } = await openShell();
    expect(children).toMatchObject([{ file: places.serviceFile, args: ['serve'] }]);
    expect(service?.sent).toEqual([{ type: 'link' }]);
    expect(window?.loaded).toEqual([LINK]);
  });

  test('a second instance shows the window of the first and starts nothing', async () => {
    const second = createElectronDouble(folder, { isFirstInstance: false });
    startShell(second.parts, places, Date.now, []);
    await vi.advanceTimersByTimeAsync(0);
    expect(second.quits()).toBe(1);
    expect(second.children).toHaveLength(0);

    const { app, window } = await openShell();
    app.emit('second-instance', {}, ['tollbook.exe'], folder);
    expect(window?.isShown).toBe(true);
  });

  test('the window has no preload, a sandbox, and no Node', async () => {
    const { window } = await openShell();
    const preferences = window?.options.webPreferences;
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      webSecurity: true,
    });
    expect(preferences).not.toHaveProperty('preload');
  });

  test.each([
    ['https://example.org/', true],
    ['http://127.0.0.1:4681/', true],
    ['http://127.0.0.1:4680@example.org/', true],
    ['file:///etc/passwd', true],
    ['not an address', true],
    [`${ORIGIN}/calls`, false],
  ])('navigation to %s is stopped: %s', async (url, isStopped) => {
    const { window } = await openShell();
    for (const event of ['will-navigate', 'will-redirect']) {
      const preventDefault = vi.fn();
      window?.webContents.emit(event, { url, preventDefault });
      expect(preventDefault).toHaveBeenCalledTimes(isStopped ? 1 : 0);
    }
    expect(isOfOrigin(url, ORIGIN)).toBe(!isStopped);
  });

  test('new windows, webviews and every permission are denied', async () => {
    const { window, session } = await openShell();
    expect(window?.webContents.openHandler?.()).toEqual({ action: 'deny' });
    const preventDefault = vi.fn();
    window?.webContents.emit('will-attach-webview', { preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
    const decide = vi.fn();
    session.permissionRequest?.({}, 'media', decide);
    expect(decide).toHaveBeenCalledWith(false);
    expect(session.permissionCheck?.()).toBe(false);
    expect(session.devicePermission?.()).toBe(false);
  });

  test('a download asks where to go', async () => {
    const { session } = await openShell();
    const setSaveDialogOptions = vi.fn();
    session.emit('will-download', {}, { setSaveDialogOptions, getFilename: () => 'month.xlsx' });
    expect(setSaveDialogOptions).toHaveBeenCalledWith({ title: 'Save', defaultPath: 'month.xlsx' });
  });

  test('closing the window keeps the service; the tray opens it again with a fresh link', async () => {
    const { window, windows, app, trays, service, quits } = await openShell();
    window?.emit('close');
    window?.emit('closed');
    app.emit('window-all-closed');
    expect(quits()).toBe(0);
    trays[0]?.emit('click');
    expect(service?.sent.at(-1)).toEqual({ type: 'link' });
    service?.emit('message', { type: 'link', link: `${ORIGIN}/enter#second` });
    expect(windows[1]?.loaded).toEqual([`${ORIGIN}/enter#second`]);
  });

  test('started with the computer, no window opens until it is asked for', async () => {
    const double = createElectronDouble(folder);
    startShell(double.parts, places, Date.now, ['--hidden']);
    await vi.advanceTimersByTimeAsync(0);
    double.children[0]?.child.emit('message', { type: 'ready', origin: ORIGIN });
    expect(double.children[0]?.child.sent).toEqual([]);
    double.trays[0]?.emit('click');
    expect(double.children[0]?.child.sent).toEqual([{ type: 'link' }]);
  });

  test('what the service wants people to know is a notification, and a click on it opens the window', async () => {
    const { service, said, notes, window } = await openShell();
    window?.emit('closed');
    service?.emit('message', { type: 'notify', title: 'International calls at night', body: '4 calls' });
    expect(said).toEqual(['International calls at night']);
    expect(service?.sent).toEqual([{ type: 'link' }]);
    notes[0]?.emit('click');
    expect(service?.sent).toEqual([{ type: 'link' }, { type: 'link' }]);
  });

  test('a service that dies is started again, and that is said', async () => {
    const { service, children, said } = await openShell();
    service?.emit('exit', 1);
    expect(said).toEqual(['Tollbook started its service again']);
    await vi.advanceTimersByTimeAsync(1000);
    expect(children).toHaveLength(2);
  });

  test('a service that keeps dying is given up with its last message', async () => {
    const { children, said } = await openShell();
    for (let i = 0; i < 6; i += 1) {
      const child = children.at(-1)?.child;
      child?.emit('message', { type: 'failed', message: 'the folder is in use' });
      child?.emit('exit', 1);
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(children).toHaveLength(6);
    expect(said.at(-1)).toContain('the folder is in use');
  });

  test('the tray pauses, resumes and quits', async () => {
    const { trays, service, quits } = await openShell();
    const press = (index: number): void => {
      const item = trays[0]?.menu[index];
      (item?.click as (() => void) | undefined)?.();
    };
    press(1);
    expect(service?.sent.at(-1)).toEqual({ type: 'pause', isPaused: true });
    service?.emit('message', { type: 'paused', isPaused: true });
    expect(trays[0]?.toolTip).toBe('Tollbook: collecting is paused');
    expect(trays[0]?.menu[1]?.label).toBe('Resume collecting');
    press(4);
    expect(service?.sent.at(-1)).toEqual({ type: 'stop' });
    expect(quits()).toBe(1);
    service?.emit('exit', 0);
    await vi.advanceTimersByTimeAsync(5000);
    expect(trays[0]?.menu[4]?.label).toBe('Quit (collecting stops)');
  });

  test('newer versions are fetched from the feed that the service names, and from nowhere else', async () => {
    const { service, said } = await openShell();
    expect(updater.checks).toBe(0);
    service?.emit('message', { type: 'update-feed', feed: '' });
    await vi.advanceTimersByTimeAsync(48 * 3_600_000);
    expect(updater.checks).toBe(0);
    service?.emit('message', { type: 'update-feed', feed: 'https://example.org/tollbook' });
    await vi.advanceTimersByTimeAsync(0);
    expect(updater.feeds).toEqual([{ provider: 'generic', url: 'https://example.org/tollbook' }]);
    expect([updater.checks, updater.autoInstallOnAppQuit]).toEqual([1, true]);
    await vi.advanceTimersByTimeAsync(24 * 3_600_000);
    expect(updater.checks).toBe(2);
    updater.emit('error', new Error('no network'));
    updater.emit('update-downloaded', { version: '0.2.0' });
    expect(said).toContain('Tollbook 0.2.0 is ready');
    service?.emit('message', { type: 'update-feed', feed: '' });
    await vi.advanceTimersByTimeAsync(48 * 3_600_000);
    expect(updater.checks).toBe(2);
  });

  test('a file given on the command line is handed to the service once it is ready, instead of asking for a link', async () => {
    const { service, window } = await openShell(['tollbook', '--some-switch', '/home/an/Viettel.tbtariff']);
    expect(service?.sent).toEqual([{ type: 'open-file', path: '/home/an/Viettel.tbtariff' }]);
    expect(window?.loaded).toEqual([LINK]);
  });

  test('a file opened while the program runs goes to the window that is there', async () => {
    const { app, service, window } = await openShell();
    app.emit('second-instance', {}, ['tollbook', 'my pbx.tbformat'], '/home/an');
    app.emit('second-instance', {}, ['tollbook', 'file:///home/an/gi%C3%A1.tbtariff'], '/');
    const preventDefault = vi.fn();
    app.emit('open-file', { preventDefault }, '/Users/an/other.tbtariff');
    expect(preventDefault).toHaveBeenCalledOnce();
    expect(service?.sent.slice(1)).toEqual([
      { type: 'open-file', path: path.resolve('/home/an', 'my pbx.tbformat') },
      { type: 'open-file', path: '/home/an/giá.tbtariff' },
      { type: 'open-file', path: '/Users/an/other.tbtariff' },
    ]);
    const link = `${ORIGIN}/enter?to=/formats/opened/1#second`;
    service?.emit('message', { type: 'link', link });
    expect(window?.loaded.at(-1)).toBe(link);
  });

  test('a file that macOS names before the service is ready waits for it', async () => {
    const double = createElectronDouble(folder);
    startShell(double.parts, places, Date.now, ['--hidden']);
    double.app.emit('open-file', { preventDefault: vi.fn() }, '/Users/an/a.tbformat');
    await vi.advanceTimersByTimeAsync(0);
    const child = double.children[0]?.child;
    child?.emit('message', { type: 'ready', origin: ORIGIN });
    expect(child?.sent).toEqual([{ type: 'open-file', path: '/Users/an/a.tbformat' }]);
  });

  test('other arguments are no files, and a file of no use is said in words', async () => {
    const { app, service, said, windows } = await openShell();
    app.emit('second-instance', {}, ['tollbook', '/etc/passwd', '--x.tbtariff', 'file://elsewhere%zz/a.tbformat'], '/');
    expect(service?.sent).toEqual([{ type: 'link' }]);
    service?.emit('message', { type: 'file-refused', fileName: 'a.tbtariff', reason: 'tooLarge' });
    expect(said.at(-1)).toMatch(/^a\.tbtariff cannot be opened: The file is larger than 4 MB/);
    expect(windows).toHaveLength(1);
  });

  test.each([
    ['Leave', 1],
    ['Stay', 0],
  ])('a page with unsaved changes is left only after asking: %s', async (answer, times) => {
    const { window, said } = await openShell([], { answer });
    const preventDefault = vi.fn();
    window?.webContents.emit('will-prevent-unload', { preventDefault });
    expect(said.at(-1)).toContain('have not been saved');
    expect(preventDefault).toHaveBeenCalledTimes(times);
  });

  test('the place of the window is remembered, and a damaged note is no obstacle', async () => {
    const { window } = await openShell();
    window?.emit('close');
    const file = path.join(folder, 'window.json');
    expect(readWindowState(file)).toEqual({ x: 10, y: 20, width: 1200, height: 700, isMaximized: false });
    writeWindowState(file, { width: 'wide' } as never);
    expect(readWindowState(file)).toMatchObject({ width: 1366 });
  });
});
