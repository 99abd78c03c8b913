/** How many datagrams the system threw away because a socket was not read fast enough. Only Linux tells. */
import { readFile } from 'node:fs/promises';

const TABLES = ['/proc/net/udp', '/proc/net/udp6'];

/** Of all sockets bound to this port; undefined where the system does not tell. */
export async function droppedDatagrams(port: number): Promise<number | undefined> {
  const texts = await Promise.all(TABLES.map((table) => readFile(table, 'latin1').catch(() => '')));
  return texts.every((text) => text === '') ? undefined : dropsIn(texts.join('\n'), port);
}

/** Each line: number, local address and port in hex, …, and the drops in the last column. */
export function dropsIn(table: string, port: number): number {
  const end = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  let drops = 0;
  for (const line of table.split('\n')) {
    const columns = line.trim().split(/\s+/);
    if (columns[1]?.endsWith(end) === true) drops += Number(columns.at(-1)) || 0;
  }
  return drops;
}
