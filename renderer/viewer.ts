/** Who looks at these pages, and what they may do here. The service checks every request itself. */
import type { Permission } from '../core/model/access.ts';
import type { Result } from './api.ts';
import { keyOf, queryClient, useRead } from './query-client.ts';

type SessionInfo = Result<'getSession'>;

export interface Viewing extends Omit<SessionInfo, 'permissions'> {
  may(permission: Permission): boolean;
}

/** Nothing may be done until the service has said who this is; the gate in front of the pages waits for it. */
const NOBODY: Viewing = {
  userId: null,
  name: '',
  role: 'employee',
  seesNumbers: false,
  seesCodes: false,
  scope: 'person',
  isPasswordDue: false,
  may: () => false,
};

export function viewingOf({ permissions, ...info }: SessionInfo): Viewing {
  const granted = new Set(permissions);
  return { ...info, may: (permission) => granted.has(permission) };
}

/** For starting values of forms: the name that is kept with changes; empty for the owner of this computer. */
export function signedInName(): string {
  return queryClient.getQueryData<SessionInfo>(keyOf('getSession'))?.name ?? '';
}

export function useViewer(): Viewing {
  const { data } = useRead('getSession', undefined, { staleTime: 60_000 });
  return data === undefined ? NOBODY : viewingOf(data);
}
