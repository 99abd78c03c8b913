/** Listens at the network as the settings say, beside the port of this computer, which stays as it is. */
import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import type { NetworkDoor, NetworkSettings, NetworkState } from '../core/access/network.ts';
import { AppError } from '../core/model/errors.ts';
import { type HttpOptions, type HttpService, originOf, startHttp } from './http.ts';

const ALL_ADDRESSES = new Set(['0.0.0.0', '::']);
const SHUT: NetworkState = { isOpen: false, origins: [], problem: null };

/** Addresses that others reach this computer by, IPv4 first. */
function ownAddresses(): readonly string[] {
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80'))
    .sort((a, b) => a.family.localeCompare(b.family))
    .map(({ address }) => address);
}

function originsOf({ address, hostNames, certificateFile }: NetworkSettings, port: number): readonly string[] {
  const addresses = ALL_ADDRESSES.has(address)
    ? ownAddresses().filter((own) => address === '::' || !own.includes(':'))
    : [address];
  return [...hostNames, ...addresses].map((host) => originOf(host, port, certificateFile !== ''));
}

async function pem(path: string): Promise<Buffer> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new AppError('certificate-refused', { detail: `${path}: ${error.code ?? error.message}` }, error);
  });
}

async function tlsOf({ certificateFile, keyFile }: NetworkSettings): Promise<HttpOptions['tls']> {
  if (certificateFile === '') return undefined;
  return { cert: await pem(certificateFile), key: await pem(keyFile) };
}

function problemOf(error: unknown, { address, port }: NetworkSettings): NonNullable<NetworkState['problem']> {
  if (error instanceof AppError) return { code: error.code, values: error.values };
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRNOTAVAIL') return { code: 'address-not-here', values: { address } };
  if (code.startsWith('ERR_OSSL') || code.startsWith('ERR_SSL')) {
    return { code: 'certificate-refused', values: { detail: message } };
  }
  return { code: 'host-unreachable', values: { host: address, port, detail: code || message } };
}

export class HttpNetworkDoor implements NetworkDoor {
  #fetch: HttpOptions['fetch'] | undefined;
  #service: HttpService | undefined;
  #state: NetworkState = SHUT;
  #turn: Promise<void> = Promise.resolve();

  /** What answers; nothing is listened at before. */
  attach(fetch: HttpOptions['fetch']): void {
    this.#fetch = fetch;
  }

  state(): NetworkState {
    return this.#state;
  }

  apply(settings: NetworkSettings): Promise<void> {
    this.#turn = this.#turn.then(() => this.#apply(settings));
    return this.#turn;
  }

  async close(): Promise<void> {
    await this.#turn;
    await this.#shut();
  }

  async #shut(): Promise<void> {
    const service = this.#service;
    this.#service = undefined;
    this.#state = SHUT;
    await service?.close();
  }

  async #apply(settings: NetworkSettings): Promise<void> {
    await this.#shut();
    const fetch = this.#fetch;
    if (!settings.isOpen || fetch === undefined) return;
    try {
      const { address: host, port } = settings;
      this.#service = await startHttp({ fetch, port, host, tls: await tlsOf(settings) });
      this.#state = { isOpen: true, origins: originsOf(settings, this.#service.port), problem: null };
    } catch (error) {
      this.#state = { isOpen: false, origins: [], problem: problemOf(error, settings) };
    }
  }
}
