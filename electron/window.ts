/**
 * The window: a plain, sandboxed view of the service's pages. It has no preload script and no way into this process;
 * it can go nowhere but to the service's own origin, and is granted no permission.
 */
import type { BrowserWindow, Session } from 'electron';
import type { ElectronParts } from './electron-parts.ts';
import { readWindowState, writeWindowState } from './window-state.ts';

const PARTITION = 'persist:tollbook';

/** True for an address of exactly this origin; false for anything that is no address. */
export function isOfOrigin(url: string, origin: string): boolean {
  return URL.canParse(url) && new URL(url).origin === origin;
}

/** Denies every permission, and asks where to put each download. */
export function lockSession(session: Session, saveTitle: string): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (_event, item) => {
    item.setSaveDialogOptions({ title: saveTitle, defaultPath: item.getFilename() });
  });
}

function lockNavigation(window: BrowserWindow, origin: () => string): void {
  const { webContents } = window;
  webContents.on('will-navigate', (event) => {
    if (!isOfOrigin(event.url, origin())) event.preventDefault();
  });
  webContents.on('will-redirect', (event) => {
    if (!isOfOrigin(event.url, origin())) event.preventDefault();
  });
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

export interface WindowSettings {
  readonly stateFile: string;
  readonly iconFile: string;
  readonly saveTitle: string;
  /** Asked where a page with unsaved changes would be left. */
  readonly leave: { readonly question: string; readonly leave: string; readonly stay: string };
  /** The service's origin; changes when the service starts again on another port. */
  readonly origin: () => string;
}

export function createWindow(electron: ElectronParts, settings: WindowSettings): BrowserWindow {
  const { isMaximized, ...bounds } = readWindowState(settings.stateFile);
  lockSession(electron.session.fromPartition(PARTITION), settings.saveTitle);
  const window = new electron.BrowserWindow({
    ...bounds,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    autoHideMenuBar: true,
    icon: settings.iconFile,
    title: 'Tollbook',
    webPreferences: {
      partition: PARTITION,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      spellcheck: false,
    },
  });
  lockNavigation(window, settings.origin);
  // Electron asks nobody by itself: it would stay on the page without a word.
  window.webContents.on('will-prevent-unload', (event) => {
    const { question, leave, stay } = settings.leave;
    const buttons = [stay, leave];
    const choice = electron.dialog.showMessageBoxSync(window, { type: 'question', message: question, buttons });
    if (buttons[choice] === leave) event.preventDefault();
  });
  window.once('ready-to-show', () => {
    if (isMaximized) window.maximize();
    window.show();
  });
  window.on('close', () => {
    writeWindowState(settings.stateFile, { ...window.getNormalBounds(), isMaximized: window.isMaximized() });
  });
  return window;
}
