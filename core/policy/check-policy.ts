/** What a document of code rules gets wrong beyond the shape of its fields. */
import type { CodePolicy } from '../model/code-policy.ts';
import { isNumberRange } from '../model/people.ts';

export type PolicyProblem =
  | 'span-order'
  | 'right-unknown'
  | 'right-id-twice'
  | 'assignment-id-twice'
  | 'right-name-twice'
  | 'group-name-twice'
  | 'hours-without-days'
  | 'days-order';

export interface PolicyFault {
  /** Dotted, as in a form: `groups.0.extensions.1`. */
  readonly path: string;
  readonly problem: PolicyProblem;
}

export function checkPolicy(policy: CodePolicy): readonly PolicyFault[] {
  return [...groupFaults(policy), ...rightFaults(policy), ...assignmentFaults(policy)];
}

function fault(path: string, problem: PolicyProblem): PolicyFault {
  return { path, problem };
}

function isSpanWrong({ first, last }: { readonly first: string; readonly last: string | null }): boolean {
  return last !== null && !isNumberRange(first, last);
}

/** Places of texts that stood before. */
function repeated(texts: readonly string[]): readonly number[] {
  return texts.flatMap((text, i) => (texts.indexOf(text) < i ? [i] : []));
}

function groupFaults({ groups }: CodePolicy): readonly PolicyFault[] {
  const names = groups.map(({ name }) => name.trim().toLowerCase());
  const spans = groups.flatMap(({ extensions }, i) =>
    extensions.flatMap((span, j) => (isSpanWrong(span) ? [fault(`groups.${i}.extensions.${j}`, 'span-order')] : [])),
  );
  return [...repeated(names).map((i) => fault(`groups.${i}.name`, 'group-name-twice')), ...spans];
}

function rightFaults({ rights }: CodePolicy): readonly PolicyFault[] {
  const ids = repeated(rights.map(({ id }) => id)).map((i) => fault(`rights.${i}.id`, 'right-id-twice'));
  const names = rights.map(({ name }) => name.trim().toLowerCase());
  const days = rights.flatMap(({ hours }, i) =>
    hours.flatMap(({ weekdays, holidays }, j) =>
      weekdays.length === 0 && holidays !== 'only'
        ? [fault(`rights.${i}.hours.${j}.weekdays`, 'hours-without-days')]
        : [],
    ),
  );
  return [...ids, ...repeated(names).map((i) => fault(`rights.${i}.name`, 'right-name-twice')), ...days];
}

function assignmentFaults({ assignments, rights }: CodePolicy): readonly PolicyFault[] {
  const known = new Set(rights.map(({ id }) => id));
  const ids = repeated(assignments.map(({ id }) => id)).map((i) => fault(`assignments.${i}.id`, 'assignment-id-twice'));
  const rows = assignments.flatMap(({ holder, rightId, validFrom, validTo }, i) => {
    const faults: PolicyFault[] = [];
    if (!known.has(rightId)) faults.push(fault(`assignments.${i}.rightId`, 'right-unknown'));
    if (holder.kind === 'code' && isSpanWrong(holder)) faults.push(fault(`assignments.${i}.holder`, 'span-order'));
    if (validFrom !== null && validTo !== null && validTo <= validFrom)
      faults.push(fault(`assignments.${i}.validTo`, 'days-order'));
    return faults;
  });
  return [...ids, ...rows];
}
