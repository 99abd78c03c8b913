/** Budgets of a month with what is used of them and what the month will come to. */
import { ActionIcon, Badge, Group, Progress, Text, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Budget } from '../../../core/api/contract.ts';
import { formatCount, formatMoney, formatMonth } from '../../format.ts';
import { useLanguage } from '../../language.ts';

interface BudgetTableProps {
  readonly budgets: readonly Budget[];
  readonly onEdit: (budget: Budget) => void;
  readonly onRemove: (budget: Budget) => void;
}

export function BudgetTable({ budgets, onEdit, onRemove }: BudgetTableProps) {
  const { t } = useTranslation('budgets');
  return (
    <table className="tb-table">
      <thead>
        <tr>
          <th>{t('column.whose')}</th>
          <th data-end>{t('column.used')}</th>
          <th data-end>{t('column.allowed')}</th>
          <th>{t('column.share')}</th>
          <th>{t('column.forecast')}</th>
          <th>{t('column.period')}</th>
          <th>
            <VisuallyHidden>{t('column.actions')}</VisuallyHidden>
          </th>
        </tr>
      </thead>
      <tbody>
        {budgets.map((budget) => (
          <BudgetLine key={budget.id} budget={budget} onEdit={onEdit} onRemove={onRemove} />
        ))}
      </tbody>
    </table>
  );
}

export function useWhose(): (budget: Budget) => string {
  const { t } = useTranslation('budgets');
  return (budget) => budget.personName ?? budget.departmentName ?? t('whose.site');
}

function useFigure(budget: Budget): (text: string) => string {
  const { t } = useTranslation('budgets');
  const language = useLanguage();
  return (text) =>
    budget.unit === 'money'
      ? formatMoney({ amount: text, currency: budget.currency }, language)
      : t('minutes', { minutes: formatCount(Number(text), language) });
}

function toneOf(percent: number): string {
  if (percent >= 100) return 'red';
  return percent >= 80 ? 'orange' : 'ledger';
}

function BudgetLine({ budget, onEdit, onRemove }: Omit<BudgetTableProps, 'budgets'> & { readonly budget: Budget }) {
  const { t } = useTranslation(['budgets', 'app']);
  const language = useLanguage();
  const figure = useFigure(budget);
  const name = useWhose()(budget);
  const bands = budget.bands.map((band) => t(`app:band.${band}`)).join(', ');
  const month = (text: string): string => formatMonth(text, language);
  return (
    <tr>
      <td>
        <Text size="sm" fw={550}>
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          {bands === '' ? t('whose.allBands') : bands}
          {budget.departmentId !== null && budget.includesSubDepartments && ` · ${t('whose.withSub')}`}
          {budget.note !== '' && ` · ${budget.note}`}
        </Text>
      </td>
      <td data-end className="tb-num">
        {figure(budget.used)}
      </td>
      <td data-end className="tb-num">
        {figure(budget.allowed)}
      </td>
      <td className="tb-budget-share">
        <Progress
          value={Math.min(100, budget.usedPercent)}
          color={toneOf(budget.usedPercent)}
          aria-label={`${name}: ${t('percent', { percent: budget.usedPercent })}`}
        />
        <Text size="xs" className="tb-num">
          {t('percent', { percent: formatCount(budget.usedPercent, language) })}
        </Text>
      </td>
      <td>
        <Forecast budget={budget} figure={figure} />
      </td>
      <td>
        <Text size="sm">
          {budget.toMonth === null
            ? t('period.open', { from: month(budget.fromMonth) })
            : budget.toMonth === budget.fromMonth
              ? month(budget.toMonth)
              : t('period.range', { from: month(budget.fromMonth), to: month(budget.toMonth) })}
        </Text>
      </td>
      <td>
        <Group gap={4} wrap="nowrap" justify="flex-end">
          <Tooltip label={t('edit')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`${t('edit')}: ${name}`}
              onClick={() => onEdit(budget)}
            >
              <IconPencil size={17} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('remove')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`${t('remove')}: ${name}`}
              onClick={() => onRemove(budget)}
            >
              <IconTrash size={17} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </td>
    </tr>
  );
}

function Forecast({ budget, figure }: { readonly budget: Budget; readonly figure: (text: string) => string }) {
  const { t } = useTranslation('budgets');
  const { state, expected, low, high, percent, isLearnt, daysSoFar, daysToCome } = budget.forecast;
  if (state === 'too-early' || state === 'over' || expected === null || low === null || high === null) {
    return (
      <Text size="sm" c="dimmed">
        {t(state === 'over' ? 'forecast.over' : 'forecast.too-early')}
      </Text>
    );
  }
  const help = t('forecast.fairHelp', { soFar: daysSoFar, toCome: daysToCome });
  return (
    <Tooltip label={isLearnt ? `${help} ${t('forecast.learntHelp')}` : help}>
      <div>
        <Text size="sm" className="tb-num">
          {figure(expected)}{' '}
          <Badge size="sm" color={toneOf(percent ?? 0)}>
            {t('percent', { percent: percent ?? 0 })}
          </Badge>
        </Text>
        <Text size="xs" c="dimmed">
          {t('forecast.between', { low: figure(low), high: figure(high) })}
          {state === 'rough' && ` · ${t('forecast.rough')}`}
        </Text>
      </div>
    </Tooltip>
  );
}
