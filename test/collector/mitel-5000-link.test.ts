import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Rig, until } from './rig.ts';

const LINE = 'TLC 11202 94003 961-9000                     08:36 00:00:03 $00.00              ';
const packet = (text: string): Buffer => Buffer.from(`R\0\0\0${text}\r\n`, 'latin1');

/** Lets in who says 12345678 in the packet that the PBX's document prints byte for byte. */
const LOGIN = Buffer.from('0A000000843132333435363738' + '00', 'hex');

let rig: Rig;
let server: Server;
const sockets: Socket[] = [];
beforeEach(() => {
  rig = new Rig();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server.close();
  await rig.end();
});

const pbx = (records: readonly Buffer[]): Promise<number> => {
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.once('data', (bytes) => {
      if (!bytes.equals(LOGIN)) socket.end();
      else for (const record of records) socket.write(record);
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : 0);
    });
  });
};

describe('a Mitel 5000 link', () => {
  it('logs in with the binary packet and stores the records with their lengths', async () => {
    const whole = Buffer.concat([packet(LINE), packet(LINE)]);
    const port = await pbx([whole.subarray(0, 30), whole.subarray(30)]);
    await rig.configure([{ kind: 'mitel-5000-link', host: '127.0.0.1', port, password: '12345678' }]);
    await until(() => rig.text() === whole.toString('latin1'));
    expect(rig.status()).toMatchObject({ state: 'open', problem: null, connections: 1 });
  });

  it('begins anew after a broken connection, with a gap mark: nothing is sent twice by this PBX', async () => {
    const port = await pbx([packet(LINE)]);
    await rig.configure([{ kind: 'mitel-5000-link', host: '127.0.0.1', port, password: '12345678' }]);
    await until(() => rig.text().length === 86);
    sockets[0]?.resetAndDestroy();
    await until(() => rig.text().length === 172);
    expect(rig.reader.streams(1).map((stream) => stream.closeReason)).toEqual(['lost', null]);
    expect(rig.reader.gaps(rig.reader.streams(1)[1]?.id ?? 0)).toHaveLength(1);
  });

  it('says that a login was refused where the PBX only hangs up', async () => {
    const port = await pbx([]);
    await rig.configure([{ kind: 'mitel-5000-link', host: '127.0.0.1', port, password: '1234' }]);
    await until(() => rig.status()?.problem?.code === 'login-rejected');
    expect(JSON.stringify(rig.events)).not.toContain('1234"');
  });

  it('refuses a password that no such PBX has', async () => {
    const port = await pbx([]);
    const password = 'longer than fifteen';
    await rig.configure([{ kind: 'mitel-5000-link', host: '127.0.0.1', port, password }]);
    await until(() => rig.status()?.problem?.code === 'invalid-input');
    expect(rig.status()?.problem?.values).toMatchObject({ field: 'config.password' });
  });
});
