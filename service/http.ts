/** The API behind a port: of this computer alone, or where the network's door is opened. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { getRequestListener } from '@hono/node-server';
import type { RequestInfo } from '../core/api/security.ts';
import { AppError } from '../core/model/errors.ts';

export interface HttpOptions {
  readonly fetch: (request: Request, info: RequestInfo) => Promise<Response>;
  /** First port to try; 0 takes any free one. */
  readonly port: number;
  /** How many ports after the first may be tried when it is taken. */
  readonly morePorts?: number;
  readonly host?: string;
  /** PEM; the pages are then served over TLS. */
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer } | undefined;
}

export interface HttpService {
  readonly port: number;
  /** `http://127.0.0.1:4680` */
  readonly origin: string;
  /** Stops taking requests, gives running ones a moment, and closes. */
  close(): Promise<void>;
}

export const DEFAULT_PORT = 4680;
export const MORE_PORTS = 20;
const LOOPBACK = '127.0.0.1';
/** Event streams never end by themselves; everything else is done long before. */
const CLOSE_GRACE_MS = 2000;
const CLOSE_LOOK_MS = 20;
/** An upload of a year of records over a slow disk takes minutes; the default of five would cut it off. */
const REQUEST_TIMEOUT_MS = 0;
const HEADERS_TIMEOUT_MS = 20_000;
/** Longer than a page or a program leaves a connection unused, so that none is closed under a request just sent. */
const KEEP_ALIVE_TIMEOUT_MS = 75_000;

function listen(server: Server, port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      server.off('listening', onListening);
      // Windows reports ports that it keeps for itself as EACCES.
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    };
    const onListening = (): void => {
      server.off('error', onError);
      resolve(true);
    };
    server.once('error', onError);
    server.once('listening', onListening);
    server.listen(port, host);
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A connection that has just given its last answer stays open for the next request, so idle ones are looked for again.
    const idle = setInterval(() => server.closeIdleConnections(), CLOSE_LOOK_MS);
    const timer = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(timer);
      resolve();
    });
  });
}

export function originOf(host: string, port: number, isTls: boolean): string {
  return `${isTls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Throws AppError `port-taken` when the port and those after it are in use. */
export async function startHttp(options: HttpOptions): Promise<HttpService> {
  const host = options.host ?? LOOPBACK;
  const listener = getRequestListener(
    (request, env) => {
      const { socket } = (env as { readonly incoming: IncomingMessage }).incoming;
      return options.fetch(request, {
        remoteAddress: socket.remoteAddress ?? '',
        ...(socket.localPort !== undefined && { localPort: socket.localPort }),
      });
    },
    { overrideGlobalObjects: false },
  );
  const timeouts = {
    requestTimeout: REQUEST_TIMEOUT_MS,
    headersTimeout: HEADERS_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
  };
  const { tls } = options;
  const server = tls === undefined ? createServer(timeouts) : createTlsServer({ ...timeouts, ...tls });
  server.on('request', (incoming, outgoing) => {
    void listener(incoming, outgoing);
  });
  const last = options.port === 0 ? 0 : options.port + (options.morePorts ?? 0);
  for (let port = options.port; port <= last; port += 1) {
    if (!(await listen(server, port, host))) continue;
    const address = server.address();
    const bound = typeof address === 'object' && address !== null ? address.port : port;
    return { port: bound, origin: originOf(host, bound, tls !== undefined), close: () => closeServer(server) };
  }
  throw new AppError('port-taken', { port: options.port });
}
