/** Routes of the mail server, of schedules and of the log of their runs. */
import { z } from 'zod';
import { route } from '../route.ts';
import { idParams } from './common.ts';
import { Mail, MailInput, MailTest } from './mail.ts';
import { RecipientUser, RunDetail, RunList, RunQuery, Schedule, ScheduleInput } from './schedules.ts';

export const scheduleRoutes = {
  getMail: route({
    method: 'GET',
    path: '/api/mail',
    access: 'administer',
    summary: 'The mail server, without its secrets',
    response: Mail,
  }),
  putMail: route({
    method: 'PUT',
    path: '/api/mail',
    access: 'administer',
    summary: 'Set the mail server',
    body: MailInput,
    response: Mail,
  }),
  testMail: route({
    method: 'POST',
    path: '/api/mail/test',
    access: 'administer',
    summary: 'Send a test message with these settings; says in words what failed',
    body: MailTest,
    response: z.object({ isSent: z.boolean(), text: z.string() }),
  }),
  listSchedules: route({
    method: 'GET',
    path: '/api/schedules',
    access: 'send-reports',
    summary: 'Schedules: all for administrators, their own for others',
    response: z.object({ schedules: z.array(Schedule), canMail: z.boolean(), now: z.number().int() }),
  }),
  addSchedule: route({
    method: 'POST',
    path: '/api/schedules',
    access: 'send-reports',
    summary: 'Add a schedule with the rights of who adds it',
    body: ScheduleInput,
    response: Schedule,
  }),
  changeSchedule: route({
    method: 'PUT',
    path: '/api/schedules/:id',
    access: 'send-reports',
    summary: 'Change a schedule; from then on it has the rights of who changed it',
    params: idParams,
    body: ScheduleInput,
    response: Schedule,
  }),
  removeSchedule: route({
    method: 'DELETE',
    path: '/api/schedules/:id',
    access: 'send-reports',
    summary: 'Remove a schedule; its runs stay in the log',
    params: idParams,
  }),
  pauseSchedule: route({
    method: 'PUT',
    path: '/api/schedules/:id/paused',
    access: 'send-reports',
    summary: 'Pause a schedule or let it go on',
    params: idParams,
    body: z.object({ isPaused: z.boolean() }),
    response: Schedule,
  }),
  runSchedule: route({
    method: 'POST',
    path: '/api/schedules/:id/run',
    access: 'send-reports',
    summary: 'Run a schedule now',
    params: idParams,
    response: z.object({ runId: z.number().int() }),
  }),
  listRecipients: route({
    method: 'GET',
    path: '/api/schedules/recipients',
    access: 'send-reports',
    summary: 'Users that a report can be sent to',
    response: z.array(RecipientUser),
  }),
  listScheduleRuns: route({
    method: 'GET',
    path: '/api/schedule-runs',
    access: 'send-reports',
    summary: 'Runs, newest first',
    query: RunQuery,
    response: RunList,
  }),
  getScheduleRun: route({
    method: 'GET',
    path: '/api/schedule-runs/:id',
    access: 'send-reports',
    summary: 'One run with everybody it was for',
    params: idParams,
    response: RunDetail,
  }),
  sendAgain: route({
    method: 'POST',
    path: '/api/schedule-sendings/:id/again',
    access: 'send-reports',
    summary: 'Send once more what failed or may have been sent',
    params: idParams,
    response: RunDetail,
  }),
} as const;
