/** How long things are kept, and one person's data. */
import { createTranslate } from '../../i18n/translate.ts';
import { AppError } from '../../model/errors.ts';
import { personArchive } from '../../privacy/person-archive.ts';
import type { CallView } from '../../store/calls.ts';
import { erasePerson, figuresOf } from '../../store/erasure.ts';
import { personName } from '../../store/names.ts';
import { RetentionStore } from '../../store/retention.ts';
import type { ErasurePlan } from '../contract.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';
import type { RetentionJob } from '../retention-job.ts';
import { siteToday } from '../site-today.ts';

type Routes =
  | 'getRetention'
  | 'putRetention'
  | 'previewRetention'
  | 'runRetention'
  | 'exportPersonData'
  | 'previewErasure'
  | 'erasePerson';

const CALLS_AT_ONCE = 500;

export function privacyRoutes(parts: ApiParts, job: RetentionJob): Pick<Handlers, Routes> {
  const { deps, callQueries } = parts;
  const retention = new RetentionStore(deps.db);

  function* callsOf(personId: number): Generator<CallView> {
    let after: string | undefined;
    do {
      const page = callQueries.page({ personId, after, limit: CALLS_AT_ONCE }, { kind: 'person', personId }, 'all');
      yield* page.calls;
      after = page.next ?? undefined;
    } while (after !== undefined);
  }

  const known = (id: number): string => {
    const name = personName(deps.db, id);
    if (name === undefined) throw new AppError('not-found', { what: 'person', id });
    return name;
  };
  const planOf = (id: number, language: 'vi' | 'en'): ErasurePlan => {
    const figures = figuresOf(deps.db, id);
    const pseudonym = createTranslate(language)('privacy.pseudonym', { id });
    return { personName: known(id), pseudonym, ...figures, closedMonths: [...figures.closedMonths] };
  };

  return {
    getRetention: () => job.view(),
    putRetention: ({ body }) => {
      retention.setRules(body);
      return job.view();
    },
    previewRetention: ({ body }) => job.plan(body),
    runRetention: () => {
      job.start();
      return job.view();
    },
    exportPersonData: async ({ params: { id }, viewer, note }) => {
      // It is all of a person's data, numbers in full, or it is not that.
      if (!viewer.seesNumbers) throw new AppError('not-allowed', { permission: 'unmask-numbers' });
      const name = known(id);
      const body = await personArchive(deps.db, id, callsOf(id), deps.nowMs());
      note({ what: 'personal-data', whatId: String(id), name });
      return { fileName: `personal-data-${id}.zip`, contentType: 'application/zip', body };
    },
    previewErasure: ({ params: { id }, language }) => planOf(id, language),
    erasePerson: ({ params: { id }, body: { reason }, language, note }) => {
      const plan = planOf(id, language);
      erasePerson(deps.db, id, plan.pseudonym, siteToday(parts));
      retention.erase(id, deps.nowMs());
      // Not by the name that was just taken out.
      note({ what: 'personal-data', whatId: String(id), name: plan.pseudonym, reason, after: { calls: plan.calls } });
      parts.changed('people');
      job.start();
      return { ...plan, personName: plan.pseudonym };
    },
  };
}
