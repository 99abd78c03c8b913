/** What must be mended before a draft can be published, and what a careful person would look at. */
import { Anchor, Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { textOr } from '../../language.ts';
import type { DraftProblems } from './draft-checks.ts';
import type { DraftContent } from './rate-edits.ts';

const SHOWN = 200;

interface ProblemsPanelProps {
  readonly problems: DraftProblems;
  readonly content: DraftContent;
  readonly onShow: (rowId: number) => void;
}

export function ProblemsPanel({ problems, content, onShow }: ProblemsPanelProps) {
  const { t } = useTranslation('tariffs');
  if (problems.count === 0) return null;
  const prefixes = new Map(content.rows.map(({ id, rate }) => [id, rate.prefix]));
  const fieldName = (path: string): string => textOr(`tariffs:dialog.${path}`, {}, path);
  const rows = [...problems.rows].slice(0, SHOWN);
  return (
    <Paper p="md" component="section">
      <Title order={2} size="h3">
        {t('version.problemsTitle')}
      </Title>
      <ul className="tb-plain-list">
        {problems.terms.map(({ path, code, values }) => (
          <li key={`${path}${code}`}>
            <Text size="sm">
              {path}: {textOr(`tariff:problem.${code}`, values, code)}
            </Text>
          </li>
        ))}
        {rows.map(([id, found]) => (
          <li key={id}>
            <Anchor component="button" type="button" size="sm" onClick={() => onShow(id)}>
              {prefixes.get(id) === '' ? t('rate.anyPrefix') : prefixes.get(id)}
            </Anchor>
            <Text size="sm" span ml={8}>
              {found
                .map(
                  ({ path, code, values }) => `${fieldName(path)}: ${textOr(`tariff:problem.${code}`, values, code)}`,
                )
                .join(' ')}
            </Text>
          </li>
        ))}
      </ul>
    </Paper>
  );
}
