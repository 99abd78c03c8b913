/** The desktop program: one instance, one window, a tray icon, and the service that goes on when the window is closed. */
import path from 'node:path';
import type { BrowserWindow, MenuItemConstructorOptions, Tray } from 'electron';
import { createTranslate } from '../core/i18n/translate.ts';
import type { ElectronParts } from './electron-parts.ts';
import { fileFromArguments } from './opened-file.ts';
import { type ServiceProcess, startServiceProcess } from './service-process.ts';
import { startUpdates, type Updater } from './updates.ts';
import { createWindow } from './window.ts';

export interface ShellPlaces {
  readonly serviceFile: string;
  readonly iconFile: string;
  readonly loadUpdater: () => Promise<Updater>;
}

/** Started with the computer: only the tray icon shows. */
const HIDDEN_ARGUMENT = '--hidden';

export function startShell(
  electron: ElectronParts,
  places: ShellPlaces,
  nowMs: () => number,
  argv: readonly string[],
): void {
  const { app } = electron;
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  const t = createTranslate(app.getLocale().toLowerCase().startsWith('vi') ? 'vi' : 'en');
  let window: BrowserWindow | undefined;
  let tray: Tray | undefined;
  let service: ServiceProcess | undefined;
  let origin = '';
  /** Opened before the service was ready. */
  let waitingFile = fileFromArguments(argv, process.cwd());
  let isPaused = false;
  let isQuitting = false;
  let isWindowWanted = !argv.includes(HIDDEN_ARGUMENT);

  /** A link is used up when opened, so each opening asks the service for a new one. */
  function show(): void {
    isWindowWanted = true;
    if (window !== undefined) {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    } else if (origin !== '') {
      service?.send({ type: 'link' });
    }
  }

  function openFile(file: string | undefined): void {
    if (file === undefined || origin === '') {
      waitingFile = file ?? waitingFile;
      show();
      return;
    }
    isWindowWanted = true;
    window?.show();
    service?.send({ type: 'open-file', path: file });
  }

  function openLink(link: string): void {
    if (window === undefined) {
      window = createWindow(electron, {
        stateFile: path.join(app.getPath('userData'), 'window.json'),
        iconFile: places.iconFile,
        saveTitle: t('shell.saveAs'),
        leave: { question: t('shell.leave.question'), leave: t('shell.leave.leave'), stay: t('shell.leave.stay') },
        origin: () => origin,
      });
      window.on('closed', () => {
        window = undefined;
      });
    }
    // A failed load shows in the window itself; the next restart of the service loads again.
    window.loadURL(link).catch(() => undefined);
  }

  function quit(): void {
    isQuitting = true;
    service?.stop();
    app.quit();
  }

  const updates = startUpdates(places.loadUpdater, (version) => {
    new electron.Notification({ title: t('shell.update.title', { version }), body: t('shell.update.body') }).show();
  });

  function drawTray(): void {
    const isAtLogin = app.getLoginItemSettings().openAtLogin;
    const items: MenuItemConstructorOptions[] = [
      { label: t('shell.show'), click: show },
      {
        label: isPaused ? t('shell.resume') : t('shell.pause'),
        click: () => service?.send({ type: 'pause', isPaused: !isPaused }),
      },
      {
        label: t('shell.startAtLogin'),
        type: 'checkbox',
        checked: isAtLogin,
        // Electron knows login items on Windows and macOS only.
        visible: process.platform !== 'linux',
        click: () => {
          app.setLoginItemSettings({ openAtLogin: !isAtLogin, args: [HIDDEN_ARGUMENT] });
          drawTray();
        },
      },
      { type: 'separator' },
      { label: t('shell.quit'), click: quit },
    ];
    tray?.setContextMenu(electron.Menu.buildFromTemplate(items));
    tray?.setToolTip(isPaused ? t('shell.tooltipPaused') : t('shell.tooltip'));
  }

  function start(): void {
    app.setAppUserModelId('vn.tollbook.desktop');
    electron.Menu.setApplicationMenu(null);
    tray = new electron.Tray(electron.nativeImage.createFromPath(places.iconFile).resize({ width: 16, height: 16 }));
    tray.on('click', show);
    drawTray();
    service = startServiceProcess(
      electron,
      places.serviceFile,
      {
        ready: (readyOrigin) => {
          origin = readyOrigin;
          const file = waitingFile;
          waitingFile = undefined;
          if (file !== undefined) openFile(file);
          else if (isWindowWanted || window !== undefined) service?.send({ type: 'link' });
        },
        link: openLink,
        fileRefused: (fileName, reason) => {
          electron.dialog.showErrorBox(t('shell.openFile.title', { fileName }), t(`shell.openFile.${reason}`));
          show();
        },
        paused: (nowPaused) => {
          isPaused = nowPaused;
          drawTray();
        },
        updateFeed: (feed) => updates.follow(feed),
        notify: (title, body) => {
          const note = new electron.Notification({ title, body });
          note.on('click', show);
          note.show();
        },
        restarted: () => {
          new electron.Notification({ title: t('shell.crashed.title'), body: t('shell.crashed.body') }).show();
        },
        gaveUp: (count, message) => {
          electron.dialog.showErrorBox(t('shell.failed.title'), t('shell.failed.body', { count, message }));
        },
      },
      nowMs,
    );
  }

  app.on('second-instance', (_event, args, folder) => openFile(fileFromArguments(args, folder)));
  app.on('open-file', (event, file) => {
    event.preventDefault();
    openFile(file);
  });
  app.on('activate', show);
  // Closing the window must not stop the collecting: the program lives on in the tray until it is quit there.
  app.on('window-all-closed', () => {
    if (isQuitting) app.quit();
  });
  app.on('before-quit', () => {
    isQuitting = true;
    service?.stop();
  });
  void app.whenReady().then(start);
}
