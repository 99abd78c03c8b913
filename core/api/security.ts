/**
 * Who may speak to the service at all. Other pages in the same browser are the enemy: they can send requests to
 * 127.0.0.1 and can make a name of theirs resolve to it (DNS rebinding), so Host, Origin and Sec-Fetch-Site are checked
 * before anything else, and no CORS header is ever sent.
 */
import { isIP } from 'node:net';
import { AppError } from '../model/errors.ts';

export interface RequestInfo {
  readonly remoteAddress: string;
  /** Port the request came in on; when known, Host must name it. */
  readonly localPort?: number | undefined;
}

export interface AccessPolicy {
  /** Host header values besides loopback that are this service, with a port or for any. */
  readonly allowedHosts: readonly string[];
  /** Other computers may come. They may name this one by any IP address: only names can be made to point elsewhere. */
  readonly isOpenToNetwork: boolean;
}

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);
const LOOPBACK_ADDRESS = /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|::ffff:127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/;
const SAFE_METHODS = new Set(['GET', 'HEAD']);

const HOST = /^(\[[0-9a-f:.]+\]|[^:]+)(?::(\d{1,5}))?$/;

function isAddress(name: string): boolean {
  return isIP(name.replace(/^\[|\]$/g, '')) !== 0 && !LOOPBACK_NAMES.has(name);
}

/** Sent on this computer and to a name of this computer: not what a proxy on it hands on from elsewhere. */
export function isFromThisComputer(request: Request, info: RequestInfo): boolean {
  const m = HOST.exec(hostOf(request));
  return m !== null && LOOPBACK_NAMES.has(m[1] ?? '') && LOOPBACK_ADDRESS.test(info.remoteAddress);
}

function hostOf(request: Request): string {
  return (request.headers.get('host') ?? new URL(request.url).host).toLowerCase();
}

function isOwnHost(host: string, info: RequestInfo, policy: AccessPolicy): boolean {
  if (policy.allowedHosts.includes(host)) return true;
  const m = HOST.exec(host);
  if (m === null) return false;
  const name = m[1] ?? '';
  if (policy.isOpenToNetwork && (policy.allowedHosts.includes(name) || isAddress(name))) return true;
  if (!LOOPBACK_NAMES.has(name)) return false;
  return info.localPort === undefined || Number(m[2] ?? 80) === info.localPort;
}

/** The refusal of a request that does not come from this service's own pages or a program; undefined lets it pass. */
export function refusalOf(request: Request, info: RequestInfo, policy: AccessPolicy): AppError | undefined {
  const host = hostOf(request);
  if (!isOwnHost(host, info, policy)) return new AppError('bad-origin', { origin: host });
  if (!policy.isOpenToNetwork && !LOOPBACK_ADDRESS.test(info.remoteAddress)) {
    return new AppError('bad-origin', { origin: info.remoteAddress });
  }
  if (!new URL(request.url).pathname.startsWith('/api/')) return undefined;
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin' && site !== 'none') return new AppError('bad-origin', { origin: site });
  if (SAFE_METHODS.has(request.method)) return undefined;
  // A browser always sends Origin with these methods; programs (the command line) send none.
  const origin = request.headers.get('origin');
  if (origin !== null && origin !== `http://${host}` && origin !== `https://${host}`) {
    return new AppError('bad-origin', { origin });
  }
  return undefined;
}

/**
 * Mantine writes its theme variables as `<style>` elements, so styles need 'unsafe-inline'; scripts never do.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()',
};

export function addSecurityHeaders(headers: Headers): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) headers.set(name, value);
}
