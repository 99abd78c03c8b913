/** One e-mail through the office's own mail server. */
import type { MailSettings } from './mail-settings.ts';
import { failed, failureOfError, type Outcome, refusedForGood, sent } from './outcome.ts';

const TIMEOUT_MS = 15_000;

export interface Attachment {
  readonly fileName: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}

export interface Email {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly attachments?: readonly Attachment[];
  /** The same message has the same name, so that one that is sent twice (a crash in between) is shown once. */
  readonly messageName: string;
}

/** What nodemailer tells of a connection while it sends. */
interface LogEntry {
  readonly tnx?: string;
}

/** `mail`: with its secrets opened. Never throws. */
export async function sendEmail(mail: MailSettings, email: Email): Promise<Outcome> {
  if (mail.host === '' || mail.from === '' || email.to.length === 0) return failed('unusable', 'host, from, to');
  // Loaded when the first e-mail is sent: most starts of the service need none of it.
  const { createTransport } = await import('nodemailer');
  let isWhole = false;
  const notice = (entry: LogEntry): void => {
    // Told when the last byte of the message is written: from here on the server may have it, whatever comes after.
    if (entry.tnx === 'message') isWhole = true;
  };
  const transport = createTransport({
    host: mail.host,
    port: mail.port,
    secure: mail.security === 'tls',
    requireTLS: mail.security === 'starttls',
    ignoreTLS: mail.security === 'none',
    ...authOf(mail),
    ...(mail.certificate === '' ? {} : { tls: { ca: mail.certificate } }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: { level: () => undefined, ...loggerOf(notice) },
  });
  try {
    const info = await transport.sendMail({
      from: mail.from,
      to: [...email.to],
      ...(mail.replyTo === '' ? {} : { replyTo: mail.replyTo }),
      subject: email.subject,
      text: email.text,
      ...(email.html === undefined ? {} : { html: email.html }),
      attachments: (email.attachments ?? []).map(({ fileName, contentType, content }) => ({
        filename: fileName,
        contentType,
        content: Buffer.from(content),
      })),
      messageId: `<${email.messageName}@${domainOf(mail.from)}>`,
    });
    return sent(info.response);
  } catch (error) {
    return failureOfMail(error, isWhole);
  } finally {
    transport.close();
  }
}

function loggerOf(notice: (entry: LogEntry) => void) {
  return { trace: notice, debug: notice, info: notice, warn: notice, error: notice, fatal: notice };
}

function authOf(mail: MailSettings) {
  const { login, user, password, clientId, clientSecret, refreshToken, tokenUrl } = mail;
  if (login === 'none' || user === '') return {};
  if (login === 'password') return { auth: { user, pass: password } };
  const auth = { type: 'OAuth2', user, clientId, clientSecret, refreshToken, accessUrl: tokenUrl } as const;
  return { auth };
}

function domainOf(address: string): string {
  return (
    address
      .split('@')
      .at(-1)
      ?.replace(/[^\w.-]/g, '') || 'tollbook'
  );
}

function failureOfMail(error: unknown, isWhole: boolean): Outcome {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const answer = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
  const message = error instanceof Error ? error.message : String(error);
  if (code === 'EAUTH' || code === 'ENOAUTH' || code === 'EOAUTH2') return failed('login', message);
  if (code === 'EENVELOPE' || code === 'EMESSAGE' || code === 'EPROTOCOL') {
    return answer >= 500 && answer < 600 ? refusedForGood(message) : failed('refused', message);
  }
  if (code === 'ETLS') return failed('certificate', message);
  return isWhole && answer === 0 ? failed('uncertain', message) : failureOfError(error);
}
