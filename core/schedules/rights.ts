/**
 * What a schedule may see: what its maker could see when it was saved, and no more than the maker may see now. Who was
 * raised since has to save it again; who was disabled or may send nothing any more stops it.
 */
import { viewerOfUser } from '../access/viewer.ts';
import { isGranted, type Scope, type Viewer } from '../model/access.ts';
import type { Maker, MakerRights, ScheduleProblem } from '../model/schedule.ts';
import { departmentsInScope } from '../store/call-scope.ts';
import type { Database } from '../store/database.ts';
import { UserStore } from '../store/users.ts';

export const makerFrom = ({ userId, name, scope, seesNumbers, seesCodes }: Viewer, showsCodes: boolean): Maker => ({
  userId,
  name,
  rights: { scope, seesNumbers, seesCodes: seesCodes && showsCodes },
});

/** The problem where nothing may be sent. */
export function rightsNow(db: Database, maker: Maker): MakerRights | ScheduleProblem {
  // The owner of the computer.
  if (maker.userId === null) return maker.rights;
  const user = new UserStore(db).find(maker.userId);
  if (user?.state !== 'active') return 'maker-gone';
  const viewer = viewerOfUser(user);
  if (!isGranted(viewer.role, 'send-reports')) return 'rights-changed';
  const scope = narrower(db, maker.rights.scope, viewer.scope);
  if (scope === undefined) return 'rights-changed';
  return {
    scope,
    seesNumbers: maker.rights.seesNumbers && viewer.seesNumbers,
    seesCodes: maker.rights.seesCodes && viewer.seesCodes,
  };
}

/** What both see; undefined where that is nothing. */
function narrower(db: Database, one: Scope, other: Scope): Scope | undefined {
  if (one.kind === 'all') return other;
  if (other.kind === 'all') return one;
  if (one.kind === 'person' || other.kind === 'person') {
    return one.kind === 'person' && other.kind === 'person' && one.personId === other.personId ? one : undefined;
  }
  const [first, second] = [departmentsInScope(db, one), departmentsInScope(db, other)];
  const departmentIds = [...(first ?? [])].filter((id) => second?.has(id) === true);
  return departmentIds.length === 0 ? undefined : { kind: 'departments', departmentIds };
}
