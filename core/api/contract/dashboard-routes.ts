/** Routes of the dashboard and of what happened. */
import { z } from 'zod';
import { route } from '../route.ts';
import { month } from './common.ts';
import { Dashboard } from './dashboard.ts';
import { NoticeList } from './notices.ts';

export const dashboardRoutes = {
  getDashboard: route({
    method: 'GET',
    path: '/api/dashboard',
    access: 'read-reports',
    summary: 'A month and today at a glance, within what the reader may see',
    query: z.object({ month: month.optional() }),
    response: Dashboard,
  }),
  listNotices: route({
    method: 'GET',
    path: '/api/notices',
    access: 'self',
    summary: 'What happened, newest first, and what of it is new to the reader',
    response: NoticeList,
  }),
  readNotices: route({
    method: 'POST',
    path: '/api/notices/read',
    access: 'self',
    summary: 'Mark notices as read; without ids all of them',
    body: z.object({ ids: z.array(z.number().int().positive()).max(500).optional() }),
    response: NoticeList,
  }),
} as const;
