/** A mail server on this computer that keeps what it is given: plain, with STARTTLS, or TLS from the first byte. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createSecureContext, createServer as createTlsServer, TLSSocket } from 'node:tls';

export interface Certificate {
  readonly key: string;
  readonly certificate: string;
}

/** For 127.0.0.1, signed by itself. */
export function makeCertificate(): Certificate {
  const folder = mkdtempSync(path.join(tmpdir(), 'tollbook-certificate-'));
  const [key, certificate] = [path.join(folder, 'key.pem'), path.join(folder, 'certificate.pem')];
  const ask = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1'];
  const name = ['-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', [...ask, ...name, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  const made = { key: readFileSync(key, 'utf8'), certificate: readFileSync(certificate, 'utf8') };
  rmSync(folder, { recursive: true, force: true });
  return made;
}

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Head and body as they came. */
  readonly text: string;
  readonly isEncrypted: boolean;
  readonly user: string;
}

export interface SmtpSink {
  readonly port: number;
  readonly mails: ReceivedMail[];
  /** Answers to the next messages instead of taking them. */
  readonly refusals: string[];
  close(): Promise<void>;
}

export interface SinkOptions {
  readonly security: 'none' | 'starttls' | 'tls';
  readonly certificate?: Certificate;
  readonly login?: { readonly user: string; readonly password: string };
}

interface Session {
  user: string;
  from: string;
  to: string[];
  isEncrypted: boolean;
}

export async function openSmtpSink(options: SinkOptions): Promise<SmtpSink> {
  const mails: ReceivedMail[] = [];
  const refusals: string[] = [];
  const sockets = new Set<Socket>();
  const keys = { key: options.certificate?.key, cert: options.certificate?.certificate };

  function serve(socket: Socket, isEncrypted: boolean, isGreeting: boolean): void {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    const session: Session = { user: '', from: '', to: [], isEncrypted };
    let buffer = '';
    let isData = false;
    const say = (text: string): void => void socket.write(`${text}\r\n`);
    const onData = (bytes: Buffer): void => {
      buffer += bytes.toString('utf8');
      for (;;) {
        const mark = isData ? '\r\n.\r\n' : '\r\n';
        const end = buffer.indexOf(mark);
        if (end < 0) return;
        const part = buffer.slice(0, end);
        buffer = buffer.slice(end + mark.length);
        if (isData) {
          isData = false;
          const refusal = refusals.shift();
          if (refusal === undefined) mails.push({ ...session, to: [...session.to], text: part });
          say(refusal ?? '250 kept');
          continue;
        }
        if (/^STARTTLS$/i.test(part)) {
          say('220 go on');
          socket.off('data', onData);
          const secure = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(keys) });
          serve(secure, true, false);
          return;
        }
        isData = answer(part, session, say);
      }
    };
    socket.on('data', onData);
    if (isGreeting) say('220 sink ESMTP');
  }

  /** True where the message follows. */
  function answer(line: string, session: Session, say: (text: string) => void): boolean {
    const verb = (line.split(/[ :]/)[0] ?? '').toUpperCase();
    if (verb === 'EHLO' || verb === 'HELO') {
      const offers = [
        ...(options.security === 'starttls' && !session.isEncrypted ? ['STARTTLS'] : []),
        ...(options.login === undefined ? [] : ['AUTH PLAIN']),
        '8BITMIME',
      ];
      say(['sink', ...offers].map((word, i) => `250${i === offers.length ? ' ' : '-'}${word}`).join('\r\n'));
    } else if (verb === 'AUTH') {
      const [, user = '', password = ''] = Buffer.from(line.split(' ')[2] ?? '', 'base64')
        .toString()
        .split('\0');
      const isRight = user === options.login?.user && password === options.login.password;
      session.user = isRight ? user : '';
      say(isRight ? '235 welcome' : '535 wrong name or password');
    } else if (verb === 'MAIL') {
      if (options.login !== undefined && session.user === '') say('530 sign in first');
      else {
        session.from = /<(.*)>/.exec(line)?.[1] ?? '';
        session.to = [];
        say('250 ok');
      }
    } else if (verb === 'RCPT') {
      session.to.push(/<(.*)>/.exec(line)?.[1] ?? '');
      say('250 ok');
    } else if (verb === 'DATA') {
      say('354 go on');
      return true;
    } else say(verb === 'QUIT' ? '221 bye' : '250 ok');
    return false;
  }

  const server =
    options.security === 'tls'
      ? createTlsServer(keys, (socket) => serve(socket, true, true))
      : createServer((socket) => serve(socket, false, true));
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    mails,
    refusals,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
