/** Routes of the code rules. */
import { z } from 'zod';
import { route } from '../route.ts';
import { day } from './common.ts';
import {
  BreachReport,
  PbxSheet,
  PbxSheetQuery,
  PolicyChange,
  PolicyEffect,
  PolicyList,
  PolicyPreview,
} from './policies.ts';

export const policyRoutes = {
  listPolicies: route({
    method: 'GET',
    path: '/api/policies',
    access: 'read-rules',
    summary: 'Code rules with the days they hold from, and who made them',
    response: PolicyList,
  }),
  previewPolicy: route({
    method: 'POST',
    path: '/api/policies/preview',
    access: 'read-rules',
    summary: 'How many calls of open months get another verdict by changed code rules; nothing is stored',
    body: PolicyPreview,
    response: PolicyEffect,
  }),
  applyPolicy: route({
    method: 'POST',
    path: '/api/policies',
    access: 'change-rules',
    summary: 'Store code rules, or take some out of use, and judge the calls of open months anew',
    body: PolicyChange,
    response: PolicyEffect,
  }),
  listBreaches: route({
    method: 'GET',
    path: '/api/policies/breaches',
    access: 'read-rules',
    summary: 'Where code rules are broken, by extension, and what the PBX has to be changed in',
    query: z.object({ from: day.optional(), to: day.optional() }),
    response: BreachReport,
  }),
  getPbxSheet: route({
    method: 'GET',
    path: '/api/policies/sheet',
    access: 'read-rules',
    summary: 'The code rules and codes as files or a table for a PBX; codes masked unless asked for in full',
    query: PbxSheetQuery,
    response: PbxSheet,
  }),
  downloadPbxSheet: route({
    method: 'GET',
    path: '/api/policies/sheet/file',
    access: 'read-rules',
    summary: 'One file for a PBX, with its codes in full',
    query: PbxSheetQuery.omit({ isInFull: true }).extend({ name: z.string().max(100) }),
    produces: 'file',
  }),
} as const;
