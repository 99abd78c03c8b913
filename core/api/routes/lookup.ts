/** Whose is this, and what was called: one box for codes, extensions, numbers and names. */
import { buildDirectory } from '../../attribution/directory.ts';
import type { Scope } from '../../model/access.ts';
import { ALWAYS_FROM, ALWAYS_TO, type AssignmentKind } from '../../model/people.ts';
import { findOwners, type OwnedAssignment } from '../../store/assignments.ts';
import type { CallFilter, CallTotals } from '../../store/call-filter.ts';
import { isPersonInScope, listPeople, loadDirectory, type PersonRow } from '../../store/people.ts';
import { callOf, totalsOf } from '../call-view.ts';
import type { LookupResult } from '../contract.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';
import { siteToday } from '../site-today.ts';

const RECENT_CALLS = 20;
const NEAREST_CODES = 5;
const PEOPLE_LIMIT = 20;
const NO_CALLS: CallTotals = { calls: 0, talkSeconds: 0, charges: [] };
/** Shorter digits would match half of all numbers, and are extensions anyway. */
const NUMBER_FROM_DIGITS = 3;

type MatchedAs = LookupResult['matchedAs'];

interface Match {
  readonly matchedAs: MatchedAs;
  readonly filter: CallFilter;
  readonly totals: CallTotals;
}

function isNumberLike(text: string): boolean {
  return /^[\d\s().+*#/-]+$/.test(text) && text.replace(/\D/g, '').length >= NUMBER_FROM_DIGITS;
}

export function lookupRoutes(parts: ApiParts): Pick<Handlers, 'lookUp'> {
  const { deps, callQueries } = parts;

  /** The first kind that has an owner or calls. */
  const matchOf = (
    query: string,
    days: Pick<CallFilter, 'from' | 'to'>,
    owned: { readonly codes: boolean; readonly extensions: boolean },
    people: readonly PersonRow[],
    scope: Scope,
  ): Match => {
    const candidates: { matchedAs: MatchedAs; filter: CallFilter; isOwned: boolean }[] = [
      { matchedAs: 'code', filter: { code: query }, isOwned: owned.codes },
      { matchedAs: 'extension', filter: { extension: query }, isOwned: owned.extensions },
    ];
    if (isNumberLike(query)) candidates.push({ matchedAs: 'number', filter: { number: query }, isOwned: false });
    const [only, ...others] = people;
    if (only !== undefined) {
      const filter = others.length === 0 ? { personId: only.id } : { text: query };
      candidates.push({ matchedAs: 'person', filter, isOwned: true });
    }
    for (const { matchedAs, filter, isOwned } of candidates) {
      // The days narrow what is shown, not what the text is: a code without calls this month is still that code.
      const isKnown = isOwned || callQueries.page({ ...filter, limit: 1 }, scope).calls.length > 0;
      if (!isKnown) continue;
      const within = { ...filter, ...days };
      return { matchedAs, filter: within, totals: callQueries.totals(within, scope) };
    }
    return { matchedAs: 'nothing', filter: {}, totals: NO_CALLS };
  };

  return {
    lookUp: ({ query: { q, from, to }, language, viewer }) => {
      const { scope } = viewer;
      const mask = parts.mask();
      const today = siteToday(parts);
      const ownersOf = (kind: AssignmentKind): readonly OwnedAssignment[] =>
        findOwners(deps.db, kind, q).filter((row) => isPersonInScope(deps.db, row.personId, today, scope));
      const [codes, extensions] = [ownersOf('code'), ownersOf('extension')];
      const people = listPeople(deps.db, today, { scope });
      const departments = new Map(people.map((person) => [person.id, person.departmentName]));
      const named = listPeople(deps.db, today, { text: q, scope }).filter(
        // The people filter also finds whole codes; those are answered as codes.
        (person) => !person.assignments.some((row) => row.value === q),
      );
      const { matchedAs, filter, totals } = matchOf(
        q,
        { from, to },
        { codes: codes.length > 0, extensions: extensions.length > 0 },
        named,
        scope,
      );
      const ownership = (row: OwnedAssignment) => ({
        personId: row.personId,
        personName: row.personName,
        departmentName: departments.get(row.personId) ?? null,
        validFrom: row.validFrom === ALWAYS_FROM ? null : row.validFrom,
        validTo: row.validTo === ALWAYS_TO ? null : row.validTo,
      });
      // Codes near to it belong to people whom a narrow view does not know.
      const isOrphanCode =
        scope.kind === 'all' && codes.length === 0 && (matchedAs === 'code' || matchedAs === 'nothing') && /\d/.test(q);
      return {
        query: q,
        codes: codes.map((row) => ({ code: mask(q), ...ownership(row) })),
        extensions: extensions.map((row) => ({ extension: q, ...ownership(row) })),
        people: named.slice(0, PEOPLE_LIMIT).map((person) => ({
          personId: person.id,
          personName: person.name,
          departmentName: person.departmentName,
        })),
        matchedAs,
        totals: totalsOf(totals),
        recentCalls:
          matchedAs === 'nothing'
            ? []
            : callQueries
                .page({ ...filter, limit: RECENT_CALLS }, scope)
                .calls.map((call) => callOf(call, mask, language)),
        nearestCodes: isOrphanCode
          ? buildDirectory(loadDirectory(deps.db))
              .nearestCodes(q, NEAREST_CODES)
              .map((near) => ({ code: mask(near.code), personName: near.personName }))
          : [],
      };
    },
  };
}
