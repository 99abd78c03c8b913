/**
 * Signing in by name and password, and by a second factor where one is set up. What is refused says no more than that, so
 * that nobody learns which names there are; the time it takes says no more either.
 */
import { AppError } from '../model/errors.ts';
import type { Database } from '../store/database.ts';
import type { SecretBox } from '../store/secret-box.ts';
import { type Failures, SignInFailures } from '../store/sign-in-failures.ts';
import { loginKey, type UserRow, UserStore } from '../store/users.ts';
import { ADDRESS_RULE, afterFailure, type FailureRule, LOGIN_RULE, waitLeft } from './lockout.ts';
import { HASH_COST, type HashCost, hashPassword, isOldHash, isPassword } from './password-hash.ts';
import { recoveryCodeHash, totpStepOf } from './second-factor.ts';

export interface Credentials {
  readonly login: string;
  readonly password: string;
  /** Of the second factor: six digits, or a recovery code. */
  readonly code?: string | undefined;
  /** Where the attempt comes from. */
  readonly address: string;
}

export interface SignInOptions {
  readonly db: Database;
  readonly secretBox: SecretBox;
  readonly nowMs: () => number;
  /**
   * Asks the directory, where one is set up: the user's row, made or brought up to date, when it knows the name and the
   * password. Undefined: it does not, or there is none.
   */
  readonly askDirectory: (login: string, password: string) => Promise<UserRow | undefined>;
  readonly hashCost?: HashCost | undefined;
}

interface Counter {
  readonly key: string;
  readonly rule: FailureRule;
  readonly before: Failures | undefined;
}

/** Longer ones are no logins; the table of failures stays small. */
const LONGEST_KEY = 200;

export class SignIn {
  readonly #options: SignInOptions;
  readonly #users: UserStore;
  readonly #failures: SignInFailures;

  constructor(options: SignInOptions) {
    this.#options = options;
    this.#users = new UserStore(options.db);
    this.#failures = new SignInFailures(options.db);
  }

  /** Throws AppError `sign-in-wait`, `sign-in-refused`, `second-factor-needed` or `account-closed`. */
  async signIn({ login, password, code, address }: Credentials): Promise<UserRow> {
    const { nowMs } = this.#options;
    const counters = this.#counters(login, address);
    const waitMs = Math.max(...counters.map(({ before, rule }) => waitLeft(before, rule, nowMs())));
    if (waitMs > 0) throw new AppError('sign-in-wait', { seconds: Math.ceil(waitMs / 1000) });
    // Counted before the work: of many attempts at once, none slips through while the others are still being looked at.
    for (const { key, rule, before } of counters) this.#failures.set(key, afterFailure(before, rule, nowMs()));
    const user = await this.#known(login, password).catch((error: unknown) => {
      // A directory that cannot be asked says nothing about the password.
      for (const counter of counters) this.#takeBack(counter);
      throw error;
    });
    if (user === undefined) throw new AppError('sign-in-refused');
    if (user.state !== 'active') throw new AppError('account-closed', { name: user.name });
    if (user.totpStep !== null) {
      if (code === undefined || code.trim() === '') {
        // The password was right: this attempt is no failure, and those before it stay counted.
        for (const counter of counters) this.#takeBack(counter);
        throw new AppError('second-factor-needed');
      }
      if (!this.isSecondFactor(user, code)) throw new AppError('sign-in-refused');
    }
    const [ofLogin, ofAddress] = counters;
    this.#failures.clear(ofLogin.key);
    // One who may sign in must not wipe out what others at the same address tried.
    this.#takeBack(ofAddress);
    this.#users.setSignedIn(user.id, nowMs());
    return user;
  }

  /** For what a signed-in user does again by password. Throws AppError `sign-in-wait` or `password-wrong`. */
  async confirm(user: UserRow, password: string, address: string): Promise<void> {
    const { nowMs } = this.#options;
    const [counter] = this.#counters(user.login, address);
    const waitMs = waitLeft(counter.before, counter.rule, nowMs());
    if (waitMs > 0) throw new AppError('sign-in-wait', { seconds: Math.ceil(waitMs / 1000) });
    this.#failures.set(counter.key, afterFailure(counter.before, counter.rule, nowMs()));
    const known = await this.#known(user.login, password);
    if (known?.id !== user.id) throw new AppError('password-wrong', { field: 'password' });
    this.#takeBack(counter);
  }

  /** Uses the code up. */
  isSecondFactor(user: UserRow, code: string): boolean {
    if (user.totpSecret === null) return false;
    const { secretBox, nowMs } = this.#options;
    const step = totpStepOf(secretBox.open(user.totpSecret), code, nowMs());
    if (step !== undefined) return this.#users.takeTotpStep(user.id, step);
    return this.#users.takeRecoveryCode(user.id, recoveryCodeHash(code));
  }

  /** Ends the wait of a login. */
  forgive(login: string): void {
    this.#failures.clear(keyOfLogin(login));
  }

  /** Milliseconds until the login is looked at again. */
  waitOf(login: string): number {
    return waitLeft(this.#failures.of(keyOfLogin(login)), LOGIN_RULE, this.#options.nowMs());
  }

  async #known(login: string, password: string): Promise<UserRow | undefined> {
    const user = this.#users.byLogin(login);
    if (user === undefined || user.origin === 'directory') {
      const [known] = await Promise.all([
        this.#options.askDirectory(login, password),
        isPassword(password, null, this.#options.hashCost),
      ]);
      return known;
    }
    const { passwordHash } = user;
    if (!(await isPassword(password, passwordHash, this.#options.hashCost)) || passwordHash === null) return undefined;
    const { hashCost = HASH_COST } = this.#options;
    if (isOldHash(passwordHash, hashCost)) {
      this.#users.renewPasswordHash(user.id, passwordHash, await hashPassword(password, hashCost));
    }
    // What an administrator changed meanwhile counts.
    return this.#users.find(user.id);
  }

  #counters(login: string, address: string): readonly [Counter, Counter] {
    const { nowMs } = this.#options;
    this.#failures.removeBefore(nowMs() - LOGIN_RULE.forgetAfterMs);
    const counter = (key: string, rule: FailureRule): Counter => ({ key, rule, before: this.#failures.of(key) });
    return [counter(keyOfLogin(login), LOGIN_RULE), counter(`address:${address}`, ADDRESS_RULE)];
  }

  #takeBack({ key, before }: Counter): void {
    if (before === undefined) this.#failures.clear(key);
    else this.#failures.set(key, before);
  }
}

function keyOfLogin(login: string): string {
  return `login:${loginKey(login).slice(0, LONGEST_KEY)}`;
}
