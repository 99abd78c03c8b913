/** Entry of the desktop program. */
import path from 'node:path';
import { app, BrowserWindow, dialog, Menu, Notification, nativeImage, session, Tray, utilityProcess } from 'electron';
import { startShell } from './shell.ts';

const dist = path.dirname(import.meta.dirname);

startShell(
  { app, BrowserWindow, dialog, Menu, Notification, nativeImage, session, Tray, utilityProcess },
  {
    serviceFile: path.join(dist, 'service', 'main.mjs'),
    iconFile: path.join(dist, 'electron', 'icon.png'),
    loadUpdater: async () => (await import('electron-updater')).default.autoUpdater,
  },
  Date.now,
  process.argv,
);
