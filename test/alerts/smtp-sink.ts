/** A mail server on this computer that keeps what it is given: plain, with STARTTLS, or TLS from the first byte. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SMTPServer } from 'smtp-server';

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
  /** Answers to the next messages instead of taking them; an empty one cuts the connection when the message has come. */
  readonly refusals: string[];
  close(): Promise<void>;
}

export interface SinkOptions {
  readonly security: 'none' | 'starttls' | 'tls';
  readonly certificate?: Certificate;
  /** With an access token instead of a password: by OAuth2. */
  readonly login?: { readonly user: string; readonly password?: string; readonly accessToken?: string };
}

export async function openSmtpSink({ security, certificate, login }: SinkOptions): Promise<SmtpSink> {
  const mails: ReceivedMail[] = [];
  const refusals: string[] = [];
  const sockets = new Set<Socket>();
  const server = new SMTPServer({
    secure: security === 'tls',
    ...(certificate === undefined ? {} : { key: certificate.key, cert: certificate.certificate }),
    disabledCommands: [...(security === 'starttls' ? [] : ['STARTTLS']), ...(login === undefined ? ['AUTH'] : [])],
    authOptional: login === undefined,
    allowInsecureAuth: true,
    ...(login?.accessToken === undefined ? {} : { authMethods: ['XOAUTH2'] }),
    disableReverseLookup: true,
    closeTimeout: 1,
    onAuth(auth, _session, done) {
      const given = auth.method === 'XOAUTH2' ? auth.accessToken : auth.password;
      const isRight = auth.username === login?.user && given === (login?.accessToken ?? login?.password);
      if (isRight) done(null, { user: auth.username });
      else done(Object.assign(new Error('wrong name or password'), { responseCode: 535 }));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const refusal = refusals.shift();
        if (refusal === '') {
          for (const socket of sockets) socket.destroy();
          return;
        }
        if (refusal !== undefined) {
          const [code = '', ...words] = refusal.split(' ');
          done(Object.assign(new Error(words.join(' ')), { responseCode: Number(code) }));
          return;
        }
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString('utf8'),
          isEncrypted: session.secure,
          user: session.user ?? '',
        });
        done();
      });
    },
  });
  // A client that leaves without a word is no fault of the sink.
  server.on('error', () => undefined);
  // Ending the socket below a TLS session crashes Node; those end with the server.
  server.server.on('connection', (socket: Socket) => {
    if (security !== 'none') return;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    refusals,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(resolve);
      }),
  };
}
