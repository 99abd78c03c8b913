/** A typed double of the parts of Electron the shell uses: it records what was asked and lets a test raise events. */
import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions, MenuItemConstructorOptions } from 'electron';
import type { ElectronParts } from '../../electron/electron-parts.ts';

type PermissionRequest = (contents: unknown, permission: string, decide: (isGranted: boolean) => void) => void;

export class DoubleSession extends EventEmitter {
  permissionRequest: PermissionRequest | undefined;
  permissionCheck: (() => boolean) | undefined;
  devicePermission: (() => boolean) | undefined;

  setPermissionRequestHandler(handler: PermissionRequest): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: () => boolean): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.devicePermission = handler;
  }
}

class DoubleContents extends EventEmitter {
  openHandler: (() => { readonly action: string }) | undefined;

  setWindowOpenHandler(handler: () => { readonly action: string }): void {
    this.openHandler = handler;
  }
}

export class DoubleWindow extends EventEmitter {
  readonly webContents = new DoubleContents();
  readonly loaded: string[] = [];
  readonly options: BrowserWindowConstructorOptions;
  isShown = false;
  hasMaximized = false;

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
  }
  loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    return Promise.resolve();
  }
  show(): void {
    this.isShown = true;
  }
  focus(): void {
    this.isShown = true;
  }
  restore(): void {
    this.isShown = true;
  }
  isMinimized(): boolean {
    return false;
  }
  isMaximized(): boolean {
    return this.hasMaximized;
  }
  maximize(): void {
    this.hasMaximized = true;
  }
  getNormalBounds(): { x: number; y: number; width: number; height: number } {
    return { x: 10, y: 20, width: 1200, height: 700 };
  }
}

export class DoubleChild extends EventEmitter {
  readonly sent: unknown[] = [];

  postMessage(message: unknown): void {
    this.sent.push(message);
  }
}

/** The part of electron-updater that the shell uses. */
export class DoubleUpdater extends EventEmitter {
  autoDownload = false;
  autoInstallOnAppQuit = false;
  readonly feeds: unknown[] = [];
  checks = 0;

  setFeedURL(feed: unknown): void {
    this.feeds.push(feed);
  }
  checkForUpdates(): Promise<null> {
    this.checks += 1;
    return Promise.resolve(null);
  }
}

class DoubleTray extends EventEmitter {
  menu: readonly MenuItemConstructorOptions[] = [];
  toolTip = '';

  setContextMenu(menu: readonly MenuItemConstructorOptions[]): void {
    this.menu = menu;
  }
  setToolTip(text: string): void {
    this.toolTip = text;
  }
}

/** `events` are Electron's own; `said` is what the person was told. */
export function createElectronDouble(
  userData: string,
  options: { readonly isFirstInstance?: boolean; readonly answer?: string } = {},
) {
  const app = new EventEmitter();
  const session = new DoubleSession();
  const windows: DoubleWindow[] = [];
  const children: { readonly child: DoubleChild; readonly file: string; readonly args: readonly string[] }[] = [];
  const trays: DoubleTray[] = [];
  const said: string[] = [];
  const notes: EventEmitter[] = [];
  let quits = 0;

  const parts = {
    app: Object.assign(app, {
      requestSingleInstanceLock: () => options.isFirstInstance ?? true,
      whenReady: () => Promise.resolve(),
      quit: () => {
        quits += 1;
      },
      getPath: () => userData,
      getLocale: () => 'en-GB',
      setLoginItemSettings: () => undefined,
      getLoginItemSettings: () => ({ openAtLogin: false }),
      setAppUserModelId: () => undefined,
    }),
    BrowserWindow: class extends DoubleWindow {
      constructor(windowOptions: BrowserWindowConstructorOptions) {
        super(windowOptions);
        windows.push(this);
      }
    },
    Tray: class extends DoubleTray {
      constructor() {
        super();
        trays.push(this);
      }
    },
    Menu: { buildFromTemplate: (items: unknown) => items, setApplicationMenu: () => undefined },
    Notification: class extends EventEmitter {
      readonly #title: string;
      constructor({ title }: { title: string }) {
        super();
        this.#title = title;
        notes.push(this);
      }
      show(): void {
        said.push(this.#title);
      }
    },
    dialog: {
      showErrorBox: (title: string, body: string) => said.push(`${title}: ${body}`),
      showMessageBoxSync: (_window: unknown, { message, buttons }: { message: string; buttons: readonly string[] }) => {
        said.push(message);
        return buttons.indexOf(options.answer ?? '');
      },
    },
    nativeImage: { createFromPath: () => ({ resize: () => ({}) }) },
    session: { fromPartition: () => session },
    utilityProcess: {
      fork: (file: string, args: readonly string[]) => {
        const child = new DoubleChild();
        children.push({ child, file, args });
        return child;
      },
    },
  };
  return {
    parts: parts as unknown as ElectronParts,
    app,
    session,
    windows,
    children,
    trays,
    said,
    notes,
    quits: () => quits,
  };
}
