import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../core/api/client.ts';
import { ProblemError } from '../../core/api/client.ts';
import type { AlertDelivery, AlertDeliveryInput, BudgetInput, MailInput } from '../../core/api/contract.ts';
import { CallWatcher } from '../../core/ingest/watch-calls.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { nightCalls } from '../alerts/watching-site.ts';
import { addSource, NOW_MS, openRig, type Rig } from './rig.ts';

let rig: Rig;
let client: Client;
let vietnamese: Client;

async function refusal(work: Promise<unknown>): Promise<ProblemError['problem']> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('nothing was refused');
}

beforeAll(async () => {
  rig = openRig();
  client = await rig.client();
  vietnamese = await rig.client('vi');
  const sourceId = addSource(new SourceStore(rig.deps.db), 'PBX');
  rig.feed(sourceId, nightCalls('20/03/26', 4));
  const watcher = new CallWatcher({ db: rig.deps.db, nowMs: () => NOW_MS });
  while (watcher.step('all').hasMore);
});

afterAll(() => rig.close());

const inputOf = (delivery: AlertDelivery): AlertDeliveryInput => {
  const { hasSecret: _, ...webhook } = delivery.webhook;
  return { ...delivery, webhook };
};

describe('alerts', () => {
  it('come in words of the reader’s language, with the figures that made them', async () => {
    const { alerts, total } = await client.call('listAlerts', { query: {} });
    expect(total).toBe(1);
    expect(alerts[0]).toMatchObject({ kind: 'night-international', severity: 'critical', count: 4, state: 'open' });
    expect(alerts[0]?.text).toContain('night of 19/03/2026: 4, 16 minutes together. Extension 101 made the most');
    const inVietnamese = await vietnamese.call('listAlerts', { query: {} });
    expect(inVietnamese.alerts[0]?.title).toBe('Gọi quốc tế ban đêm');
    expect(inVietnamese.alerts[0]?.text).toContain('4 cuộc, tổng cộng 16 phút');
    expect(await client.call('getAlertSummary')).toMatchObject({
      open: 1,
      critical: 1,
      newest: [{ id: alerts[0]?.id }],
    });
  });

  it('are found by state, kind and severity', async () => {
    const count = async (
      query: NonNullable<NonNullable<Parameters<typeof client.call<'listAlerts'>>[1]>['query']>,
    ): Promise<number> => (await client.call('listAlerts', { query })).total;
    expect(await count({ kind: 'premium', show: 'all' })).toBe(0);
    expect(await count({ severity: 'critical' })).toBe(1);
    expect(await count({ isHistory: true })).toBe(0);
    expect(await count({ show: 'resolved' })).toBe(0);
  });

  it('show their calls, and keep who did what', async () => {
    const id = (await client.call('listAlerts', { query: {} })).alerts[0]?.id ?? 0;
    const detail = await client.call('getAlert', { params: { id } });
    expect(detail.calls.map((call) => call.extension)).toEqual(['101', '101', '101', '101']);
    const act = (body: Parameters<typeof client.call<'actOnAlert'>>[1]['body']) =>
      client.call('actOnAlert', { params: { id }, body });
    await act({ action: 'acknowledge', by: 'Lan', note: 'Asked the guard' });
    await act({ action: 'assign', by: 'Lan', assignedTo: 'Minh' });
    const after = await act({ action: 'snooze', by: 'Minh', hours: 2 });
    expect(after.alert).toMatchObject({ state: 'snoozed', assignedTo: 'Minh', snoozedUntilMs: NOW_MS + 7_200_000 });
    expect(after.notes.map(({ by, action, note }) => [by, action, note])).toEqual([
      ['Lan', 'acknowledge', 'Asked the guard'],
      ['Lan', 'assign', 'Minh'],
      ['Minh', 'snooze', ''],
    ]);
    expect((await client.call('getAlertSummary')).open).toBe(0);
    rig.clockMs = NOW_MS + 7_200_000;
    expect((await client.call('getAlertSummary')).open).toBe(1);
    expect((await client.call('listAlerts', { query: {} })).alerts).toMatchObject([{ id, state: 'open' }]);
    rig.clockMs = NOW_MS;
    expect((await refusal(act({ action: 'snooze', by: 'Lan' }))).fields).toMatchObject([{ path: 'hours' }]);
    expect((await refusal(act({ action: 'note', by: 'Lan' }))).fields).toMatchObject([{ path: 'note' }]);
    expect((await refusal(act({ action: 'resolve', by: ' ' }))).fields).toMatchObject([{ path: 'by' }]);
    const missing = client.call('actOnAlert', { params: { id: 999 }, body: { action: 'resolve', by: 'Lan' } });
    expect(await refusal(missing)).toMatchObject({ code: 'not-found' });
  });
});

describe('rules of alerts', () => {
  it('are those of the program until they are changed, and then those', async () => {
    const rules = await client.call('getAlertRules');
    expect(rules['night-international']).toMatchObject({ isOn: true, calls: 3 });
    const changed = { ...rules, 'night-international': { ...rules['night-international'], calls: 7 } };
    expect((await client.call('putAlertRules', { body: changed }))['night-international'].calls).toBe(7);
    expect(rig.ingest.asked).toContain('reload');
    const wrong = { ...rules, volume: { ...rules.volume, weeks: 1 } };
    expect((await refusal(client.call('putAlertRules', { body: wrong }))).fields).toMatchObject([
      { path: 'volume.weeks' },
    ]);
  });
});

const NO_MAIL: MailInput = {
  ...{ host: '', port: 587, security: 'starttls', login: 'none', user: '', clientId: '', tokenUrl: '', from: '' },
  ...{ replyTo: '', certificate: '' },
};

