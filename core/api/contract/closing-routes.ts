/** Routes of closed months, their corrections, and decisions about calls. */
import { z } from 'zod';
import { route } from '../route.ts';
import {
  CallHistory,
  DecisionEffect,
  DecisionInput,
  FingerprintCheck,
  MonthClosing,
  RestatementPage,
  reason,
} from './closing.ts';
import { actor, idParams, month } from './common.ts';

export const closingRoutes = {
  getClosing: route({
    method: 'GET',
    path: '/api/month/closing',
    access: 'read-site',
    summary: 'What a month still waits for, and who closed and reopened it',
    query: z.object({ month }),
    response: MonthClosing,
  }),
  closeMonth: route({
    method: 'POST',
    path: '/api/month/close',
    access: 'change-prices',
    summary: 'Close a month that is over: nothing of it changes any more',
    body: z.object({ month, by: actor, note: z.string().trim().max(500).default('') }),
    response: MonthClosing,
  }),
  reopenMonth: route({
    method: 'POST',
    path: '/api/month/reopen',
    access: 'change-prices',
    summary: 'Reopen a closed month; corrections of it are taken back',
    body: z.object({ month, by: actor, reason }),
    response: MonthClosing,
  }),
  checkMonth: route({
    method: 'GET',
    path: '/api/month/check',
    access: 'read-site',
    summary: 'Compare a closed month with the fingerprint of its closing',
    query: z.object({ month }),
    response: FingerprintCheck,
  }),
  listCorrections: route({
    method: 'GET',
    path: '/api/month/corrections',
    access: 'read-reports',
    summary: 'Corrections of closed months that count in a month',
    query: z.object({ month, limit: z.coerce.number().int().min(1).max(1000).default(200) }),
    response: RestatementPage,
  }),
  takeBackCorrection: route({
    method: 'POST',
    path: '/api/corrections/:id/take-back',
    access: 'change-prices',
    summary: 'Take a correction back by a line that restores what it changed',
    params: idParams,
    body: z.object({ reason, by: actor }),
    response: z.object({ month }),
  }),
  correctFromRerate: route({
    method: 'POST',
    path: '/api/rerates/:id/corrections',
    access: 'change-prices',
    summary: 'Write what a re-rate found in closed months as corrections into the open month',
    params: idParams,
    body: z.object({ reason, by: actor }),
    response: z.object({ corrected: z.number().int(), month }),
  }),
  decideCalls: route({
    method: 'POST',
    path: '/api/calls/decisions',
    access: 'decide-calls',
    summary: 'Give calls to another person, or say that they were private or business',
    body: DecisionInput,
    response: DecisionEffect,
  }),
  undoDecision: route({
    method: 'POST',
    path: '/api/calls/decisions/:id/undo',
    access: 'decide-calls',
    summary: 'Undo a decision about a call',
    params: idParams,
    body: z.object({ reason, by: actor }),
    response: z.object({ callId: z.number().int() }),
  }),
  getCallHistory: route({
    method: 'GET',
    path: '/api/calls/:id/history',
    access: 'read-calls',
    summary: 'Decisions and corrections of a call',
    params: idParams,
    response: CallHistory,
  }),
} as const;
