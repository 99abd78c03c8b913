/** Tells a web client from a PBX by the first bytes that it sends. */

const METHOD = /^(?:GET|POST|PUT|HEAD|OPTIONS|PATCH|DELETE|CONNECT|TRACE) [/*h]/;
const METHODS = ['GET', 'POST', 'PUT', 'HEAD', 'OPTIONS', 'PATCH', 'DELETE', 'CONNECT', 'TRACE'];
/** A TLS handshake: record type 22, major version 3. */
const TLS = /^\x16\x03/;
/** As many bytes as any method with its blank and the first character behind it. */
export const ENOUGH_BYTES = 9;

export type Speaker = 'http' | 'tls' | 'other' | 'unknown';

/** `unknown`: too few bytes yet. One character per byte. */
export function speakerOf(start: string): Speaker {
  if (METHOD.test(start)) return 'http';
  if (TLS.test(start)) return 'tls';
  const couldBe =
    start === '\x16' || METHODS.some((method) => `${method} `.startsWith(start.slice(0, method.length + 1)));
  return couldBe && start.length < ENOUGH_BYTES ? 'unknown' : 'other';
}
