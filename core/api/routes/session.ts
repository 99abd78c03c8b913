/** In by a one-time link, out again. */
import { isGranted, PERMISSIONS } from '../../model/access.ts';
import { AppError } from '../../model/errors.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';
import { endSession, redeemLinkToken, sessionCookie } from '../session.ts';

const isTls = (request: Request): boolean => new URL(request.url).protocol === 'https:';

export function sessionRoutes({
  deps,
  sessions,
}: ApiParts): Pick<Handlers, 'getSession' | 'signInWithLink' | 'signOut'> {
  return {
    getSession: ({ viewer: { userId, name, role, seesNumbers, seesCodes, scope } }) => ({
      userId,
      name,
      role,
      permissions: PERMISSIONS.filter((permission) => isGranted(role, permission)),
      seesNumbers,
      seesCodes,
      scope: scope.kind,
    }),
    signInWithLink: ({ body, request, headers }) => {
      const nowMs = deps.nowMs();
      const session = redeemLinkToken(sessions, body.token, nowMs);
      if (session === undefined) throw new AppError('not-signed-in');
      const maxAgeSeconds = Math.floor((session.expiresAtMs - nowMs) / 1000);
      headers.set('set-cookie', sessionCookie(session.cookieToken, maxAgeSeconds, isTls(request)));
      return { expiresAtMs: session.expiresAtMs };
    },
    signOut: ({ sessionToken, request, headers }) => {
      if (sessionToken !== undefined) endSession(sessions, sessionToken);
      headers.set('set-cookie', sessionCookie('', 0, isTls(request)));
      return undefined;
    },
  };
}
