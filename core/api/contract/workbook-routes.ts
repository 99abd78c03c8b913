/** Routes of the look of workbooks. */
import { z } from 'zod';
import { route } from '../route.ts';
import { language } from './common.ts';
import { WorkbookLook, WorkbookStyle, WorkbookTemplate } from './workbook.ts';

export const workbookRoutes = {
  getWorkbookTemplate: route({
    method: 'GET',
    path: '/api/workbook-template',
    access: 'read-reports',
    summary: 'How workbooks look',
    response: WorkbookTemplate,
  }),
  putWorkbookStyle: route({
    method: 'PUT',
    path: '/api/workbook-template/style',
    access: 'administer',
    summary: 'Change font, colours and page texts of workbooks; the rest of the look stays',
    body: WorkbookStyle,
    response: WorkbookTemplate,
  }),
  downloadWorkbookTemplate: route({
    method: 'GET',
    path: '/api/workbook-template/file',
    access: 'administer',
    summary: 'The look as a workbook, to be restyled and given back',
    query: z.object({ language: language.optional() }),
    produces: 'file',
  }),
  checkWorkbookTemplate: route({
    method: 'POST',
    path: '/api/workbook-template/check',
    access: 'administer',
    summary: 'The look that a restyled workbook would give; nothing is stored',
    accepts: 'bytes',
    response: WorkbookLook,
  }),
  putWorkbookTemplate: route({
    method: 'PUT',
    path: '/api/workbook-template/file',
    access: 'administer',
    summary: 'Take the look of a restyled workbook for all workbooks',
    accepts: 'bytes',
    response: WorkbookTemplate,
  }),
  resetWorkbookTemplate: route({
    method: 'DELETE',
    path: '/api/workbook-template',
    access: 'administer',
    summary: 'Go back to the look that is built in',
    response: WorkbookTemplate,
  }),
};
