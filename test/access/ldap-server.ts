/** A real LDAP server (slapd) with a few people, on a port of this computer. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const SLAPD = '/usr/sbin/slapd';
const SCHEMA = '/etc/ldap/schema';
export const BASE = 'dc=anhduong,dc=vn';
export const READER = `cn=reader,${BASE}`;
export const READER_PASSWORD = 'reader secret';
const READY_MS = 15_000;

export interface LdapServer {
  readonly port: number;
  /** Of the certificate that it shows for `localhost`. */
  readonly authorityFile: string;
  stop(): Promise<void>;
}

const person = (uid: string, name: string, more: string): string => `dn: uid=${uid},ou=people,${BASE}
objectClass: inetOrgPerson
uid: ${uid}
cn:: ${Buffer.from(name).toString('base64')}
sn:: ${Buffer.from(name.split(' ').at(-1) ?? name).toString('base64')}
userPassword: ${uid} knows it
${more}
`;

const LDIF = `dn: ${BASE}
objectClass: dcObject
objectClass: organization
o: Anh Duong
dc: anhduong

dn: ${READER}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: reader
userPassword: ${READER_PASSWORD}

dn: ou=people,${BASE}
objectClass: organizationalUnit
ou: people

dn: ou=groups,${BASE}
objectClass: organizationalUnit
ou: groups

${person('lan', 'Nguyễn Thị Lan', 'mail: lan@anhduong.vn\nemployeeNumber: NV01\nou: Kinh doanh')}
${person('minh', 'Trần Minh', 'employeeNumber: NV02\nou: Bao tri')}
${person('khach', 'Khách', 'ou: Ngoai')}
${person('o*hara', "O'Hara (tạm)", 'ou: Ngoai')}
dn: cn=tollbook-accounting,ou=groups,${BASE}
objectClass: groupOfNames
cn: tollbook-accounting
member: uid=lan,ou=people,${BASE}

dn: cn=staff,ou=groups,${BASE}
objectClass: groupOfNames
cn: staff
member: uid=lan,ou=people,${BASE}
member: uid=minh,ou=people,${BASE}
`;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject()));
    });
  });
}

async function untilOpen(port: number, isAlive: () => boolean): Promise<void> {
  const end = Date.now() + READY_MS;
  while (Date.now() < end && isAlive()) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = createConnection(port, '127.0.0.1', () => resolve(true));
      socket.once('error', () => resolve(false)).once('close', () => undefined);
      socket.once('connect', () => socket.destroy());
    });
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('slapd did not start');
}

export async function startLdap(): Promise<LdapServer> {
  if (!existsSync(SLAPD)) throw new Error('slapd is missing: apt-get install slapd');
  const folder = mkdtempSync(path.join(tmpdir(), 'tollbook-ldap-'));
  const file = (name: string): string => path.join(folder, name);
  mkdirSync(file('db'));
  const [key, certificate] = [file('key.pem'), file('certificate.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', [...made, ...subject, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  writeFileSync(
    file('slapd.conf'),
    `${['core', 'cosine', 'inetorgperson'].map((name) => `include ${SCHEMA}/${name}.schema`).join('\n')}
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile ${file('pid')}
TLSCertificateFile ${certificate}
TLSCertificateKeyFile ${key}
database mdb
suffix "${BASE}"
directory ${file('db')}
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="${READER}" read by * none
`,
  );
  writeFileSync(file('people.ldif'), LDIF);
  execFileSync('/usr/sbin/slapadd', ['-f', file('slapd.conf'), '-l', file('people.ldif')], { stdio: 'pipe' });
  const port = await freePort();
  const url = `ldap://127.0.0.1:${port}/`;
  const server = spawn(SLAPD, ['-d', '0', '-h', url, '-f', file('slapd.conf')], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await untilOpen(port, () => server.exitCode === null);
  return {
    port,
    authorityFile: certificate,
    async stop() {
      server.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
