/** Which peers may connect: single addresses and CIDR blocks of both IP versions. */
import { BlockList, isIP } from 'node:net';
import { AppError } from '../model/errors.ts';

/** This computer and private networks (RFC 1918, link-local, unique local). */
const PRIVATE = [
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  '::1',
  'fe80::/10',
  'fc00::/7',
];
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

export class AllowedHosts {
  readonly #list = new BlockList();

  /** An empty list means `PRIVATE`. Throws AppError `setting-unusable` naming an entry that is neither address nor block. */
  constructor(entries: readonly string[]) {
    for (const entry of entries.length === 0 ? PRIVATE : entries) this.#add(entry.trim());
  }

  allows(address: string): boolean {
    const plain = plainAddress(address);
    const version = isIP(plain);
    return version !== 0 && this.#list.check(plain, version === 4 ? 'ipv4' : 'ipv6');
  }

  #add(entry: string): void {
    const [address = '', bits, ...rest] = entry.split('/');
    const version = isIP(address);
    const prefix = bits === undefined || !/^\d{1,3}$/.test(bits) ? undefined : Number(bits);
    const isWrong =
      version === 0 || rest.length > 0 || (bits !== undefined && (prefix ?? 999) > (version === 4 ? 32 : 128));
    if (isWrong) throw new AppError('setting-unusable', { field: 'config.allowedHosts', value: entry });
    const family = version === 4 ? 'ipv4' : 'ipv6';
    if (prefix === undefined) this.#list.addAddress(address, family);
    else this.#list.addSubnet(address, prefix, family);
  }
}

/** An IPv4 peer of a dual-stack listener shows up as `::ffff:10.0.0.5`; a link-local one with its interface. */
export function plainAddress(address: string): string {
  return MAPPED.exec(address)?.[1] ?? address.replace(/%.*$/, '');
}
