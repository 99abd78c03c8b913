/** One's own account: password, second factor, sessions. */
import {
  newRecoveryCodes,
  newTotpSecret,
  recoveryCodeHash,
  totpAddress,
  totpStepOf,
} from '../../access/second-factor.ts';
import { AppError } from '../../model/errors.ts';
import type { StoredSession } from '../../store/sessions.ts';
import type { AccessControl } from '../access-control.ts';
import type { ApiParts } from '../parts.ts';
import { InvalidInput } from '../problem.ts';
import type { Handlers } from '../register.ts';
import { sessionEntryOf } from '../session-view.ts';

type Routes =
  | 'getAccount'
  | 'changeOwnPassword'
  | 'startSecondFactor'
  | 'confirmSecondFactor'
  | 'removeSecondFactor'
  | 'renewRecoveryCodes'
  | 'endOtherSessions'
  | 'endOwnSession';

const ISSUER = 'Tollbook';

export function accountRoutes(parts: ApiParts, access: AccessControl): Pick<Handlers, Routes> {
  const { deps, users, sessions, liveSessions } = parts;

  const ownSessions = (userId: number | null): readonly StoredSession[] =>
    liveSessions.list(deps.nowMs()).filter((session) => session.userId === userId);

  const giveRecoveryCodes = (userId: number): { recoveryCodes: string[] } => {
    const recoveryCodes = [...newRecoveryCodes()];
    users.setRecoveryCodes(userId, recoveryCodes.map(recoveryCodeHash));
    return { recoveryCodes };
  };

  return {
    getAccount: ({ viewer, session: asking }) => {
      const names = new Map<number, string>(viewer.userId === null ? [] : [[viewer.userId, viewer.name]]);
      const own = ownSessions(viewer.userId).map((session) => sessionEntryOf(session, names, asking));
      if (viewer.userId === null) return { account: null, sessions: own };
      const { id, login, name, role, origin, personName, totpStep } = users.get(viewer.userId);
      return {
        account: {
          ...{ login, name, role, origin, personName },
          hasSecondFactor: totpStep !== null,
          recoveryCodesLeft: users.countRecoveryCodes(id),
        },
        sessions: own,
      };
    },
    changeOwnPassword: async ({ viewer, body, language, session, ...input }) => {
      const user = access.ownUser(viewer.userId);
      if (user.origin === 'directory') throw new AppError('not-found', { what: 'password', id: user.id });
      await access.signIn.confirm(user, body.password, input.place.address);
      if (body.newPassword === body.password) throw InvalidInput.of('newPassword', 'passwordSame', language);
      users.setPassword(user.id, await access.hashOf(body.newPassword, user, 'newPassword', language), false);
      // Whoever had the old password is out everywhere; here goes on with a token that nobody had before.
      access.endSessionsOf(user.id);
      access.enter(user.id, input);
      return undefined;
    },
    startSecondFactor: async ({ viewer, body, place }) => {
      const user = access.ownUser(viewer.userId);
      await access.signIn.confirm(user, body.password, place.address);
      if (user.totpStep !== null) throw new AppError('conflict', { name: user.name });
      const secret = newTotpSecret();
      users.setTotp(user.id, deps.secretBox.seal(secret), null);
      return { secret, address: totpAddress(secret, user.login, ISSUER) };
    },
    confirmSecondFactor: ({ viewer, body, session }) => {
      const user = access.ownUser(viewer.userId);
      if (user.totpSecret === null || user.totpStep !== null) {
        throw new AppError('not-found', { what: 'second-factor', id: user.id });
      }
      const step = totpStepOf(deps.secretBox.open(user.totpSecret), body.code, deps.nowMs());
      if (step === undefined) throw new AppError('second-factor-wrong', { field: 'code' });
      users.setTotp(user.id, user.totpSecret, step);
      access.endSessionsOf(user.id, session?.id);
      return giveRecoveryCodes(user.id);
    },
    removeSecondFactor: async ({ viewer, body, place }) => {
      const user = access.ownUser(viewer.userId);
      await access.signIn.confirm(user, body.password, place.address);
      users.setTotp(user.id, null, null);
      return undefined;
    },
    renewRecoveryCodes: async ({ viewer, body, place }) => {
      const user = access.ownUser(viewer.userId);
      await access.signIn.confirm(user, body.password, place.address);
      if (user.totpStep === null) throw new AppError('not-found', { what: 'second-factor', id: user.id });
      return giveRecoveryCodes(user.id);
    },
    endOtherSessions: ({ viewer, session: asking }) => {
      for (const { id } of ownSessions(viewer.userId)) if (id !== asking?.id) sessions.remove(id);
      access.changed();
      return undefined;
    },
    endOwnSession: ({ viewer, params: { id } }) => {
      if (!ownSessions(viewer.userId).some((session) => session.id === id)) {
        throw new AppError('not-found', { what: 'session', id });
      }
      sessions.remove(id);
      access.changed();
      return undefined;
    },
  };
}
