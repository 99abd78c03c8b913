/** Who sent a request, and from where. */
import { viewerOfUser } from '../access/viewer.ts';
import { OWNER, type Viewer } from '../model/access.ts';
import type { StoredSession } from '../store/sessions.ts';
import type { ApiParts } from './parts.ts';
import { isFromThisComputer, type RequestInfo } from './security.ts';
import { placeOf, type SessionPlace, sessionTokenOf } from './session.ts';

export interface Caller {
  readonly session: StoredSession | undefined;
  readonly viewer: Viewer | undefined;
  /** Signed in with a password that somebody else knows: another one has to be chosen before anything else. */
  readonly isPasswordDue: boolean;
  /** Why numbers are shown to this session for a while. */
  readonly unmaskedFor: string | undefined;
  readonly place: SessionPlace;
  readonly isLocal: boolean;
  /** Asked again later: undefined once the session has ended. */
  readonly viewerNow: () => Viewer | undefined;
}

export function callerOf(
  { deps, liveSessions, users, unmaskings }: Pick<ApiParts, 'deps' | 'liveSessions' | 'users' | 'unmaskings'>,
  request: Request,
  info: RequestInfo,
): Caller {
  const token = sessionTokenOf(request);
  const isLocal = isFromThisComputer(request, info);
  const look = (how: 'find' | 'peek'): Pick<Caller, 'session' | 'viewer' | 'isPasswordDue'> => {
    const session = liveSessions[how](token, deps.nowMs());
    const nobody = { session: undefined, viewer: undefined, isPasswordDue: false };
    if (session === undefined) return nobody;
    // The owner of this computer is somebody who sits at it.
    if (session.userId === null) return isLocal ? { session, viewer: OWNER, isPasswordDue: false } : nobody;
    const user = users.find(session.userId);
    if (user?.state !== 'active') return nobody;
    return { session, viewer: viewerOfUser(user), isPasswordDue: user.mustChangePassword };
  };
  const caller = look('find');
  const unmaskedFor = unmaskings.of(caller.session?.id, deps.nowMs())?.reason;
  return {
    ...caller,
    unmaskedFor,
    place: placeOf(request, info.remoteAddress),
    isLocal,
    viewerNow: () => look('peek').viewer,
  };
}