describe('sending of alerts', () => {
  it('keeps its secrets: they are sealed, never shown, and stay when the form leaves them out', async () => {
    const before = await client.call('getAlertDelivery');
    expect(before.webhook).toMatchObject({ isOn: false, hasSecret: false });
    const body = inputOf(before);
    const webhook = { ...body.webhook, url: 'https://hook.office.vn/', secret: 'top secret' };
    const saved = await client.call('putAlertDelivery', { body: { ...body, webhook } });
    expect(saved.webhook).toMatchObject({ url: 'https://hook.office.vn/', hasSecret: true });
    const again = await client.call('putAlertDelivery', { body: inputOf(saved) });
    expect(again.webhook.hasSecret).toBe(true);
    expect(JSON.stringify([saved, again])).not.toContain('top secret');
    const stored = rig.deps.db.prepare("SELECT value FROM alert_settings WHERE key = 'delivery'").pluck().get();
    expect(stored).toContain('"sealed:top secret"');
    const removed = await client.call('putAlertDelivery', { body: { ...body, webhook: { ...webhook, secret: '' } } });
    expect(removed.webhook.hasSecret).toBe(false);
  });

  it('says at the field what is missing before it is switched on', async () => {
    const body = inputOf(await client.call('getAlertDelivery'));
    const fieldsOf = async (part: Partial<AlertDeliveryInput>): Promise<unknown> =>
      (await refusal(client.call('putAlertDelivery', { body: { ...body, ...part } }))).fields?.map(({ path }) => path);
    expect(await fieldsOf({ email: { ...body.email, isOn: true, to: ['a@b.vn'] } })).toEqual(['email.isOn']);
    await client.call('putMail', { body: { ...NO_MAIL, host: 'mail.office.vn', from: 'a@b.vn' } });
    expect(await fieldsOf({ email: { ...body.email, isOn: true, to: [] } })).toEqual(['email.to']);
    expect(await fieldsOf({ email: { ...body.email, to: ['nobody'] } })).toEqual(['email.to.0']);
    expect(await fieldsOf({ webhook: { ...body.webhook, isOn: true, url: 'ftp://x/' } })).toEqual(['webhook.url']);
    expect(await fieldsOf({ quiet: { ...body.quiet, from: '25:00' } })).toEqual(['quiet.from']);
  });

  it('to the desktop needs the desktop program, and says so', async () => {
    const settings = inputOf(await client.call('getAlertDelivery'));
    const result = await client.call('testAlertDelivery', { body: { channel: 'desktop', settings } });
    expect(result).toEqual({ isSent: false, text: 'The desktop program is not running.' });
  });

  it('is tried without being stored, and says in words why it failed', async () => {
    const settings = inputOf(await client.call('getAlertDelivery'));
    const webhook = { ...settings.webhook, url: 'http://169.254.169.254/latest' };
    const result = await client.call('testAlertDelivery', {
      body: { channel: 'webhook', settings: { ...settings, webhook } },
    });
    expect(result.isSent).toBe(false);
    expect(result.text).toContain('169.254.169.254 is an address at which machines tell about themselves');
    expect((await client.call('getAlertDelivery')).webhook.url).toBe('https://hook.office.vn/');
  });
});

describe('budgets', () => {
  const money = { kind: 'money', amount: '250000', currency: 'VND' } as const;
  const body: BudgetInput = { allowance: money, fromMonth: '2026-03', toMonth: '2026-03', by: 'Lan' };

  it('are added, changed, copied to the next month and removed', async () => {
    const { id } = await client.call('addBudget', { body });
    const [budget] = (await client.call('listBudgets', { query: {} })).budgets;
    expect(budget).toMatchObject({
      id,
      allowed: '250000',
      currency: 'VND',
      used: '0',
      thresholds: [80, 100],
      changedBy: 'Lan',
    });
    const allowance = { kind: 'minutes', minutes: 20 } as const;
    await client.call('changeBudget', { params: { id }, body: { ...body, allowance, by: 'Minh' } });
    const [changed] = (await client.call('listBudgets', { query: { month: '2026-03' } })).budgets;
    // Four calls of four minutes in the night of 20 March.
    expect(changed).toMatchObject({ unit: 'minutes', allowed: '20', used: '16', usedPercent: 80, changedBy: 'Minh' });
    const copy = { fromMonth: '2026-03', toMonth: '2026-04', by: 'Lan' };
    expect(await client.call('copyBudgets', { body: copy })).toEqual({ copied: 1 });
    const april = (await client.call('listBudgets', { query: { month: '2026-04' } })).budgets;
    expect(april).toMatchObject([{ fromMonth: '2026-04', toMonth: '2026-04', allowed: '20' }]);
    await client.call('removeBudget', { params: { id } });
    expect((await client.call('listBudgets', { query: {} })).budgets).toEqual([]);
    expect(await refusal(client.call('removeBudget', { params: { id } }))).toMatchObject({ code: 'not-found' });
  });

  it('are refused at the field that does not fit', async () => {
    const fieldsOf = async (part: Partial<BudgetInput>): Promise<unknown> =>
      (await refusal(client.call('addBudget', { body: { ...body, ...part } }))).fields?.map(({ path }) => path);
    expect(await fieldsOf({ allowance: { ...money, amount: '1,5' } })).toEqual(['allowance.amount']);
    expect(await fieldsOf({ fromMonth: '2026-05' })).toEqual(['toMonth']);
    expect(await fieldsOf({ personId: 999 })).toEqual(['personId']);
    expect(await fieldsOf({ departmentId: 999 })).toEqual(['departmentId']);
    expect(await fieldsOf({ personId: 1, departmentId: 1 })).toEqual(['departmentId']);
    expect(await fieldsOf({ by: '' })).toEqual(['by']);
  });
});
