/** Budgets: what may be used in a month, what is, and what it will come to. */
import { Button, Paper, Skeleton } from '@mantine/core';
import { IconCopy, IconPlus, IconWallet } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { Budget } from '../../../core/api/contract.ts';
import { Confirm } from '../../components/confirm.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { MonthInput } from '../../components/month-input.tsx';
import { Page } from '../../components/page.tsx';
import { useRead, useWrite } from '../../query-client.ts';
import { BudgetForm } from './budget-form.tsx';
import { BudgetTable } from './budget-table.tsx';
import { CopyBudgets } from './copy-budgets.tsx';

export function BudgetsPage() {
  const { t } = useTranslation('budgets');
  const [search, setSearch] = useSearchParams();
  const chosen = search.get('month') ?? undefined;
  const [edited, setEdited] = useState<Budget | 'new'>();
  const [isCopying, setIsCopying] = useState(false);
  const [removed, setRemoved] = useState<Budget>();
  const query = chosen === undefined ? {} : { month: chosen };
  const budgets = useRead('listBudgets', { query }, { placeholderData: keepPreviousData, refetchInterval: 60_000 });
  const month = budgets.data?.month ?? chosen ?? '';
  const remove = useWrite('removeBudget', { refresh: ['listBudgets'], onDone: () => setRemoved(undefined) });
  const list = budgets.data?.budgets ?? [];

  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <>
          <MonthInput
            aria-label={t('month')}
            value={month}
            onChange={(value) => setSearch(value === '' ? {} : { month: value }, { replace: true })}
          />
          <Button
            variant="default"
            leftSection={<IconCopy size={16} stroke={1.6} />}
            disabled={list.length === 0}
            onClick={() => setIsCopying(true)}
          >
            {t('copy')}
          </Button>
          <Button leftSection={<IconPlus size={16} stroke={1.6} />} onClick={() => setEdited('new')}>
            {t('add')}
          </Button>
        </>
      }
    >
      {budgets.data === undefined ? (
        <Skeleton height={240} />
      ) : list.length === 0 ? (
        <EmptyState icon={IconWallet} title={t('empty.title')} text={t('empty.text')}>
          <Button onClick={() => setEdited('new')}>{t('add')}</Button>
        </EmptyState>
      ) : (
        <Paper component="section" aria-label={t('title')} className="tb-month">
          <BudgetTable budgets={list} onEdit={setEdited} onRemove={setRemoved} />
        </Paper>
      )}
      {edited !== undefined && (
        <BudgetForm budget={edited === 'new' ? undefined : edited} month={month} onClose={() => setEdited(undefined)} />
      )}
      {isCopying && <CopyBudgets month={month} onClose={() => setIsCopying(false)} />}
      <Confirm
        isOpen={removed !== undefined}
        title={t('removeTitle')}
        text={t('removeText')}
        action={t('remove')}
        isBusy={remove.isPending}
        onClose={() => setRemoved(undefined)}
        onConfirm={() => removed !== undefined && remove.mutate({ params: { id: removed.id } })}
      />
    </Page>
  );
}
