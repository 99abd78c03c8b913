import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { DEFAULT_DELIVERY, type DeliverySettings } from '../../core/alerts/delivery-settings.ts';
import { quietUntil, waitAfter } from '../../core/alerts/delivery-times.ts';
import { isRefusedAddress } from '../../core/delivery/address-guard.ts';
import { Deliverer, type DesktopNote } from '../../core/delivery/deliverer.ts';
import { DEFAULT_MAIL, type MailSettings } from '../../core/delivery/mail-settings.ts';
import { postWebhook, signatureOf } from '../../core/delivery/webhook.ts';
import type { Finding } from '../../core/model/alert.ts';
import { localSecondsOfDay } from '../../core/model/time.ts';
import { AlertDeliveries, CHANNELS } from '../../core/store/alert-deliveries.ts';
import { writeAlertSetting } from '../../core/store/alert-settings.ts';
import { AlertStore } from '../../core/store/alerts.ts';
import { writeDeliverySetting } from '../../core/store/delivery-settings.ts';
import { openSite, type Site } from '../ingest/site-fixture.ts';
import { makeCertificate, openSmtpSink, type SmtpSink } from './smtp-sink.ts';

const HOUR_MS = 3_600_000;
/** 5 October 2026, 10:00 in Ha Noi. */
const MORNING = Date.parse('2026-10-05T03:00:00Z');

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

async function openHook(status: () => number): Promise<{ url: string; received: Received[]; server: Server }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (data: Buffer) => {
      body += data.toString();
    });
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      response.writeHead(status(), { location: 'http://127.0.0.1:1/' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received, server };
}

async function openMail(options: Parameters<typeof openSmtpSink>[0]): Promise<SmtpSink> {
  const sink = await openSmtpSink(options);
  closing.push(() => sink.close());
  return sink;
}

type Parts = { [K in keyof DeliverySettings]?: Partial<DeliverySettings[K]> | DeliverySettings[K] };

interface DeliveryRig {
  readonly site: Site;
  readonly deliveries: AlertDeliveries;
  readonly alerts: AlertStore;
  readonly notes: DesktopNote[];
  nowMs: number;
  add(finding?: Partial<Finding>): number;
  send(): Promise<void>;
  tryMail(channel: 'email' | 'webhook', settings: DeliverySettings): ReturnType<Deliverer['test']>;
}

function openDelivery(settings: Parts, mail?: MailSettings): DeliveryRig {
  const site = openSite();
  closing.push(() => site.close());
  if (mail !== undefined) writeDeliverySetting(site.db, 'mail', mail);
  writeAlertSetting(site.db, 'delivery', { language: 'en', desktop: { isOn: false }, ...settings });
  const alerts = new AlertStore(site.db);
  const deliveries = new AlertDeliveries(site.db);
  const notes: DesktopNote[] = [];
  // A new one each time: nothing may depend on what it remembers.
  const newDeliverer = (): Deliverer =>
    new Deliverer({
      db: site.db,
      secretBox: { open: (text) => text.replace(/^sealed:/, '') },
      nowMs: () => rig.nowMs,
      names: { person: () => 'Nguyễn Thị Hà', department: () => undefined },
      holdBack: () => Promise.resolve(() => undefined),
      notifyDesktop: (note) => notes.push(note),
      onChange: () => undefined,
      onError: (error) => {
        throw error;
      },
    });
  const rig: DeliveryRig = {
    ...{ site, deliveries, alerts, notes },
    nowMs: MORNING,
    add(finding = {}) {
      const { id } = alerts.meet({ ...NIGHT, ...finding }, false, rig.nowMs);
      for (const channel of CHANNELS) deliveries.add(id, channel, rig.nowMs);
      return id;
    },
    async send() {
      const deliverer = newDeliverer();
      deliverer.poke();
      await deliverer.settled();
      deliverer.close();
    },
    tryMail: (channel, tried) => newDeliverer().test(channel, tried),
  };
  return rig;
}

