/**
 * Who may speak to the service at all. Other pages in the same browser are the enemy: they can send requests to
 * 127.0.0.1 and can make a name of theirs resolve to it (DNS rebinding), so Host, Origin and Sec-Fetch-Site are checked
 * before anything else, and no CORS header is ever sent.
 */
import { AppError } from '../model/errors.ts';

export interface RequestInfo {
  readonly remoteAddress: string;
  /** Port the request came in on; when known, Host must name it. */
  readonly localPort?: number | undefined;
}

export interface AccessPolicy {
  /** Host header values besides loopback that are this service, e.g. of a reverse proxy. Empty: this computer only. */
  readonly allowedHosts: readonly string[];
}

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);
const LOOPBACK_ADDRESS = /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|::ffff:127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/;
const SAFE_METHODS = new Set(['GET', 'HEAD']);

function isOwnHost(host: string, info: RequestInfo, policy: AccessPolicy): boolean {
  if (policy.allowedHosts.includes(host)) return true;
  const m = /^(\[[0-9a-f:]+\]|[^:]+)(?::(\d{1,5}))?$/.exec(host);
  if (m === null || !LOOPBACK_NAMES.has(m[1] ?? '')) return false;
  return info.localPort === undefined || Number(m[2] ?? 80) === info.localPort;
}

/** The refusal of a request that does not come from this service's own pages or a program; undefined lets it pass. */
export function refusalOf(request: Request, info: RequestInfo, policy: AccessPolicy): AppError | undefined {
  const host = (request.headers.get('host') ?? new URL(request.url).host).toLowerCase();
  if (!isOwnHost(host, info, policy)) return new AppError('bad-origin', { origin: host });
  if (policy.allowedHosts.length === 0 && !LOOPBACK_ADDRESS.test(info.remoteAddress)) {
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
