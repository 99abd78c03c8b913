/** Asks an LDAP directory: who is this, is this the password, who is there, which groups. */
import { readFileSync } from 'node:fs';
import {
  Client,
  type Entry,
  InvalidCredentialsError,
  InvalidDNSyntaxError,
  NoSuchObjectError,
  ResultCodeError,
} from 'ldapts';
import { networkProblem } from '../collector/problem.ts';
import type { DirectoryAttribute } from '../model/directory.ts';
import { AppError } from '../model/errors.ts';
import type { DirectorySettings } from './directory-settings.ts';

/** One person of the directory, by the attributes that the settings name. */
export interface DirectoryPerson extends Readonly<Record<DirectoryAttribute, string>> {
  readonly dn: string;
  readonly groups: readonly string[];
}

const TIMEOUT_MS = 10_000;
const PAGE_ENTRIES = 500;
/** No office has more; what goes on longer is a wrong filter. */
const MOST_PEOPLE = 20_000;
const MEMBER_OF = 'memberOf';
const CERTIFICATE = /^(?:DEPTH_ZERO|SELF_SIGNED|CERT_|UNABLE_TO|ERR_TLS|HOSTNAME)/;

/** RFC 4515: what somebody types can never become a part of the question. */
export function escapeFilterValue(text: string): string {
  return [...Buffer.from(text, 'utf8')]
    .map((byte) => {
      const c = String.fromCharCode(byte);
      return /[a-zA-Z0-9@._-]/.test(c) ? c : `\\${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
}

export function filledFilter(filter: string, values: Readonly<Record<string, string>>): string {
  return filter.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? escapeFilterValue(values[name] ?? '') : whole,
  );
}

function valuesOf(entry: Entry, attribute: string): readonly string[] {
  if (attribute === '') return [];
  const key = Object.keys(entry).find((name) => name.toLowerCase() === attribute.toLowerCase());
  const value = key === undefined ? [] : (entry[key] ?? []);
  return (Array.isArray(value) ? value : [value]).map((one) => (Buffer.isBuffer(one) ? one.toString('utf8') : one));
}

function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** In words that somebody can act on; `step` is what was being tried. */
function problemOf(
  error: unknown,
  settings: DirectorySettings,
  step: 'connect' | 'tls' | 'bind' | 'search',
  filter = '',
): AppError {
  const { host, port, base, bindName } = settings;
  if (error instanceof AppError) return error;
  const detail = error instanceof Error ? error.message.slice(0, 200) : String(error);
  if (CERTIFICATE.test(systemCode(error))) return new AppError('directory-certificate', { host, detail }, error);
  if (error instanceof InvalidCredentialsError) return new AppError('directory-login-refused', { bindName }, error);
  if (error instanceof InvalidDNSyntaxError && step === 'bind') {
    return new AppError('directory-name-wrong', { bindName }, error);
  }
  if (error instanceof NoSuchObjectError || error instanceof InvalidDNSyntaxError) {
    return new AppError('directory-base-wrong', { base }, error);
  }
  if (error instanceof ResultCodeError && step !== 'tls') return new AppError('directory-answer', { detail }, error);
  if (step === 'tls') return new AppError('directory-not-tls', { host, port }, error);
  const isFilter =
    step === 'search' && /filter|paren|expression|attribute name/i.test(detail) && systemCode(error) === '';
  if (isFilter) return new AppError('directory-filter-wrong', { filter }, error);
  const { code, values } = networkProblem(error, { host, port });
  return new AppError(code, values, error);
}

/** A connection that has shown who we are, for the length of the work. */
class Connection {
  readonly #client: Client;
  readonly #settings: DirectorySettings;

  private constructor(client: Client, settings: DirectorySettings) {
    this.#client = client;
    this.#settings = settings;
  }

  static async open(settings: DirectorySettings): Promise<Connection> {
    const { host, port, security, authorityFile } = settings;
    const tlsOptions = {
      ...(authorityFile !== '' && { ca: readAuthority(authorityFile) }),
      // For an address there is no name to send; the certificate must hold it all the same.
      ...(!/^[\d.]+$|:/.test(host) && { servername: host }),
      host,
    };
    const place = host.includes(':') ? `[${host}]` : host;
    const client = new Client({
      url: `${security === 'ldaps' ? 'ldaps' : 'ldap'}://${place}:${port}`,
      timeout: TIMEOUT_MS,
      connectTimeout: TIMEOUT_MS,
      ...(security === 'ldaps' && { tlsOptions }),
    });
    const connection = new Connection(client, settings);
    try {
      if (security === 'starttls') await client.startTLS(tlsOptions);
      return connection;
    } catch (error) {
      await connection.close();
      throw problemOf(error, settings, systemCode(error) === '' ? 'tls' : 'connect');
    }
  }

  async bindAsOurselves(): Promise<void> {
    const { bindName, password } = this.#settings;
    if (bindName === '') return;
    try {
      await this.#client.bind(bindName, password);
    } catch (error) {
      throw problemOf(error, this.#settings, 'bind');
    }
  }

  /** False: the directory says that it is not the password. */
  async isPassword(dn: string, password: string): Promise<boolean> {
    // Without a password a directory takes a bind for one of nobody, and says yes.
    if (password === '') return false;
    try {
      await this.#client.bind(dn, password);
      return true;
    } catch (error) {
      if (error instanceof InvalidCredentialsError) return false;
      throw problemOf(error, this.#settings, 'bind');
    }
  }

  async people(filter: string, limit: number): Promise<readonly DirectoryPerson[]> {
    const { base, attributes, groupFilter } = this.#settings;
    const wanted = [...new Set([...Object.values(attributes).filter((name) => name !== ''), MEMBER_OF])];
    const entries: Entry[] = [];
    await this.#search(filter, async () => {
      const pages = this.#client.searchPaginated(base, {
        scope: 'sub',
        filter,
        attributes: wanted,
        paged: { pageSize: PAGE_ENTRIES },
      });
      for await (const page of pages) {
        entries.push(...page.searchEntries);
        if (entries.length >= limit) break;
      }
    });
    const people = entries.slice(0, limit).map((entry): DirectoryPerson => {
      const first = (name: DirectoryAttribute): string => valuesOf(entry, attributes[name])[0]?.trim() ?? '';
      return {
        dn: entry.dn,
        groups: valuesOf(entry, MEMBER_OF),
        ...{ login: first('login'), name: first('name'), email: first('email') },
        ...{ employeeNumber: first('employeeNumber'), department: first('department'), title: first('title') },
      };
    });
    const [only, ...others] = people;
    if (groupFilter === '' || only === undefined || others.length > 0) return people;
    return [{ ...only, groups: await this.#groupsOf(only) }];
  }

  async #groupsOf({ dn, login }: DirectoryPerson): Promise<readonly string[]> {
    const { base, groupFilter } = this.#settings;
    const filter = filledFilter(groupFilter, { dn, login });
    const { searchEntries } = await this.#search(filter, () =>
      this.#client.search(base, { scope: 'sub', filter, attributes: ['cn'] }),
    );
    return searchEntries.map((entry) => entry.dn);
  }

  async #search<T>(filter: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw problemOf(error, this.#settings, 'search', filter);
    }
  }

  async close(): Promise<void> {
    await this.#client.unbind().catch(() => undefined);
  }
}