const NIGHT: Finding = {
  kind: 'long-call',
  caseKey: 'long-call:1',
  severity: 'warning',
  count: 1,
  values: { extension: '101', number: '84912345678', band: 'mobile', minutes: 400, limitHours: 6 },
  callIds: [1],
  firstLocalS: 1_791_190_800,
  lastLocalS: 1_791_190_800,
};

const serverOf = (sink: SmtpSink, part: Partial<MailSettings> = {}): MailSettings => ({
  ...DEFAULT_MAIL,
  ...{ host: '127.0.0.1', port: sink.port, security: 'none', login: 'none', from: 'tollbook@office.vn' },
  ...part,
});

const TO_LAN = { isOn: true, least: 'warning', to: ['lan@office.vn'] } as const;

describe('an e-mail', () => {
  test('says what was found, with the last digits of numbers left out', async () => {
    const sink = await openMail({ security: 'none' });
    const rig = openDelivery({ email: TO_LAN }, serverOf(sink));
    rig.add();
    await rig.send();
    const [mail] = sink.mails;
    expect(mail).toMatchObject({ from: 'tollbook@office.vn', to: ['lan@office.vn'] });
    expect(mail?.text).toContain('Subject: Tollbook: A very long call');
    const text = Buffer.from(
      (mail?.text ?? '')
        .replace(/=\r\n/g, '')
        .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    ).toString('utf8');
    expect(text).toContain('A call from extension 101 to 8491234•••• (mobile) lasted 400 minutes.');
    expect(text).not.toContain('84912345678');
    expect(rig.deliveries.due(MORNING, 10).filter((row) => row.channel === 'email')).toEqual([]);
  });

  test('goes over STARTTLS with a login, to a server whose own certificate is entered', async () => {
    const certificate = makeCertificate();
    const login = { user: 'tollbook', password: 'p w ỏ' };
    const sink = await openMail({ security: 'starttls', certificate, login });
    const part = { security: 'starttls', login: 'password', user: login.user } as const;
    const secrets = { password: `sealed:${login.password}`, certificate: certificate.certificate };
    const rig = openDelivery({ email: TO_LAN }, serverOf(sink, { ...part, ...secrets }));
    rig.add();
    await rig.send();
    expect(sink.mails).toMatchObject([{ isEncrypted: true, user: 'tollbook' }]);
  });

  test('goes over TLS from the first byte, and not to a certificate that nobody trusts', async () => {
    const certificate = makeCertificate();
    const sink = await openMail({ security: 'tls', certificate });
    const settings = { ...DEFAULT_DELIVERY, email: TO_LAN };
    const trusted = serverOf(sink, { security: 'tls', certificate: certificate.certificate });
    expect(await openDelivery({}, trusted).tryMail('email', settings)).toMatchObject({ isSent: true });
    const untrusted = openDelivery({}, { ...trusted, certificate: '' });
    expect(await untrusted.tryMail('email', settings)).toMatchObject({ isSent: false, failure: 'certificate' });
    expect(sink.mails).toHaveLength(1);
  });

  test('never goes unencrypted where encryption is asked for, and says why a login was refused', async () => {
    const plain = await openMail({ security: 'none' });
    const settings = { ...DEFAULT_DELIVERY, email: TO_LAN };
    const demanding = openDelivery({}, serverOf(plain, { security: 'starttls' }));
    expect(await demanding.tryMail('email', settings)).toMatchObject({ isSent: false });
    expect(plain.mails).toEqual([]);
    const strict = await openMail({ security: 'none', login: { user: 'a', password: 'b' } });
    const wrong = openDelivery({}, serverOf(strict, { login: 'password', user: 'a', password: 'c' }));
    expect(await wrong.tryMail('email', settings)).toMatchObject({ isSent: false, failure: 'login' });
  });

  test('that was refused is tried again, later and later, also by a new service, under the same name', async () => {
    const sink = await openMail({ security: 'none' });
    sink.refusals.push('451 try later', '451 try later');
    const rig = openDelivery({ email: TO_LAN }, serverOf(sink));
    const id = rig.add();
    const mailOf = () => rig.deliveries.ofAlert(id).find((row) => row.channel === 'email');
    await rig.send();
    expect(mailOf()).toMatchObject({ state: 'waiting', tries: 1, nextTryAtMs: MORNING + 30_000 });
    expect(mailOf()?.result).toContain('refused: ');
    await rig.send();
    expect(mailOf()?.tries).toBe(1);
    rig.nowMs += 30_000;
    await rig.send();
    expect(mailOf()).toMatchObject({ state: 'waiting', tries: 2, nextTryAtMs: rig.nowMs + 60_000 });
    rig.nowMs += 60_000;
    await rig.send();
    expect(mailOf()).toMatchObject({ state: 'sent', tries: 3 });
    expect(sink.mails).toHaveLength(1);
    expect(sink.mails[0]?.text).toMatch(/Message-ID: <tollbook-\d+-\d+@office\.vn>/i);
  });
});

