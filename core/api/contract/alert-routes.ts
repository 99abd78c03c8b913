/** Routes of alerts. */
import { route } from '../route.ts';
import {
  AlertActionInput,
  AlertDelivery,
  AlertDeliveryInput,
  AlertDetail,
  AlertList,
  AlertQuery,
  AlertRules,
  AlertSummary,
  DeliveryTest,
  DeliveryTestResult,
} from './alerts.ts';
import { idParams } from './common.ts';

export const alertRoutes = {
  listAlerts: route({
    method: 'GET',
    path: '/api/alerts',
    access: 'read-rules',
    summary: 'Alerts, newest first, each in words',
    query: AlertQuery,
    response: AlertList,
  }),
  getAlertSummary: route({
    method: 'GET',
    path: '/api/alerts/summary',
    access: 'read-rules',
    summary: 'How many alerts wait, and the newest of them',
    response: AlertSummary,
  }),
  getAlertRules: route({
    method: 'GET',
    path: '/api/alerts/rules',
    access: 'read-rules',
    summary: 'Thresholds of the rules',
    response: AlertRules,
  }),
  putAlertRules: route({
    method: 'PUT',
    path: '/api/alerts/rules',
    access: 'change-rules',
    summary: 'Change the thresholds of the rules',
    body: AlertRules,
    response: AlertRules,
  }),
  getAlertDelivery: route({
    method: 'GET',
    path: '/api/alerts/delivery',
    access: 'read-rules',
    summary: 'Where alerts are sent; secrets are left out',
    response: AlertDelivery,
  }),
  putAlertDelivery: route({
    method: 'PUT',
    path: '/api/alerts/delivery',
    access: 'change-rules',
    summary: 'Change where alerts are sent',
    body: AlertDeliveryInput,
    response: AlertDelivery,
  }),
  testAlertDelivery: route({
    method: 'POST',
    path: '/api/alerts/delivery/test',
    access: 'change-rules',
    summary: 'Send a test message',
    body: DeliveryTest,
    response: DeliveryTestResult,
  }),
  getAlert: route({
    method: 'GET',
    path: '/api/alerts/:id',
    access: 'read-rules',
    summary: 'One alert with its calls, its history and what was sent of it',
    params: idParams,
    response: AlertDetail,
  }),
  actOnAlert: route({
    method: 'POST',
    path: '/api/alerts/:id/actions',
    access: 'change-rules',
    summary: 'Acknowledge, snooze, resolve, reopen, assign or note; who did it stays in its history',
    params: idParams,
    body: AlertActionInput,
    response: AlertDetail,
  }),
} as const;
