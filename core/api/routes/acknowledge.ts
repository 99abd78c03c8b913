/**
 * What the link of a statement leads to: open to whoever has the link, and to nothing but that one statement. A link that
 * was answered or is too old shows no call any more.
 */
import { ADDRESS_RULE, afterFailure, waitLeft } from '../../access/lockout.ts';
import type { Language } from '../../i18n/translate.ts';
import { AppError } from '../../model/errors.ts';
import { numberMaskOf } from '../../model/masking.ts';
import { type AmountMicro, amountMicro } from '../../model/money.ts';
import { localText } from '../../model/time.ts';
import { hashOfLink } from '../../schedules/link-token.ts';
import { statementFilter } from '../../schedules/statement-run.ts';
import { WHOLE_SITE } from '../../store/call-scope.ts';
import type { CallView } from '../../store/calls.ts';
import { destinationIn } from '../../store/destinations.ts';
import { personName } from '../../store/names.ts';
import { listedCalls } from '../../store/report-calls.ts';
import { ReportSelection } from '../../store/report-selection.ts';
import { SignInFailures } from '../../store/sign-in-failures.ts';
import { StatementPeople } from '../../store/statement-people.ts';
import { type StatementRow, StatementStore } from '../../store/statements.ts';
import { moneyOf } from '../call-view.ts';
import type { LinkedStatement } from '../contract.ts';
import type { ApiParts } from '../parts.ts';
import { InvalidInput } from '../problem.ts';
import type { Handlers } from '../register.ts';

type Linked = NonNullable<LinkedStatement['statement']>;

export function acknowledgeRoutes(parts: ApiParts): Pick<Handlers, 'openStatementLink' | 'answerStatement'> {
  const { deps, settings } = parts;
  const { db } = deps;
  const store = new StatementStore(db);
  const failures = new SignInFailures(db);

  /** Throws `sign-in-wait` where an address tries one wrong link after the other. */
  const find = (token: string, address: string): ReturnType<StatementStore['byLink']> => {
    const hash = hashOfLink(token);
    const link = hash === undefined ? undefined : store.byLink(hash);
    if (link !== undefined) return link;
    const key = `link:${address}`;
    const before = failures.of(key);
    const waitMs = waitLeft(before, ADDRESS_RULE, deps.nowMs());
    if (waitMs > 0) throw new AppError('sign-in-wait', { seconds: Math.ceil(waitMs / 1000) });
    failures.set(key, afterFailure(before, ADDRESS_RULE, deps.nowMs()));
    return undefined;
  };
  const viewOf = (link: ReturnType<StatementStore['byLink']>, language: Language): LinkedStatement => {
    const company = settings.get().companyName;
    if (link === undefined) return { state: 'unknown', company: '', answer: null, answeredAtMs: null, statement: null };
    const { answer, answeredAtMs } = link.statement;
    if (answer !== null) return { state: 'answered', company, answer, answeredAtMs, statement: null };
    const isOld = link.expiresAtMs <= deps.nowMs();
    return {
      ...{ company, answer, answeredAtMs },
      state: isOld ? 'expired' : 'open',
      statement: isOld ? null : statementOf(link.statement, language),
    };
  };
  const callsOf = ({ month, personId }: StatementRow): readonly CallView[] => {
    const selection = new ReportSelection(db, statementFilter(month, personId), WHOLE_SITE);
    return [...listedCalls(db, selection.ofCalls())];
  };
  const statementOf = (row: StatementRow, language: Language): Linked => {
    const mask = numberMaskOf({ seesNumbers: row.showsNumbers });
    const listed = callsOf(row);
    const all = new StatementPeople(db)
      .callsOf(row.month, { kind: 'person', personId: row.personId })
      .get(row.personId);
    const charges = all?.charges ?? new Map<string, AmountMicro>();
    return {
      month: row.month,
      name: personName(db, row.personId) ?? '',
      calls: listed.map((call) => ({
        id: call.id,
        startLocal: localText(call.startLocalS),
        number: mask(call.number ?? call.dialled ?? ''),
        destination: destinationIn(call, language) ?? '',
        band: call.band,
        direction: call.direction,
        talkSeconds: call.talkSeconds,
        charge:
          call.chargeMicro === null || call.currency === null
            ? null
            : moneyOf({ amountMicro: amountMicro(call.chargeMicro), currency: call.currency }),
      })),
      privateCalls: Math.max(0, (all?.calls ?? 0) - listed.length),
      totals: [...charges].map(([currency, sum]) => moneyOf({ amountMicro: sum, currency })),
    };
  };

  return {
    openStatementLink: ({ body, place, language }) => viewOf(find(body.token, place.address), language),
    answerStatement: ({ body: { token, answer, disputes }, place, language }) => {
      const link = find(token, place.address);
      // Answered before, too old, or none: what opening it shows.
      if (link === undefined || link.statement.answer !== null || link.expiresAtMs <= deps.nowMs()) {
        return viewOf(link, language);
      }
      if (answer === 'disputed' && disputes.length === 0) throw InvalidInput.of('disputes', 'required', language);
      const known = new Set(callsOf(link.statement).map(({ id }) => id));
      const named = new Map(answer === 'confirmed' ? [] : disputes.map((dispute) => [dispute.callId, dispute]));
      const foreign = [...named.keys()].find((id) => !known.has(id));
      if (foreign !== undefined) throw new AppError('not-found', { what: 'call', id: foreign });
      const act = { answer, way: 'link', atMs: deps.nowMs(), notedBy: '', note: '' } as const;
      store.answer(link.statement.id, act, [...named.values()]);
      parts.changed('statements');
      return viewOf(find(token, place.address), language);
    },
  };
}
