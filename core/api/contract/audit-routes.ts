/** Routes of the audit trail. Nothing of it can be changed. */
import { z } from 'zod';
import { route } from '../route.ts';
import { AuditCheck, AuditChoices, AuditFilter, AuditPage, AuditQuery } from './audit.ts';
import { language } from './common.ts';

export const auditRoutes = {
  listAudit: route({
    method: 'GET',
    path: '/api/audit',
    access: 'read-audit',
    summary: 'Who changed what, newest first',
    query: AuditQuery,
    response: AuditPage,
  }),
  getAuditChoices: route({
    method: 'GET',
    path: '/api/audit/choices',
    access: 'read-audit',
    summary: 'Names and subjects to filter the audit trail by',
    response: AuditChoices,
  }),
  checkAudit: route({
    method: 'GET',
    path: '/api/audit/check',
    access: 'read-audit',
    summary: 'Whether an entry of the audit trail was changed, removed or inserted',
    response: AuditCheck,
  }),
  exportAudit: route({
    method: 'GET',
    path: '/api/audit/export',
    access: 'read-audit',
    summary: 'The audit trail as a file',
    query: AuditFilter.extend({ type: z.enum(['csv', 'xlsx']), language: language.optional() }),
    produces: 'file',
  }),
} as const;
