/** The mail server that alerts, reports and statements are sent through. */
import type { MAIL_LOGINS, MAIL_SECURITIES } from '../model/mail.ts';
import type { Database } from '../store/database.ts';
import { readDeliverySetting } from '../store/delivery-settings.ts';
import type { SecretBox } from '../store/secret-box.ts';

export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** `tls`: from the first byte. `starttls`: asked for, and required. */
  readonly security: (typeof MAIL_SECURITIES)[number];
  readonly login: (typeof MAIL_LOGINS)[number];
  readonly user: string;
  /** Sealed, as the two other secrets are. */
  readonly password: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
  /** Where the refresh token is turned into one that is good for an hour. */
  readonly tokenUrl: string;
  readonly from: string;
  /** Empty: answers go to the sender. */
  readonly replyTo: string;
  /** PEM of a certificate that is trusted besides the well-known ones; may be empty. */
  readonly certificate: string;
}

export const DEFAULT_MAIL: MailSettings = {
  host: '',
  port: 587,
  security: 'starttls',
  login: 'password',
  user: '',
  password: '',
  clientId: '',
  clientSecret: '',
  refreshToken: '',
  tokenUrl: '',
  from: '',
  replyTo: '',
  certificate: '',
};

export const MAIL_SECRETS = ['password', 'clientSecret', 'refreshToken'] as const;

export function readMail(db: Database): MailSettings {
  // Stored by the API, which checked its shape.
  return { ...DEFAULT_MAIL, ...(readDeliverySetting(db, 'mail') as Partial<MailSettings> | undefined) };
}

export function isMailSetUp({ host, from }: Pick<MailSettings, 'host' | 'from'>): boolean {
  return host !== '' && from !== '';
}

/** With its secrets in the clear. Throws AppError `secret-unreadable` or `key-file-open`. */
export function openedMail(mail: MailSettings, secretBox: Pick<SecretBox, 'open'>): MailSettings {
  const opened = MAIL_SECRETS.map((name) => [name, secretBox.open(mail[name])] as const);
  return { ...mail, ...Object.fromEntries(opened) };
}
