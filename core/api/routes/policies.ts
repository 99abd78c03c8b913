/** Code rules: the document and its days, what a change does, where rules are broken, and what the PBX needs. */
import type { CodePolicy as StoredPolicy } from '../../model/code-policy.ts';
import { AppError } from '../../model/errors.ts';
import { maskCode, showCode } from '../../model/masking.ts';
import { checkPolicy, type PolicyProblem } from '../../policy/check-policy.ts';
import { addPolicy, listPolicies, type PolicyRow, policiesInUse, removePolicy } from '../../store/policies.ts';
import { breachReport } from '../breach-report.ts';
import { CodePolicy, type PolicyPreview, type PolicyVersion } from '../contract.ts';
import type { FieldText } from '../field-message.ts';
import { fieldMessage } from '../field-message.ts';
import type { ApiParts } from '../parts.ts';
import { pbxSheetOf } from '../pbx-sheet.ts';
import { firstChangedDay, measureEffect, previewEffect, type StoredPolicyChange } from '../policy-effect.ts';
import { InvalidInput } from '../problem.ts';
import type { Handlers, RequestContext } from '../register.ts';
import { siteToday } from '../site-today.ts';

const FIELD_TEXT: Readonly<Record<PolicyProblem, FieldText>> = {
  'span-order': 'rangeOrder',
  'right-unknown': 'callingRight',
  'right-id-twice': 'invalid',
  'assignment-id-twice': 'invalid',
  'right-name-twice': 'nameTwice',
  'group-name-twice': 'nameTwice',
  'hours-without-days': 'weekdays',
  'days-order': 'dayOrder',
};
const IS_MASKED = /•/;

type Language = RequestContext['language'];

function withCodes(
  policy: StoredPolicy,
  code: (text: string, id: string, end: 'first' | 'last') => string,
): StoredPolicy {
  return {
    ...policy,
    assignments: policy.assignments.map((row) => {
      const { holder, id } = row;
      if (holder.kind !== 'code') return row;
      const last = holder.last === null ? null : code(holder.last, id, 'last');
      return { ...row, holder: { ...holder, first: code(holder.first, id, 'first'), last } };
    }),
  };
}

/** Puts codes back that came masked: those of the same row in any version, the newest first. */
function unmasked(policy: StoredPolicy, versions: readonly PolicyRow[], language: Language): StoredPolicy {
  const known = new Map(
    versions.flatMap((version) => version.policy.assignments.map(({ id, holder }) => [id, holder] as const)),
  );
  return withCodes(policy, (text, id, end) => {
    if (!IS_MASKED.test(text)) return text;
    const stored = known.get(id);
    const code = stored?.kind === 'code' ? stored[end] : null;
    if (code === null || maskCode(code) !== text) {
      throw InvalidInput.of(
        `policy.assignments.${policy.assignments.findIndex((row) => row.id === id)}.holder`,
        'secret',
        language,
      );
    }
    return code;
  });
}

export function policyRoutes(
  parts: ApiParts,
): Pick<
  Handlers,
  'listPolicies' | 'previewPolicy' | 'applyPolicy' | 'listBreaches' | 'getPbxSheet' | 'downloadPbxSheet'
> {
  const { deps } = parts;
  const { db, ingest } = deps;

  const changeOf = (body: PolicyPreview, language: Language): StoredPolicyChange => {
    const versions = listPolicies(db);
    if (body.action === 'remove') {
      const known = versions.some(({ id, removedAtMs }) => id === body.policyId && removedAtMs === null);
      if (!known) throw new AppError('not-found', { what: 'policy', id: body.policyId });
      return body;
    }
    const policy = unmasked(body.policy, versions, language);
    const faults = checkPolicy(policy);
    if (faults.length > 0) {
      throw new InvalidInput(
        faults.map(({ path, problem }) => ({
          path: `policy.${path}`,
          message: fieldMessage(language, FIELD_TEXT[problem]),
        })),
      );
    }
    return { action: 'add', validFrom: body.validFrom, policy };
  };

  return {
    listPolicies: () => {
      const mask = parts.mask();
      const today = siteToday(parts);
      const versions = listPolicies(db).map(
        (row): PolicyVersion => ({ ...row, policy: CodePolicy.parse(withCodes(row.policy, (text) => mask(text))) }),
      );
      const present = policiesInUse(db).findLast(({ validFrom }) => validFrom <= today);
      return { versions, presentId: present?.id ?? null, today };
    },
    previewPolicy: ({ body, language }) => previewEffect(db, changeOf(body, language)),
    applyPolicy: async ({ body, language }) => {
      const change = changeOf(body, language);
      const from = firstChangedDay(policiesInUse(db), change);
      if (change.action === 'remove') removePolicy(db, change.policyId, body.by, deps.nowMs());
      else {
        const note = body.action === 'add' ? body.note : '';
        addPolicy(db, { validFrom: change.validFrom, policy: change.policy, note, by: body.by }, deps.nowMs());
      }
      // Calls that come from here on are judged by the new rules; those that came before are looked at now.
      await ingest.reload();
      const { effect, ids } = await measureEffect(db, policiesInUse(db), from);
      if (ids.length > 0) {
        await ingest.rebook({ ids });
        parts.changed('calls');
      }
      parts.changed('policies');
      return effect;
    },
    listBreaches: ({ query, language }) => breachReport(parts, query, language),
    getPbxSheet: ({ query, language }) => {
      if (query.isInFull && !parts.showsCodes()) throw new AppError('codes-hidden');
      return pbxSheetOf(parts, query, query.isInFull ? showCode : maskCode, language);
    },
    downloadPbxSheet: ({ query, language }) => {
      const isShown = parts.showsCodes();
      const sheet = pbxSheetOf(parts, query, isShown ? showCode : maskCode, language);
      const file = sheet.files.find(({ name }) => name === query.name);
      if (file === undefined) throw new AppError('not-found', { what: 'file', id: query.name });
      if (file.hasCodes && !isShown) throw new AppError('codes-hidden');
      return {
        fileName: file.name,
        contentType: 'text/plain; charset=utf-8',
        body: new TextEncoder().encode(file.text),
      };
    },
  };
}
