/** Routes of budgets. */
import { z } from 'zod';
import { route } from '../route.ts';
import { BudgetChanged, BudgetCopy, BudgetInput, BudgetMonth } from './budgets.ts';
import { idParams, month } from './common.ts';

export const budgetRoutes = {
  listBudgets: route({
    method: 'GET',
    path: '/api/budgets',
    access: 'read-rules',
    summary: 'Budgets of a month, what is used of them and what the month will come to',
    query: z.object({ month: month.optional() }),
    response: BudgetMonth,
  }),
  addBudget: route({
    method: 'POST',
    path: '/api/budgets',
    access: 'change-rules',
    summary: 'Add a budget',
    body: BudgetInput,
    response: BudgetChanged,
  }),
  changeBudget: route({
    method: 'PUT',
    path: '/api/budgets/:id',
    access: 'change-rules',
    summary: 'Change a budget',
    params: idParams,
    body: BudgetInput,
    response: BudgetChanged,
  }),
  removeBudget: route({
    method: 'DELETE',
    path: '/api/budgets/:id',
    access: 'change-rules',
    summary: 'Remove a budget',
    params: idParams,
  }),
  copyBudgets: route({
    method: 'POST',
    path: '/api/budgets/copy',
    access: 'change-rules',
    summary: 'Let the budgets of one month that end hold in another month too',
    body: BudgetCopy,
    response: z.object({ copied: z.number().int() }),
  }),
} as const;
