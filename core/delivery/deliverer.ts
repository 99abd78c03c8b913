/**
 * Sends what waits: at once, after the quiet hours as one message, or at the next try after one that failed. What is to be
 * sent stands in the store, so nothing of it is lost with the program; a message that was sent just before a crash may be
 * sent twice, under the same name.
 */
import { type DeliverySettings, deliveryWithDefaults } from '../alerts/delivery-settings.ts';
import { isHeldBack, quietUntil, waitAfter } from '../alerts/delivery-times.ts';
import { createTranslate } from '../i18n/translate.ts';
import { AppError } from '../model/errors.ts';
import { localText } from '../model/time.ts';
import { createZoneClock } from '../model/zone-clock.ts';
import { AlertDeliveries, type Channel, type DeliveryRow } from '../store/alert-deliveries.ts';
import { readAlertSetting } from '../store/alert-settings.ts';
import { type AlertRow, AlertStore } from '../store/alerts.ts';
import type { Database } from '../store/database.ts';
import type { SecretBox } from '../store/secret-box.ts';
import { SettingsStore } from '../store/settings.ts';
import { type AlertNames, explainAlert } from './alert-text.ts';
import { sendEmail } from './email.ts';
import { openedMail, readMail } from './mail-settings.ts';
import { failed, type Outcome, outcomeText, sent } from './outcome.ts';
import { postWebhook } from './webhook.ts';

export interface DesktopNote {
  readonly title: string;
  readonly body: string;
}

export interface DelivererOptions {
  readonly db: Database;
  readonly secretBox: Pick<SecretBox, 'open'>;
  readonly nowMs: () => number;
  readonly names: AlertNames;
  /** Keeps the ingest thread from writing meanwhile. */
  readonly holdBack: () => Promise<() => void>;
  /** Shows a notification on this computer; absent where there is no desktop shell. */
  readonly notifyDesktop?: ((note: DesktopNote) => void) | undefined;
  readonly onChange: () => void;
  readonly onError: (error: unknown) => void;
}

interface Due {
  readonly delivery: DeliveryRow;
  readonly alert: AlertRow;
}

const MOST_AT_ONCE = 200;
/** After an error that is none of sending. */
const REST_MS = 60_000;
/** A timer reaches no further. */
const LONGEST_SLEEP_MS = 3_600_000;
const PUT_AWAY = 'put-away';
export const NO_DESKTOP = 'no-desktop';

export class Deliverer {
  readonly #options: DelivererOptions;
  readonly #deliveries: AlertDeliveries;
  readonly #alerts: AlertStore;
  readonly #settings: SettingsStore;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #isPoked = false;
  #isClosed = false;
  #restUntilMs = 0;

  constructor(options: DelivererOptions) {
    this.#options = options;
    this.#deliveries = new AlertDeliveries(options.db);
    this.#alerts = new AlertStore(options.db);
    this.#settings = new SettingsStore(options.db);
  }

