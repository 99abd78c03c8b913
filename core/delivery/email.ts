/** One e-mail through the office's own mail server. */
import type { EmailSettings } from '../alerts/delivery-settings.ts';
import { failed, failureOfError, type Outcome, sent } from './outcome.ts';

const TIMEOUT_MS = 15_000;

export interface Email {
  readonly subject: string;
  readonly text: string;
  /** The same message has the same name, so that one that is sent twice (a crash in between) is shown once. */
  readonly messageName: string;
}

/** `password`: opened. Never throws. */
export async function sendEmail(settings: EmailSettings, password: string, email: Email): Promise<Outcome> {
  const { host, port, security, user, from, to, certificate } = settings;
  if (host === '' || from === '' || to.length === 0) return failed('unusable', 'host, from, to');
  // Loaded when the first e-mail is sent: most starts of the service need none of it.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user === '' ? {} : { auth: { user, pass: password } }),
    ...(certificate === '' ? {} : { tls: { ca: certificate } }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const info = await transport.sendMail({
      from,
      to: [...to],
      subject: email.subject,
      text: email.text,
      messageId: `<${email.messageName}@${
        from
          .split('@')
          .at(-1)
          ?.replace(/[^\w.-]/g, '') || 'tollbook'
      }>`,
    });
    return sent(info.response);
  } catch (error) {
    return failureOfMail(error);
  } finally {
    transport.close();
  }
}

function failureOfMail(error: unknown): Outcome {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message : String(error);
  if (code === 'EAUTH') return failed('login', message);
  if (code === 'EENVELOPE' || code === 'EMESSAGE' || code === 'EPROTOCOL') return failed('refused', message);
  if (code === 'ETLS') return failed('certificate', message);
  return failureOfError(error);
}
