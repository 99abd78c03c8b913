/** The dialogue of a Panasonic LAN port as the PBX leads it: prompt, `SMDR`, password, then records. */
import type net from 'node:net';

/** The factory password of these ports; no secret of anybody's. */
export const LAN_PASSWORD = 'PCCSMDR';

/** What the collector sends up to `end`; the socket stays open afterwards. Rejects when the collector leaves before. */
export async function readUntil(socket: net.Socket, end: RegExp): Promise<string> {
  let text = '';
  for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    text += chunk.toString('latin1');
    if (end.test(text)) return text;
  }
  throw new Error('the collector left');
}

const nextLine = async (socket: net.Socket): Promise<string> => (await readUntil(socket, /[\r\n]/)).trim();

/** False when the collector was refused; the connection is then closed. */
export async function letIn(socket: net.Socket): Promise<boolean> {
  socket.write('\r\n-');
  const command = await nextLine(socket);
  socket.write(`${command}\r\nEnter Password:`);
  const password = await nextLine(socket);
  if (command === 'SMDR' && password === LAN_PASSWORD) {
    socket.write(`${'*'.repeat(password.length)}\r\n`);
    return true;
  }
  socket.end('\r\nRejected\r\n');
  return false;
}
