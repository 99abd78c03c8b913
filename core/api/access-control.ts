/** What several routes about users do alike: signing in, passwords, ending sessions. */
import { askDirectory } from '../access/directory-login.ts';
import { readNetwork } from '../access/network.ts';
import { type HashCost, hashPassword } from '../access/password-hash.ts';
import { passwordFault } from '../access/password-rules.ts';
import { SignIn } from '../access/sign-in.ts';
import type { Language } from '../i18n/translate.ts';
import { AppError } from '../model/errors.ts';
import type { UserRow } from '../store/users.ts';
import type { ApiParts } from './parts.ts';
import { InvalidInput } from './problem.ts';
import type { AccessPolicy } from './security.ts';
import { type SessionPlace, sessionCookie, startSession } from './session.ts';

const isTls = (request: Request): boolean => new URL(request.url).protocol === 'https:';

/** Whom the service answers at all, by what is set now. */
export function accessPolicy({ deps }: Pick<ApiParts, 'deps'>): AccessPolicy {
  const { isOpen, hostNames } = readNetwork(deps.db);
  return {
    allowedHosts: isOpen ? [...deps.access.allowedHosts, ...hostNames] : deps.access.allowedHosts,
    isOpenToNetwork: isOpen || deps.access.isOpenToNetwork,
  };
}

const SEEN_EVERY_MS = 60_000;

/** Writes the sessions' signs of life now and then; returns what ends it. */
export function keepSeen({ deps, liveSessions }: ApiParts): () => void {
  const write = async (): Promise<void> => {
    const release = await deps.ingest.holdBack();
    try {
      liveSessions.flush();
    } catch (error) {
      deps.log.warn({ err: error }, 'signs of life of sessions could not be written');
    } finally {
      release();
    }
  };
  const timer = setInterval(() => void write(), SEEN_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

export class AccessControl {
  readonly signIn: SignIn;
  readonly #parts: ApiParts;

  constructor(parts: ApiParts) {
    this.#parts = parts;
    const { db, secretBox, nowMs, log, hashCost } = parts.deps;
    this.signIn = new SignIn({
      ...{ db, secretBox, nowMs, hashCost },
      askDirectory: async (login, password) => {
        try {
          return await askDirectory({ db, secretBox, nowMs }, login, password);
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          // Where the directory is and what it says is nothing for somebody who is not in yet.
          log.warn({ err: error }, 'the directory could not be asked');
          throw new AppError('directory-unavailable');
        }
      },
    });
  }

  get #hashCost(): HashCost | undefined {
    return this.#parts.deps.hashCost;
  }

  /** Throws InvalidInput at `field` for a password that is not taken. */
  async hashOf(
    password: string,
    owner: { readonly login: string; readonly name: string },
    field: string,
    language: Language,
  ): Promise<string> {
    const fault = passwordFault(password, owner);
    if (fault !== undefined) throw InvalidInput.of(field, fault, language);
    return hashPassword(password, this.#hashCost);
  }

  /** Puts the cookie of a fresh session on the answer; the session that asked ends. */
  enter(
    userId: number | null,
    { request, place, headers }: { readonly request: Request; readonly place: SessionPlace; readonly headers: Headers },
  ): { expiresAtMs: number } {
    const { deps, sessions } = this.#parts;
    const nowMs = deps.nowMs();
    const session = startSession(sessions, userId, place, nowMs);
    setCookie(headers, request, session.cookieToken, Math.floor((session.expiresAtMs - nowMs) / 1000));
    return { expiresAtMs: session.expiresAtMs };
  }

  /** Ends event streams of sessions that are over, and gives the others their new rights. */
  changed(): void {
    this.#parts.events.recheck();
  }

  endSessionsOf(userId: number, keptId?: number): void {
    this.#parts.sessions.removeOfUser(userId, keptId);
    this.changed();
  }

  /** The user behind a session; the owner of this computer is none. Throws `not-found`. */
  ownUser(userId: number | null): UserRow {
    if (userId === null) throw new AppError('not-found', { what: 'account', id: 'owner' });
    return this.#parts.users.get(userId);
  }
}

export function setCookie(headers: Headers, request: Request, token: string, maxAgeSeconds: number): void {
  headers.set('set-cookie', sessionCookie(token, maxAgeSeconds, isTls(request)));
}
