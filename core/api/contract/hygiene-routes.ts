/** Routes about codes: what is wrong with them, and new ones. */
import { z } from 'zod';
import { route } from '../route.ts';
import { Call } from './calls.ts';
import { day } from './common.ts';
import {
  CodeRenewalInput,
  CodeRenewalPreview,
  CodeSlips,
  Hygiene,
  HygienePeriod,
  HygieneSettings,
  ListedCode,
} from './hygiene.ts';

export const hygieneRoutes = {
  getHygiene: route({
    method: 'GET',
    path: '/api/hygiene',
    access: 'read-rules',
    summary: 'What is wrong with codes and their use in a period',
    query: HygienePeriod,
    response: Hygiene,
  }),
  listHygieneCodes: route({
    method: 'GET',
    path: '/api/hygiene/codes',
    access: 'read-rules',
    summary: 'All codes with their owners, last use and number of telephones in a period',
    query: HygienePeriod,
    response: z.array(ListedCode),
  }),
  listHygieneCalls: route({
    method: 'GET',
    path: '/api/hygiene/calls',
    access: 'read-rules',
    summary: 'The calls that show a finding, newest first',
    query: z.object({ ids: z.string().regex(/^\d{1,16}(,\d{1,16}){0,99}$/, { error: 'digitLists' }) }),
    response: z.array(Call),
  }),
  getHygieneSettings: route({
    method: 'GET',
    path: '/api/hygiene/settings',
    access: 'read-rules',
    summary: 'From where on the rules about codes speak, and what slips say about dialling',
    response: HygieneSettings,
  }),
  putHygieneSettings: route({
    method: 'PATCH',
    path: '/api/hygiene/settings',
    access: 'change-rules',
    summary: 'Change the thresholds of the rules about codes',
    body: HygieneSettings.partial(),
    response: HygieneSettings,
  }),
  previewCodeRenewal: route({
    method: 'POST',
    path: '/api/code-renewals/preview',
    access: 'change-people',
    summary: 'Draw new codes for many people; nothing is written',
    body: CodeRenewalInput,
    response: CodeRenewalPreview,
  }),
  applyCodeRenewal: route({
    method: 'POST',
    path: '/api/code-renewals/:renewalId/apply',
    access: 'change-people',
    summary: 'End the old codes and begin the new ones on the day of a preview, in one transaction',
    params: z.object({ renewalId: z.string().max(100) }),
    response: z.object({ people: z.number().int(), day }),
  }),
  printCodeRenewal: route({
    method: 'POST',
    path: '/api/code-renewals/slips',
    access: 'change-people',
    summary: 'The codes that begin on a day, in full, for sealed slips and for whoever programs the PBX',
    body: z.object({ day }),
    response: CodeSlips,
  }),
} as const;
