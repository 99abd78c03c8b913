/** Routes of the letterhead and of pages as they will be printed. */
import { z } from 'zod';
import { route } from '../route.ts';
import { language, month } from './common.ts';
import { Letterhead, LetterheadTexts, PaperBatch, PaperBatchInput, PaperPages } from './paper.ts';

const batchParams = z.object({ id: z.uuid() });

export const paperRoutes = {
  getLetterhead: route({
    method: 'GET',
    path: '/api/letterhead',
    access: 'read-reports',
    summary: 'What stands at the head and the foot of printed pages, and who signs them',
    response: Letterhead,
  }),
  putLetterhead: route({
    method: 'PUT',
    path: '/api/letterhead',
    access: 'administer',
    summary: 'Change the letterhead; its logo stays',
    body: LetterheadTexts,
    response: Letterhead,
  }),
  getLogo: route({
    method: 'GET',
    path: '/api/letterhead/logo',
    access: 'read-reports',
    summary: 'The logo as it was uploaded',
    // Only so that another version has another address.
    query: z.object({ version: z.coerce.number().int().optional() }),
    produces: 'file',
  }),
  putLogo: route({
    method: 'PUT',
    path: '/api/letterhead/logo',
    access: 'administer',
    summary: 'Set the logo: a PNG or JPEG of at most 512 KB and 2,000 pixels',
    accepts: 'bytes',
    response: Letterhead,
  }),
  removeLogo: route({
    method: 'DELETE',
    path: '/api/letterhead/logo',
    access: 'administer',
    summary: 'Take the logo away',
    response: Letterhead,
  }),
  previewLetterhead: route({
    method: 'POST',
    path: '/api/letterhead/preview',
    access: 'administer',
    summary: 'A small report under a letterhead that is not saved, with the stored logo',
    body: z.object({ letterhead: LetterheadTexts, language }),
    response: PaperPages,
  }),
  previewMonth: route({
    method: 'GET',
    path: '/api/month/paper',
    access: 'read-site',
    summary: 'The month as the pages that its PDF has',
    query: z.object({
      month,
      language: language.optional(),
      pages: z.coerce.number().int().min(1).max(200).default(50),
    }),
    response: PaperPages,
  }),
  startPaperBatch: route({
    method: 'POST',
    path: '/api/paper/batches',
    access: 'read-reports',
    summary: 'Begin to put the statements of many people into one ZIP, a PDF each',
    body: PaperBatchInput,
    response: PaperBatch,
  }),
  getPaperBatch: route({
    method: 'GET',
    path: '/api/paper/batches/:id',
    access: 'read-reports',
    summary: 'How far the archive is; only for whoever asked for it',
    params: batchParams,
    response: PaperBatch,
  }),
  getPaperBatchFile: route({
    method: 'GET',
    path: '/api/paper/batches/:id/file',
    access: 'read-reports',
    summary: 'The finished archive',
    params: batchParams,
    produces: 'file',
  }),
  dropPaperBatch: route({
    method: 'DELETE',
    path: '/api/paper/batches/:id',
    access: 'read-reports',
    summary: 'Stop it, or throw the finished archive away',
    params: batchParams,
  }),
};
