/** The parts of Electron the shell uses. Tests hand in a typed double of the same shape. */
import type {
  app,
  BrowserWindow,
  dialog,
  Menu,
  Notification,
  nativeImage,
  session,
  Tray,
  utilityProcess,
} from 'electron';

export interface ElectronParts {
  readonly app: Pick<
    typeof app,
    | 'requestSingleInstanceLock'
    | 'whenReady'
    | 'on'
    | 'quit'
    | 'getPath'
    | 'getLocale'
    | 'setLoginItemSettings'
    | 'getLoginItemSettings'
    | 'setAppUserModelId'
  >;
  readonly BrowserWindow: typeof BrowserWindow;
  readonly Tray: typeof Tray;
  readonly Menu: Pick<typeof Menu, 'buildFromTemplate' | 'setApplicationMenu'>;
  readonly Notification: typeof Notification;
  readonly dialog: Pick<typeof dialog, 'showErrorBox' | 'showMessageBoxSync'>;
  readonly nativeImage: Pick<typeof nativeImage, 'createFromPath'>;
  readonly session: Pick<typeof session, 'fromPartition'>;
  readonly utilityProcess: Pick<typeof utilityProcess, 'fork'>;
}