  /** Something may wait. */
  poke(): void {
    this.#isPoked = true;
    if (this.#isClosed || this.#running !== undefined) return;
    this.#running = this.#run()
      .catch((error: unknown) => {
        this.#isPoked = false;
        this.#restUntilMs = this.#options.nowMs() + REST_MS;
        this.#options.onError(error);
      })
      .finally(() => {
        this.#running = undefined;
        if (this.#isPoked) this.poke();
        else this.#sleep();
      });
  }

  /** Resolves when nothing is being sent. */
  async settled(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  delivery(): DeliverySettings {
    // Stored by the API, which checked its shape.
    return deliveryWithDefaults((readAlertSetting(this.#options.db, 'delivery') ?? {}) as Partial<DeliverySettings>);
  }

  /** Sends a test message with these settings, which need not be stored yet. */
  test(channel: Channel, settings: DeliverySettings): Promise<Outcome> {
    const t = createTranslate(settings.language);
    const [title, text] = [t('alert-text.mail.testTitle'), t('alert-text.mail.testText')];
    const name = `test-${this.#options.nowMs()}`;
    return this.#send(channel, settings, { title, text, lines: [text], alerts: [], name });
  }

  #sleep(): void {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    const atMs = this.#deliveries.nextAtMs();
    if (atMs === undefined) return;
    const dueAtMs = Math.max(atMs, this.#restUntilMs);
    const inMs = Math.min(LONGEST_SLEEP_MS, Math.max(0, dueAtMs - this.#options.nowMs()));
    this.#timer = setTimeout(() => this.poke(), inMs);
    this.#timer.unref();
  }

  async #run(): Promise<void> {
    this.#isPoked = false;
    const nowMs = this.#options.nowMs();
    const rows = this.#deliveries.due(nowMs, MOST_AT_ONCE);
    if (rows.length === 0) return;
    const settings = this.delivery();
    for (const [channel, ofChannel] of Map.groupBy(rows, (row) => row.channel)) {
      if (this.#isClosed) return;
      await this.#deliver(channel, ofChannel, settings, nowMs);
    }
    if (rows.length === MOST_AT_ONCE) this.#isPoked = true;
    this.#options.onChange();
  }

  async #deliver(
    channel: Channel,
    rows: readonly DeliveryRow[],
    settings: DeliverySettings,
    nowMs: number,
  ): Promise<void> {
    if (channel === 'desktop' && this.#options.notifyDesktop === undefined) {
      await this.#write(() => this.#deliveries.drop(rows.map(({ id }) => id)));
      return;
    }
    const due = rows.flatMap((delivery): readonly Due[] => {
      const alert = this.#alerts.get(delivery.alertId);
      return alert === undefined ? [] : [{ delivery, alert }];
    });
    // What somebody has in hand already needs nobody to be called.
    const open = due.filter(({ alert }) => alert.state === 'open');
    const away = due.filter(({ alert }) => alert.state !== 'open');
    if (away.length > 0) await this.#write(() => this.#deliveries.sent(idsOf(away), nowMs, PUT_AWAY));
    if (!settings[channel].isOn) {
      if (open.length > 0) await this.#write(() => this.#deliveries.sent(idsOf(open), nowMs, PUT_AWAY));
      return;
    }
    const now = this.#localNow(nowMs);
    const isHeld = ({ alert }: Due): boolean => isHeldBack(now, alert.severity, settings.quiet);
    const held = open.filter(isHeld);
    const until = quietUntil(now, settings.quiet);
    if (held.length > 0 && until !== undefined) {
      await this.#write(() => this.#deliveries.putOff(idsOf(held), nowMs + (until - now) * 1000));
    }
    const ready = open.filter((one) => !isHeld(one));
    if (ready.length === 0) return;
    const outcome = await this.#send(channel, settings, this.#messageOf(ready, settings));
    await this.#write(() => this.#note(ready, outcome));
  }

  #note(due: readonly Due[], outcome: Outcome): void {
    const nowMs = this.#options.nowMs();
    if (outcome.isSent) {
      this.#deliveries.sent(idsOf(due), nowMs, outcomeText(outcome));
      return;
    }
    // What failed together is tried together, after the wait of the one that was tried most.
    const tries = Math.max(...due.map(({ delivery }) => delivery.tries)) + 1;
    const waitS = waitAfter(tries);
    const nextMs = waitS === undefined ? undefined : nowMs + waitS * 1000;
    this.#deliveries.failed(idsOf(due), nextMs, nowMs, outcomeText(outcome));
  }

  async #write(work: () => void): Promise<void> {
    const release = await this.#options.holdBack();
    try {
      work();
    } finally {
      release();
    }
  }

  #localNow(nowMs: number): number {
    return Math.floor(createZoneClock(this.#settings.get().timeZone)(Math.floor(nowMs / 1000)));
  }

  #messageOf(due: readonly Due[], settings: DeliverySettings): Message {
    const { language, masksNumbers } = settings;
    const t = createTranslate(language);
    const told = due.map(({ alert }) => ({
      alert,
      ...explainAlert(alert, language, this.#options.names, masksNumbers),
    }));
    const [first] = told;
    const single = told.length === 1 ? first : undefined;
    const lines = told.flatMap(({ alert, title, text }) => [
      `${t(`alert-text.severity.${alert.severity}`)}: ${title}`,
      text,
      whenOf(alert, t),
      '',
    ]);
    return {
      title: single?.title ?? t('alert-text.mail.digestSubject', { count: told.length }),
      text: single?.text ?? told.map(({ title }) => title).join('\n'),
      lines: [...lines, t('alert-text.mail.where'), ...(masksNumbers ? [t('alert-text.mail.masked')] : [])],
      alerts: told.map(({ alert, title, text }) => ({
        id: alert.id,
        kind: alert.kind,
        severity: alert.severity,
        title,
        text,
        count: alert.count,
        firstLocal: localText(alert.firstLocalS),
        lastLocal: localText(alert.lastLocalS),
      })),
      name: `${due[0]?.delivery.createdAtMs ?? 0}-${idsOf(due).join('.').slice(0, 100)}`,
    };
  }

  async #send(channel: Channel, settings: DeliverySettings, message: Message): Promise<Outcome> {
    try {
      switch (channel) {
        case 'desktop':
          return this.#notify(message);
        case 'email':
          return await this.#mail(settings, message);
        case 'webhook':
          return await this.#post(settings, message);
      }
    } catch (error) {
      // A secret that cannot be opened; anything else is a bug and is logged.
      if (!(error instanceof AppError)) throw error;
      return failed('unusable', error.code);
    }
  }

  #notify({ title, text }: Message): Outcome {
    const { notifyDesktop } = this.#options;
    if (notifyDesktop === undefined) return failed('unusable', NO_DESKTOP);
    notifyDesktop({ title, body: text });
    return sent('');
  }

  #mail({ email, language }: DeliverySettings, { title, lines, name }: Message): Promise<Outcome> {
    const t = createTranslate(language);
    const subject = title.startsWith('Tollbook') ? title : t('alert-text.mail.subject', { title });
    const mail = openedMail(readMail(this.#options.db), this.#options.secretBox);
    return sendEmail(mail, { to: email.to, subject, text: lines.join('\n'), messageName: `tollbook-${name}` });
  }

  #post({ webhook, language }: DeliverySettings, { alerts, title, text, name }: Message): Promise<Outcome> {
    const timestampS = Math.floor(this.#options.nowMs() / 1000);
    const site = this.#settings.get().companyName;
    const body = JSON.stringify({ version: 1, site, language, title, text, alerts });
    return postWebhook(webhook, this.#options.secretBox.open(webhook.secret), { body, deliveryName: name, timestampS });
  }
}

interface Message {
  readonly title: string;
  readonly text: string;
  /** Of an e-mail. */
  readonly lines: readonly string[];
  /** Of a webhook. */
  readonly alerts: readonly object[];
  readonly name: string;
}

function idsOf(due: readonly Due[]): number[] {
  return due.map(({ delivery }) => delivery.id);
}

function whenOf({ firstLocalS, lastLocalS, kind }: AlertRow, t: ReturnType<typeof createTranslate>): string {
  if (kind === 'budget' || kind === 'volume') return '';
  const text = (local: number): string => localText(local).replace(/^(\d+)-(\d\d)-(\d\d)T/, '$3/$2/$1 ');
  const [first, last] = [text(firstLocalS), text(lastLocalS)];
  return first === last ? t('alert-text.mail.whenOne', { first }) : t('alert-text.mail.when', { first, last });
}
