/** One alert: why, the calls that show it, what was done, what was sent. */
import { Anchor, Drawer, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AlertDetail, CallFilter } from '../../../core/api/contract.ts';
import { Charge } from '../../components/charge.tsx';
import { Duration, LocalTime, OtherParty } from '../../components/values.tsx';
import { formatInstant } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';
import { callsPath } from '../calls/call-filter.ts';
import { AlertActions } from './alert-actions.tsx';
import { SeverityBadge, StateBadges } from './alert-badges.tsx';

export function AlertPanel({ id, onClose }: { readonly id: number; readonly onClose: () => void }) {
  const { t } = useTranslation('alerts');
  const detail = useRead('getAlert', { params: { id } });
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="xl"
      title={<Text fw={650}>{detail.data?.alert.title ?? t('detail.title')}</Text>}
      closeButtonProps={{ 'aria-label': t('detail.close') }}
    >
      {detail.data === undefined ? <Skeleton height={240} /> : <Details detail={detail.data} />}
    </Drawer>
  );
}

function Details({ detail }: { readonly detail: AlertDetail }) {
  const { t } = useTranslation('alerts');
  const { alert, calls } = detail;
  const isCounted = alert.kind !== 'budget';
  return (
    <Stack gap="lg">
      <div>
        <Group gap={6} mb={6}>
          <SeverityBadge severity={alert.severity} />
          <StateBadges alert={alert} />
          {alert.assignedTo !== null && <Text size="sm">{t('assignedTo', { name: alert.assignedTo })}</Text>}
        </Group>
        <Text>{alert.text}</Text>
      </div>
      <AlertActions key={alert.id} alert={alert} />
      {isCounted && (
        <section aria-label={t('detail.calls')}>
          <Title order={3}>{t('detail.calls')}</Title>
          {calls.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('detail.noCalls')}
            </Text>
          ) : (
            <Calls calls={calls} />
          )}
        </section>
      )}
      <Done detail={detail} />
      <Sent detail={detail} />
    </Stack>
  );
}

/** Calls of the same extension on the same day. */
function sameDay({ startLocal, extension }: AlertDetail['calls'][number]): CallFilter {
  const day = startLocal.slice(0, 10);
  return { from: day, to: day, ...(extension === null ? {} : { extension }) };
}

function Calls({ calls }: Pick<AlertDetail, 'calls'>) {
  const { t } = useTranslation(['calls', 'alerts']);
  return (
    <table className="tb-table">
      <thead>
        <tr>
          <th>{t('column.time')}</th>
          <th>{t('column.extension')}</th>
          <th>{t('column.who')}</th>
          <th>{t('column.number')}</th>
          <th>{t('column.destination')}</th>
          <th data-end>{t('column.duration')}</th>
          <th data-end>{t('column.charge')}</th>
        </tr>
      </thead>
      <tbody>
        {calls.toReversed().map((call) => (
          <tr key={call.id}>
            <td>
              <Anchor component={Link} to={callsPath(sameDay(call))} title={t('alerts:detail.openCall')} inherit>
                <LocalTime value={call.startLocal} />
              </Anchor>
            </td>
            <td className="tb-num">{call.extension ?? '–'}</td>
            <td>{call.personName ?? '–'}</td>
            <td>
              <OtherParty call={call} />
            </td>
            <td>{call.destination ?? '–'}</td>
            <td data-end>
              <Duration seconds={call.talkSeconds} />
            </td>
            <td data-end>
              <Charge call={call} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Done({ detail: { notes } }: { readonly detail: AlertDetail }) {
  const { t } = useTranslation('alerts');
  const language = useLanguage();
  return (
    <section aria-label={t('detail.notes')}>
      <Title order={3}>{t('detail.notes')}</Title>
      {notes.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('detail.noNotes')}
        </Text>
      )}
      {notes.map(({ id, atMs, by, action, note }) => (
        <Text key={id} size="sm">
          <span className="tb-faint tb-num">{formatInstant(atMs, language)}</span> <b>{by}</b>{' '}
          {action === 'assign'
            ? note === ''
              ? t('did.unassign')
              : t('did.assign', { name: note })
            : t(`did.${action}`)}
          {action !== 'assign' && note !== '' && `: ${note}`}
        </Text>
      ))}
    </section>
  );
}

function Sent({ detail: { deliveries } }: { readonly detail: AlertDetail }) {
  const { t } = useTranslation('alerts');
  const language = useLanguage();
  return (
    <section aria-label={t('detail.deliveries')}>
      <Title order={3}>{t('detail.deliveries')}</Title>
      {deliveries.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('detail.noDeliveries')}
        </Text>
      )}
      {deliveries.map(({ id, channel, state, atMs, result }) => (
        <Text key={id} size="sm" {...(state === 'failed' && { c: 'red' })}>
          {t(`channel.${channel}`)}: {t(`delivery.${state}`, { at: formatInstant(atMs, language) })}
          {result !== '' && ` · ${result}`}
        </Text>
      ))}
    </section>
  );
}
