/**
 * The serial ports of this computer. On Linux they are read from /dev and /sys: the driver's own listing starts `udevadm`
 * and, where that is missing, ends the whole process with an error nobody can catch.
 */
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface SerialPortInfo {
  readonly path: string;
  /** Maker and model as the device states them; empty when it states none. */
  readonly description: string;
}

export interface LinuxFolders {
  readonly dev: string;
  readonly sysTty: string;
}

const LINUX_FOLDERS: LinuxFolders = { dev: '/dev', sysTty: '/sys/class/tty' };
const NAME = /^(?:tty(?:S|USB|ACM|AMA|O|MFD|XRUSB|WCH|mxc|PS|HS|THS)\d+|rfcomm\d+)$/;

export async function listSerialPorts(
  platform: NodeJS.Platform = process.platform,
): Promise<readonly SerialPortInfo[]> {
  if (platform === 'linux') return await listLinuxPorts(LINUX_FOLDERS);
  // Loaded only here: the driver is native code, and on Linux this program never needs it for a list.
  const { SerialPort } = await import('serialport');
  const ports = await SerialPort.list();
  return ports.map((port) => ({
    path: port.path,
    description: [textOf(port, 'friendlyName') || port.manufacturer, port.serialNumber].filter(Boolean).join(' '),
  }));
}

/** Ports with hardware behind them: the kernel names eight ttyS even where there is none. */
export async function listLinuxPorts(folders: LinuxFolders): Promise<readonly SerialPortInfo[]> {
  const byId = await namesById(folders.dev);
  const names = (await readdir(folders.dev).catch((): string[] => [])).filter((name) => NAME.test(name)).sort(byNumber);
  const ports: SerialPortInfo[] = [];
  for (const name of names) {
    if (!(await hasHardware(name, folders.sysTty))) continue;
    const path = join(folders.dev, name);
    ports.push({ path, description: byId.get(path) ?? (await usbDescription(name, folders.sysTty)) });
  }
  return ports;
}

function textOf(port: object, key: string): string {
  const value: unknown = Reflect.get(port, key);
  return typeof value === 'string' ? value : '';
}

function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** /dev/serial/by-id/usb-FTDI_FT232R_USB_UART_A10K-if00-port0 -> /dev/ttyUSB0 */
async function namesById(dev: string): Promise<ReadonlyMap<string, string>> {
  const folder = join(dev, 'serial', 'by-id');
  const found = new Map<string, string>();
  for (const name of await readdir(folder).catch((): string[] => [])) {
    const target = await realpath(join(folder, name)).catch(() => undefined);
    if (target !== undefined)
      found.set(
        target,
        name
          .replace(/^usb-/, '')
          .replace(/-if\d+.*$/, '')
          .replaceAll('_', ' '),
      );
  }
  return found;
}

/** An 8250 port that was not found has type 0 (`PORT_UNKNOWN`); other drivers make a device only for real hardware. */
async function hasHardware(name: string, sysTty: string): Promise<boolean> {
  const folder = join(sysTty, name);
  const type = await readText(join(folder, 'type'));
  if (type !== '') return type !== '0';
  const hasFolder = await stat(folder).then(
    () => true,
    () => false,
  );
  // Without /sys (a container) a device that is there is better shown than hidden.
  return !hasFolder || !name.startsWith('ttyS') || (await readText(join(folder, 'device', 'uevent'))) !== '';
}

async function usbDescription(name: string, sysTty: string): Promise<string> {
  // ttyUSB: device/../../product; ttyACM: device/../product.
  const device = await realpath(join(sysTty, name, 'device')).catch(() => undefined);
  if (device === undefined) return '';
  for (const up of ['..', '../..']) {
    const words = [await readText(join(device, up, 'manufacturer')), await readText(join(device, up, 'product'))];
    const text = words.filter((word) => word !== '').join(' ');
    if (text !== '') return text;
  }
  return '';
}

async function readText(path: string): Promise<string> {
  return (await readFile(path, 'utf8').catch(() => '')).trim();
}
