/** In by a one-time link or by a password, out again. */
import { isGranted, PERMISSIONS } from '../../model/access.ts';
import { AppError } from '../../model/errors.ts';
import { type AccessControl, setCookie } from '../access-control.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';
import { takeLinkToken } from '../session.ts';

type Routes = 'getSession' | 'getSignIn' | 'signInWithLink' | 'signInWithPassword' | 'signOut';

export function sessionRoutes({ deps, sessions, users }: ApiParts, access: AccessControl): Pick<Handlers, Routes> {
  return {
    getSession: ({ viewer: { userId, name, role, seesNumbers, seesCodes, scope }, isPasswordDue }) => ({
      ...{ userId, name, role, seesNumbers, seesCodes, isPasswordDue },
      permissions: PERMISSIONS.filter((permission) => isGranted(role, permission)),
      scope: scope.kind,
    }),
    getSignIn: ({ isLocal }) => ({ hasUsers: users.hasAny(), takesLinks: isLocal }),
    signInWithLink: ({ body, isLocal, session, ...input }) => {
      // A link says "this computer"; one that was carried elsewhere, or comes through a proxy, is none.
      if (!isLocal || !takeLinkToken(sessions, body.token, deps.nowMs())) throw new AppError('not-signed-in');
      if (session !== undefined) sessions.remove(session.id);
      return access.enter(null, input);
    },
    signInWithPassword: async ({ body, session, ...input }) => {
      const user = await access.signIn.signIn({ ...body, address: input.place.address });
      if (session !== undefined) sessions.remove(session.id);
      return access.enter(user.id, input);
    },
    signOut: ({ session, request, headers }) => {
      if (session !== undefined) sessions.remove(session.id);
      access.changed();
      setCookie(headers, request, '', 0);
      return undefined;
    },
  };
}