function readAuthority(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new AppError('file-not-readable', { path: file, detail: systemCode(error) }, error);
  }
}

async function connected<T>(settings: DirectorySettings, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await Connection.open(settings);
  try {
    await connection.bindAsOurselves();
    return await work(connection);
  } finally {
    await connection.close();
  }
}

/** The only person of that login; undefined: nobody, or more than one. */
export function findPerson(settings: DirectorySettings, login: string): Promise<DirectoryPerson | undefined> {
  return connected(settings, async (connection) => {
    const [person, ...others] = await connection.people(filledFilter(settings.userFilter, { login }), 2);
    return others.length > 0 ? undefined : person;
  });
}

/** The person, when login and password are right. Throws AppError where the directory cannot be asked. */
export function authenticate(
  settings: DirectorySettings,
  login: string,
  password: string,
): Promise<DirectoryPerson | undefined> {
  return connected(settings, async (connection) => {
    const [person, ...others] = await connection.people(filledFilter(settings.userFilter, { login }), 2);
    if (person === undefined || others.length > 0) return undefined;
    return (await connection.isPassword(person.dn, password)) ? person : undefined;
  });
}

/** Everybody that the people filter finds. Throws AppError. */
export function listDirectory(settings: DirectorySettings): Promise<readonly DirectoryPerson[]> {
  return connected(settings, (connection) => connection.people(settings.peopleFilter, MOST_PEOPLE));
}
