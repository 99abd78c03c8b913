import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listLinuxPorts, listSerialPorts } from '../../core/collector/serial-ports.ts';
import type { SourceConfig } from '../../core/model/source-config.ts';
import { SerialCable } from '../support/serial-cable.ts';
import { Rig, until } from './rig.ts';

type Serial = Extract<SourceConfig, { kind: 'serial' }>;

describe('a serial port', () => {
  let rig: Rig;
  let cable: SerialCable;
  beforeEach(() => {
    rig = new Rig();
    cable = new SerialCable(rig.folder);
  });
  afterEach(async () => {
    await cable.unplug();
    await rig.end();
  });
  const config = (change: Partial<Serial> = {}): Serial => ({
    kind: 'serial',
    path: cable.port,
    baudRate: 9600,
    dataBits: 8,
    parity: 'none',
    stopBits: 1,
    flowControl: 'none',
    ...change,
  });

  it('reads a pseudo-terminal although that has no modem lines, every byte value unchanged', async () => {
    await cable.plug();
    await rig.configure([config()]);
    await until(() => rig.status()?.state === 'open');
    const all = Buffer.from(Array.from({ length: 256 }, (_, n) => n)).toString('latin1');
    await cable.send(`${all}\r\n`);
    await until(() => rig.text().length === 258);
    expect(rig.text()).toBe(`${all}\r\n`);
    expect(rig.status()?.problem).toBeNull();
  });

  it('opens again when the cable is back, and goes on in the same stream with a gap mark', async () => {
    await cable.plug();
    await rig.configure([config({ baudRate: 300, dataBits: 7, parity: 'even', stopBits: 2, flowControl: 'xon-xoff' })]);
    await until(() => rig.status()?.state === 'open');
    await cable.send('before ');
    await until(() => rig.text() === 'before ');
    await cable.unplug();
    await until(() => rig.status()?.problem?.code === 'port-not-found');
    expect(rig.status()).toMatchObject({ state: 'failed', connections: 0 });
    await cable.plug();
    await until(() => rig.status()?.state === 'open');
    await cable.send('after');
    await until(() => rig.text() === 'before after');
    const streams = rig.reader.streams(1);
    expect(streams).toMatchObject([{ peer: cable.port, closedAtMs: null }]);
    expect(rig.reader.gaps(streams[0]?.id ?? 0)).toMatchObject([{ sourceOffset: 7, reason: 'reopened' }]);
  });

  it('goes on in its stream after a restart, and closes it when the source is removed', async () => {
    await cable.plug();
    await rig.configure([config()]);
    await until(() => rig.status()?.state === 'open');
    await cable.send('one ');
    await until(() => rig.text() === 'one ');
    await rig.restart();
    await rig.configure([config()]);
    await until(() => rig.status()?.state === 'open');
    await cable.send('two');
    await until(() => rig.text() === 'one two');
    expect(rig.reader.streams(1)).toHaveLength(1);
    await rig.configure([]);
    expect(rig.reader.streams(1)[0]?.closeReason).toBe('removed');
  });

  it('says that the port does not exist, and opens it when it appears', async () => {
    await rig.configure([config()]);
    await until(() => rig.status()?.problem?.code === 'port-not-found');
    expect(rig.status()?.problem?.values).toMatchObject({ port: cable.port });
    await cable.plug();
    await until(() => rig.status()?.state === 'open');
  });

  it('says that another program holds the port', async () => {
    await cable.plug();
    await rig.configure([config(), config()]);
    await until(() => rig.status(1)?.state === 'open' || rig.status(2)?.state === 'open');
    await until(() => [rig.status(1), rig.status(2)].some((status) => status?.problem?.code === 'port-taken'));
  });
});

describe('the list of serial ports', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollbook-ports-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('names real ports with what the device says it is, and leaves out ports without hardware', async () => {
    const [dev, sysTty] = [join(folder, 'dev'), join(folder, 'sys')];
    mkdirSync(join(dev, 'serial', 'by-id'), { recursive: true });
    for (const name of ['ttyS0', 'ttyS1', 'ttyUSB10', 'ttyUSB2', 'ttyACM0', 'tty1', 'ptmx'])
      writeFileSync(join(dev, name), '');
    symlinkSync('../../ttyUSB2', join(dev, 'serial', 'by-id', 'usb-FTDI_FT232R_USB_UART_A10K-if00-port0'));
    for (const [name, type] of [
      ['ttyS0', '4'],
      ['ttyS1', '0'],
    ] as const) {
      mkdirSync(join(sysTty, name), { recursive: true });
      writeFileSync(join(sysTty, name, 'type'), `${type}\n`);
    }
    mkdirSync(join(folder, 'usb', 'if0'), { recursive: true });
    writeFileSync(join(folder, 'usb', 'product'), 'USB Modem\n');
    writeFileSync(join(folder, 'usb', 'manufacturer'), 'Acme\n');
    mkdirSync(join(sysTty, 'ttyACM0'), { recursive: true });
    symlinkSync(join(folder, 'usb', 'if0'), join(sysTty, 'ttyACM0', 'device'));
    expect(await listLinuxPorts({ dev, sysTty })).toEqual([
      { path: join(dev, 'ttyACM0'), description: 'Acme USB Modem' },
      { path: join(dev, 'ttyS0'), description: '' },
      { path: join(dev, 'ttyUSB2'), description: 'FTDI FT232R USB UART A10K' },
      { path: join(dev, 'ttyUSB10'), description: '' },
    ]);
  });

  it('is empty, and ends nothing, where there is neither /dev nor udevadm', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = folder;
    try {
      expect(await listLinuxPorts({ dev: join(folder, 'none'), sysTty: join(folder, 'none') })).toEqual([]);
      expect(Array.isArray(await listSerialPorts('linux'))).toBe(true);
    } finally {
      process.env['PATH'] = path;
    }
  });
});
