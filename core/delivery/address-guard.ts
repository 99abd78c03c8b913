/**
 * Where a webhook may not go unless people allow it: link-local addresses and those at which machines in a cloud tell their
 * secrets. The addresses a name stands for are looked at when the connection is made, so that a name cannot change its mind.
 */
import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

const REFUSED_BLOCKS = [
  ['0.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['224.0.0.0', 4, 'ipv4'],
  ['255.255.255.255', 32, 'ipv4'],
  // Metadata services that are not link-local (Alibaba, Oracle, Amazon over IPv6).
  ['100.100.100.200', 32, 'ipv4'],
  ['192.0.0.192', 32, 'ipv4'],
  ['fd00:ec2::254', 128, 'ipv6'],
  ['::', 128, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
] as const;

const refused = new BlockList();
for (const [net, prefix, family] of REFUSED_BLOCKS) refused.addSubnet(net, prefix, family);

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

export class BlockedAddress extends Error {
  constructor(address: string) {
    super(address);
    this.name = 'BlockedAddress';
  }
}

/** `[::1]` as in an address of the web is understood too. */
export function isRefusedAddress(text: string): boolean {
  const bare = text.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '');
  const plain = MAPPED.exec(bare)?.[1] ?? bare;
  const version = isIP(plain);
  return version !== 0 && refused.check(plain, version === 4 ? 'ipv4' : 'ipv6');
}

/** Looks a name up and refuses it when any of its addresses is refused. */
export const guardedLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const bad = addresses?.find(({ address }) => isRefusedAddress(address));
    const failure = error ?? (bad === undefined ? null : new BlockedAddress(bad.address));
    const [first] = addresses ?? [];
    if (failure !== null || first === undefined) callback(failure ?? new Error(hostname), '', 0);
    else if (options.all === true) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};
