/** One POST to another program, signed so that it can be sure who sent it. */
import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { WebhookSettings } from '../alerts/delivery-settings.ts';
import { BlockedAddress, guardedLookup, isRefusedAddress } from './address-guard.ts';
import { failed, failureOfError, type Outcome, sent } from './outcome.ts';

const TIMEOUT_MS = 10_000;

/** HMAC-SHA256 over time and body, with the secret of the settings. */
export function signatureOf(secret: string, timestampS: number, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestampS}.${body}`).digest('hex')}`;
}

export interface WebhookMessage {
  readonly body: string;
  /** The same at every try of the same message. */
  readonly deliveryName: string;
  readonly timestampS: number;
}

/** Http or https, without a user in it. */
export function isWebhookUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, hostname } = new URL(text);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '' && hostname !== '';
}

/** `secret`: opened. Follows no redirection. Never throws. */
export function postWebhook(settings: WebhookSettings, secret: string, message: WebhookMessage): Promise<Outcome> {
  if (!isWebhookUrl(settings.url)) return Promise.resolve(failed('unusable', 'url'));
  const url = new URL(settings.url);
  const isGuarded = !settings.allowsMetadataAddresses;
  if (isGuarded && isRefusedAddress(url.hostname)) {
    return Promise.resolve(failed('blocked-address', url.hostname));
  }
  const { body, deliveryName, timestampS } = message;
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'Tollbook',
    'x-tollbook-delivery': deliveryName,
    'x-tollbook-timestamp': String(timestampS),
    ...(secret === '' ? {} : { 'x-tollbook-signature': signatureOf(secret, timestampS, body) }),
  };
  return new Promise((resolve) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(
      url,
      { method: 'POST', headers, timeout: TIMEOUT_MS, ...(isGuarded ? { lookup: guardedLookup } : {}) },
      (response) => {
        // What it says besides the number is of no use here.
        response.destroy();
        const status = response.statusCode ?? 0;
        resolve(status >= 200 && status < 300 ? sent(`HTTP ${status}`) : failed('refused', `HTTP ${status}`));
      },
    );
    // Silence after the connection stands counts too.
    const timer = setTimeout(() => request.destroy(new Error('timeout')), TIMEOUT_MS);
    request.on('timeout', () => request.destroy(new Error('timeout')));
    request.on('close', () => clearTimeout(timer));
    request.on('error', (error) =>
      resolve(error instanceof BlockedAddress ? failed('blocked-address', error.message) : failureOfError(error)),
    );
    request.end(body);
  });
}
