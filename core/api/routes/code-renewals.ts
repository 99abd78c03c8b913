/** New codes for many people: drawn, looked at, put in place, printed. */
import { randomInt, randomUUID } from 'node:crypto';
import { createTranslate } from '../../i18n/translate.ts';
import { maskCode } from '../../model/masking.ts';
import { ALWAYS_TO } from '../../model/people.ts';
import { CodeRenewals, type RenewalPreview, type RenewalRow } from '../../people/code-renewal.ts';
import { codeListCsv, codeSlips } from '../../people/code-slips.ts';
import { generateCodes } from '../../policy/code-generator.ts';
import type { PersonRow } from '../../store/people.ts';
import type { CodeRenewalPreview } from '../contract.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';
import { siteToday } from '../site-today.ts';

type RenewalRoutes = 'previewCodeRenewal' | 'applyCodeRenewal' | 'printCodeRenewal';

export function codeRenewalRoutes(parts: ApiParts): Pick<Handlers, RenewalRoutes> {
  const { deps } = parts;
  const renewals = new CodeRenewals({
    db: deps.db,
    now: deps.nowMs,
    today: () => siteToday(parts),
    newId: randomUUID,
    generate: generateCodes,
    random: (limit) => randomInt(limit),
  });
  return {
    previewCodeRenewal: ({ body }) => previewOf(renewals.preview(body)),
    applyCodeRenewal: async ({ params }) => {
      const { people, day, scope } = renewals.apply(params.renewalId);
      await deps.ingest.reload();
      if (scope.codes.length > 0) {
        await deps.ingest.rebook(scope);
        parts.changed('calls');
      }
      parts.changed('people');
      return { people, day };
    },
    printCodeRenewal: ({ body: { day }, language }) => {
      const slips = codeSlips(deps.db, day, language);
      return {
        day,
        slips: slips.map(({ oldCodes: _, ...slip }) => slip),
        csv: new TextDecoder('utf-8', { ignoreBOM: true }).decode(codeListCsv(slips, language)),
        csvName: `${createTranslate(language)('hygiene.fileName', { day })}.csv`,
      };
    },
  };
}

function personOf({ id, name, departmentName }: PersonRow) {
  return { personId: id, personName: name, departmentName };
}

/** Masked even where codes may be seen: the preview is looked at by whoever stands by, and only printing asks first. */
function previewOf(preview: RenewalPreview): CodeRenewalPreview {
  const rowOf = ({ person, old, newCode, validTo }: RenewalRow) => ({
    ...personOf(person),
    oldCodes: old.map((row) =>
      row.lastValue === null ? maskCode(row.value) : `${maskCode(row.value)}–${maskCode(row.lastValue)}`,
    ),
    newCode: maskCode(newCode),
    validTo: validTo === ALWAYS_TO ? null : validTo,
  });
  return {
    renewalId: preview.renewalId,
    rows: preview.rows.map(rowOf),
    skipped: preview.skipped.map(({ person, reason }) => ({ ...personOf(person), reason })),
    callsSince: preview.callsSince,
  };
}
