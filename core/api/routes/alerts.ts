/** Alerts in words, what people do with them, their rules and where they are sent. */
import { withDefaults } from '../../alerts/alert-rules.ts';
import type { DeliverySettings } from '../../alerts/delivery-settings.ts';
import { type AlertNames, explainAlert } from '../../delivery/alert-text.ts';
import { type Deliverer, NO_DESKTOP } from '../../delivery/deliverer.ts';
import { isMailSetUp, type MailSettings, readMail } from '../../delivery/mail-settings.ts';
import { failureOf, outcomeText } from '../../delivery/outcome.ts';
import { isWebhookUrl } from '../../delivery/webhook.ts';
import { createTranslate, type Language } from '../../i18n/translate.ts';
import { AppError } from '../../model/errors.ts';
import { localText } from '../../model/time.ts';
import { AlertDeliveries, type DeliveryRow } from '../../store/alert-deliveries.ts';
import { readAlertSetting, writeAlertSetting } from '../../store/alert-settings.ts';
import { type AlertFilter, type AlertRow, AlertStore } from '../../store/alerts.ts';
import { callOf } from '../call-view.ts';
import type { Alert, AlertDelivery, AlertDetail, AlertRules, routes } from '../contract.ts';
import type { ApiParts } from '../parts.ts';
import { InvalidInput } from '../problem.ts';
import type { Handlers } from '../register.ts';
import type { RouteParsed } from '../route.ts';

const NEWEST = 3;
const HOUR_MS = 3_600_000;

type Query = RouteParsed<(typeof routes)['listAlerts']>['query'];
type DeliveryBody = RouteParsed<(typeof routes)['putAlertDelivery']>['body'];

function filterOf({ show, kind, severity, isHistory, assignedTo }: Query, atMs: number): AlertFilter {
  const states = show === 'all' ? undefined : show === 'waiting' ? (['open'] as const) : ([show] as const);
  return { states, kind, severity, isHistory, assignedTo, ...(show === 'waiting' ? { atMs } : {}) };
}

function alertOf(row: AlertRow, language: Language, names: AlertNames, nowMs: number): Alert {
  const { caseKey: _, values, callIds: __, firstLocalS, lastLocalS, ...rest } = row;
  return {
    ...rest,
    state: row.state === 'snoozed' && (row.snoozedUntilMs ?? 0) <= nowMs ? 'open' : row.state,
    // Whoever is signed in may see every call, so numbers are whole.
    ...explainAlert({ kind: row.kind, values }, language, names, false),
    firstLocal: localText(firstLocalS),
    lastLocal: localText(lastLocalS),
  };
}

function resultWords({ result }: Pick<DeliveryRow, 'result'>, language: Language): string {
  const t = createTranslate(language);
  const failure = failureOf(result);
  if (result === 'put-away') return t('alert-text.result.put-away');
  if (result.endsWith(NO_DESKTOP)) return t('alert-text.result.no-desktop');
  if (failure === undefined) return result;
  return t(`alert-text.result.${failure}`, { detail: result.slice(failure.length + 1).trim() });
}

/** Secrets sealed; those that are not in the form stay as they are stored. */
function sealed({ webhook, ...rest }: DeliveryBody, before: DeliverySettings, parts: ApiParts): DeliverySettings {
  const { secretBox } = parts.deps;
  const keep = (text: string | null | undefined, stored: string): string =>
    text === undefined || text === null ? stored : secretBox.seal(text);
  return {
    ...rest,
    webhook: { ...webhook, secret: keep(webhook.secret, before.webhook.secret) },
  };
}

function shown({ email, webhook, ...rest }: DeliverySettings): AlertDelivery {
  const { secret, ...hook } = webhook;
  return {
    ...rest,
    email: { ...email, to: [...email.to] },
    webhook: { ...hook, hasSecret: secret !== '' },
  };
}

/** A channel that is on needs what it is sent with. */
function checkDelivery({ email, webhook }: DeliveryBody, mail: MailSettings, language: Language): void {
  if (email.isOn) {
    if (!isMailSetUp(mail)) throw InvalidInput.of('email.isOn', 'mailServer', language);
    if (email.to.length === 0) throw InvalidInput.of('email.to', 'email', language);
  }
  if ((webhook.isOn || webhook.url !== '') && !isWebhookUrl(webhook.url)) {
    throw InvalidInput.of('webhook.url', 'webAddress', language);
  }
}