describe('quiet hours', () => {
  test('hold alerts back and send them afterwards as one message, but for critical ones', async () => {
    const sink = await openMail({ security: 'none' });
    const quiet = { isOn: true, from: '22:00', to: '07:00', letsCriticalThrough: true };
    const rig = openDelivery({ email: TO_LAN, quiet }, serverOf(sink));
    rig.nowMs = MORNING + 13 * HOUR_MS;
    rig.add();
    rig.add({ caseKey: 'long-call:2' });
    rig.add({ caseKey: 'night:1', severity: 'critical' });
    await rig.send();
    expect(sink.mails).toHaveLength(1);
    expect(rig.deliveries.nextAtMs()).toBe(MORNING + 21 * HOUR_MS);
    rig.nowMs = MORNING + 20 * HOUR_MS;
    await rig.send();
    expect(sink.mails).toHaveLength(1);
    rig.nowMs = MORNING + 21 * HOUR_MS;
    await rig.send();
    expect(sink.mails).toHaveLength(2);
    expect(sink.mails[1]?.text).toContain('Subject: Tollbook: 2 alerts');
    expect(rig.deliveries.nextAtMs()).toBeUndefined();
  });

  test('end at their end, also past midnight', () => {
    const midnight = localSecondsOfDay('2026-10-05') ?? 0;
    const quiet = { isOn: true, from: '22:00', to: '07:00', letsCriticalThrough: true };
    expect(quietUntil(midnight + 6.5 * 3600, quiet)).toBe(midnight + 7 * 3600);
    expect(quietUntil(midnight + 22 * 3600, quiet)).toBe(midnight + 31 * 3600);
    expect(quietUntil(midnight + 7 * 3600, quiet)).toBeUndefined();
    expect(quietUntil(midnight + 13 * 3600, { ...quiet, from: '12:00', to: '14:00' })).toBe(midnight + 14 * 3600);
    expect(quietUntil(midnight, { ...quiet, isOn: false })).toBeUndefined();
  });

  test('tell nobody of what somebody has taken in hand meanwhile', async () => {
    const sink = await openMail({ security: 'none' });
    const rig = openDelivery({ email: TO_LAN, desktop: { isOn: true, least: 'notice' } }, serverOf(sink));
    const id = rig.add();
    rig.alerts.act(id, 'acknowledge', { by: 'Lan', note: '' }, rig.nowMs);
    await rig.send();
    expect(sink.mails).toEqual([]);
    expect(rig.notes).toEqual([]);
    expect(rig.deliveries.nextAtMs()).toBeUndefined();
  });
});

