import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeckProblem } from '../../../core/api/contract.ts';

interface ProblemListProps {
  readonly count: number;
  readonly problems: readonly DeckProblem[];
  readonly shown: number;
  readonly children?: ReactNode;
}

/** Rows that cannot be read, each with why. */
export function ProblemList({ count, problems, shown, children }: ProblemListProps) {
  const { t } = useTranslation('deck');
  if (count === 0) return null;
  const left = count - Math.min(problems.length, shown);
  return (
    <Alert color="red" title={t('import.problems.title', { count })}>
      <ul className="tb-deck-problems">
        {problems.slice(0, shown).map((problem) => (
          <li key={`${problem.rowNumber}${problem.column}${problem.message}`}>
            {problem.rowNumber !== null && `${t('import.layout.row')} ${problem.rowNumber} `}
            {problem.column !== '' && `(${problem.column}) `}
            {problem.message}
          </li>
        ))}
      </ul>
      {left > 0 && <div>{t('import.problems.more', { count: left })}</div>}
      {children}
    </Alert>
  );
}