type Names =
  | 'listAlerts'
  | 'getAlertSummary'
  | 'getAlert'
  | 'actOnAlert'
  | 'getAlertRules'
  | 'putAlertRules'
  | 'getAlertDelivery'
  | 'putAlertDelivery'
  | 'testAlertDelivery';

export function alertRoutes(parts: ApiParts, deliverer: Deliverer, names: AlertNames): Pick<Handlers, Names> {
  const { deps } = parts;
  const store = new AlertStore(deps.db);
  const deliveries = new AlertDeliveries(deps.db);

  const detailOf = (id: number, language: Language): AlertDetail => {
    const row = store.get(id);
    if (row === undefined) throw new AppError('not-found', { what: 'alert', id });
    const mask = parts.mask();
    const calls = row.callIds.flatMap((callId) => {
      const call = parts.calls.get(callId);
      return call === undefined ? [] : [callOf(call, mask, language)];
    });
    return {
      alert: alertOf(row, language, names, deps.nowMs()),
      calls,
      notes: [...store.notes(id)],
      deliveries: deliveries.ofAlert(id).map((delivery) => ({
        id: delivery.id,
        channel: delivery.channel,
        state: delivery.state,
        tries: delivery.tries,
        atMs: delivery.doneAtMs ?? delivery.nextTryAtMs,
        result: resultWords(delivery, language),
      })),
    };
  };

  const rules = (): AlertRules =>
    withDefaults((readAlertSetting(deps.db, 'rules') ?? {}) as Parameters<typeof withDefaults>[0]);

  return {
    listAlerts: ({ query, language }) => {
      const filter = filterOf(query, deps.nowMs());
      const rows = store.list(filter, query.limit + 1, query.before);
      return {
        alerts: rows.slice(0, query.limit).map((row) => alertOf(row, language, names, deps.nowMs())),
        total: store.count(filter),
        hasMore: rows.length > query.limit,
      };
    },
    getAlertSummary: ({ language }) => {
      const open: AlertFilter = { states: ['open'], isHistory: false, atMs: deps.nowMs() };
      return {
        open: store.count(open),
        critical: store.count({ ...open, severity: 'critical' }),
        newest: store.list(open, NEWEST).map((row) => alertOf(row, language, names, deps.nowMs())),
      };
    },
    getAlert: ({ params, language }) => detailOf(params.id, language),
    actOnAlert: ({ params, body, language }) => {
      const { action, by, note, hours, assignedTo } = body;
      if (action === 'snooze' && hours === undefined) throw InvalidInput.of('hours', 'required', language);
      if (action === 'note' && note === '') throw InvalidInput.of('note', 'required', language);
      const until = hours === undefined ? {} : { untilMs: deps.nowMs() + hours * HOUR_MS };
      const to = assignedTo === '' ? null : assignedTo;
      store.act(
        params.id,
        action,
        { by, note, ...until, ...(to === undefined ? {} : { assignedTo: to }) },
        deps.nowMs(),
      );
      parts.changed('alerts');
      return detailOf(params.id, language);
    },
    getAlertRules: () => rules(),
    putAlertRules: async ({ body }) => {
      writeAlertSetting(deps.db, 'rules', body);
      await deps.ingest.reload();
      parts.changed('alerts');
      return rules();
    },
    getAlertDelivery: () => shown(deliverer.delivery()),
    putAlertDelivery: async ({ body, language }) => {
      checkDelivery(body, readMail(deps.db), language);
      writeAlertSetting(deps.db, 'delivery', sealed(body, deliverer.delivery(), parts));
      await deps.ingest.reload();
      deliverer.poke();
      return shown(deliverer.delivery());
    },
    testAlertDelivery: async ({ body, language }) => {
      const settings = sealed(body.settings, deliverer.delivery(), parts);
      const outcome = await deliverer.test(body.channel, { ...settings, language });
      const text = resultWords({ result: outcomeText(outcome) }, language);
      return { isSent: outcome.isSent, text };
    },
  };
}