describe('tries', () => {
  test('wait longer each time, never more than an hour, and end', () => {
    const waits = Array.from({ length: 16 }, (_, i) => waitAfter(i + 1));
    expect(waits.slice(0, 8)).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600]);
    expect(waits.at(-1)).toBeUndefined();
    expect(waits.slice(0, -1).every((wait) => wait !== undefined && wait <= 3600)).toBe(true);
  });
});

describe('a desktop notification', () => {
  test('is shown with title and text', async () => {
    const rig = openDelivery({ desktop: { isOn: true, least: 'notice' } });
    rig.add();
    await rig.send();
    expect(rig.notes).toMatchObject([{ title: 'A very long call' }]);
    expect(rig.notes[0]?.body).toContain('lasted 400 minutes');
  });
});

const hookTo = (url: string, part: Partial<DeliverySettings['webhook']> = {}): DeliverySettings['webhook'] => ({
  ...DEFAULT_DELIVERY.webhook,
  ...{ isOn: true, url, secret: 'shared secret' },
  ...part,
});

describe('a webhook', () => {
  test('is posted as JSON and signed over its time and body', async () => {
    const { url, received } = await openHook(() => 204);
    const rig = openDelivery({ webhook: hookTo(url) });
    const id = rig.add();
    await rig.send();
    const [got] = received;
    const alerts = (JSON.parse(got?.body ?? '') as { alerts: object[] }).alerts;
    expect(alerts).toMatchObject([{ id, kind: 'long-call', severity: 'warning', count: 1, title: 'A very long call' }]);
    expect(got?.body).not.toContain('84912345678');
    const timestamp = Number(got?.headers['x-tollbook-timestamp']);
    expect(timestamp).toBe(MORNING / 1000);
    expect(got?.headers['x-tollbook-signature']).toBe(signatureOf('shared secret', timestamp, got?.body ?? ''));
    expect(signatureOf('other secret', timestamp, got?.body ?? '')).not.toBe(got?.headers['x-tollbook-signature']);
  });

  test('that is answered with an error or a redirection is tried again under the same name', async () => {
    const answers = [500, 302, 200];
    const { url, received } = await openHook(() => answers.shift() ?? 200);
    const rig = openDelivery({ webhook: hookTo(url) });
    rig.add();
    for (const waitMs of [0, 30_000, 60_000]) {
      rig.nowMs += waitMs;
      await rig.send();
    }
    expect(received).toHaveLength(3);
    expect(new Set(received.map(({ headers }) => headers['x-tollbook-delivery'])).size).toBe(1);
    expect(rig.deliveries.nextAtMs()).toBeUndefined();
  });

  test.each([
    ['169.254.169.254', true],
    ['169.254.0.1', true],
    ['[fe80::1]', true],
    ['::ffff:169.254.169.254', true],
    ['100.100.100.200', true],
    ['fd00:ec2::254', true],
    ['0.0.0.0', true],
    ['127.0.0.1', false],
    ['192.168.1.20', false],
    ['fd12:3456::1', false],
    ['example.com', false],
  ])('to %s is refused: %s', (address, isRefused) => {
    expect(isRefusedAddress(address)).toBe(isRefused);
  });

  test.each(['http://169.254.169.254/latest', 'http://[::ffff:a9fe:a9fe]/', 'http://2852039166/', 'http://0/'])(
    'is not sent to %s, however it is written, unless that is allowed',
    async (url) => {
      const message = { body: '{}', deliveryName: 'x', timestampS: 0 };
      expect(await postWebhook(hookTo(url), '', message)).toMatchObject({ isSent: false, failure: 'blocked-address' });
    },
  );

  test('with a user in its address, or another protocol, is not sent at all', async () => {
    const message = { body: '{}', deliveryName: 'x', timestampS: 0 };
    for (const url of ['http://a:b@127.0.0.1/', 'file:///etc/passwd', 'ftp://127.0.0.1/', 'nothing']) {
      expect(await postWebhook(hookTo(url), '', message)).toMatchObject({ isSent: false, failure: 'unusable' });
    }
  });
});
