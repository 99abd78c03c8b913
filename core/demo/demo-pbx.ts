/** A Panasonic-like PBX on a loopback port: once logged in it prints the last weeks' calls, then live ones. */
import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SiteZone } from '../ingest/site-zone.ts';
import type { Office } from '../simulator/office.ts';
import { type PrintedRecord, simulateRecords } from '../simulator/simulate.ts';
import { letIn } from './lan-login.ts';

export const DEMO_FORMAT_ID = 'panasonic-a';

const PAST_DAYS = 40;
const PAST_CALLS = 900;
/** The office is open for about a third of the hours. */
const PAST_MEAN_SECONDS = (PAST_DAYS * 86_400 * 0.31) / PAST_CALLS;
const LIVE_MEAN_SECONDS = 4;
/** Calls that began this long ago end now, so that records come at once. */
const LIVE_LEAD_SECONDS = 900;
const LIVE_CALLS = 2 ** 30;

export interface DemoPbx {
  readonly port: number;
  stop(): Promise<void>;
}

export interface DemoPbxOptions {
  readonly office: Office;
  readonly seed: number;
  readonly timeZone: string;
  readonly nowMs: () => number;
  /** False when the past was already printed to this collector. */
  readonly hasPast: boolean;
}

function* pastRecords(options: DemoPbxOptions, localNow: number): Generator<PrintedRecord> {
  const traffic = {
    seed: options.seed,
    count: PAST_CALLS,
    fromLocalSeconds: localNow - PAST_DAYS * 86_400,
    meanSecondsBetweenCalls: PAST_MEAN_SECONDS,
    isOfficeHoursOnly: true,
  };
  for (const { record } of simulateRecords(options.office, DEMO_FORMAT_ID, traffic)) {
    if (record.atLocalSeconds >= localNow) return;
    yield record;
  }
}

export async function startDemoPbx(options: DemoPbxOptions): Promise<DemoPbx> {
  const zone = new SiteZone(options.timeZone);
  const localNow = (): number => zone.localOfInstant(Math.floor(options.nowMs() / 1000));
  const stopping = new AbortController();
  const sockets = new Set<net.Socket>();
  let hasPast = options.hasPast;

  const send = async (socket: net.Socket, record: PrintedRecord): Promise<void> => {
    if (!socket.write(Buffer.from(record.text, 'latin1'))) await once(socket, 'drain', { signal: stopping.signal });
  };

  const serve = async (socket: net.Socket): Promise<void> => {
    if (!(await letIn(socket))) return;
    const from = localNow();
    if (hasPast) for (const record of pastRecords(options, from)) await send(socket, record);
    hasPast = false;
    const traffic = {
      seed: from,
      count: LIVE_CALLS,
      fromLocalSeconds: from - LIVE_LEAD_SECONDS,
      meanSecondsBetweenCalls: LIVE_MEAN_SECONDS,
      isOfficeHoursOnly: false,
    };
    for (const { record } of simulateRecords(options.office, DEMO_FORMAT_ID, traffic)) {
      if (record.atLocalSeconds < from) continue;
      const waitSeconds = record.atLocalSeconds - localNow();
      if (waitSeconds > 0) await sleep(waitSeconds * 1000, undefined, { signal: stopping.signal });
      if (socket.destroyed) return;
      await send(socket, record);
    }
  };

  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    // A collector that goes away, or the end of the demo, breaks the conversation off wherever it is.
    serve(socket).catch(() => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as net.AddressInfo).port,
    async stop() {
      stopping.abort();
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
