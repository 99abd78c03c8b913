/** One call down to its bytes: whose it is and why, what it costs and why, and what the PBX truly sent. */
import { Alert, Anchor, Button, Divider, Drawer, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconHelpCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CallDetail } from '../../../core/api/contract.ts';
import { CallMarks } from '../../components/call-marks.tsx';
import { Charge } from '../../components/charge.tsx';
import { DirectionIcon } from '../../components/direction-icon.tsx';
import { ReasonBadge } from '../../components/reason-badge.tsx';
import { Code, Duration, LocalTime, OtherParty } from '../../components/values.tsx';
import { failureText } from '../../toasts.ts';
import { UnmaskCall } from '../privacy/unmask-call.tsx';
import { CallFacts } from './call-facts.tsx';
import { callsPath } from './call-filter.ts';
import { CallHistory } from './call-history.tsx';
import { CallLegs } from './call-legs.tsx';
import { CallPrice } from './call-price.tsx';
import { useCall } from './call-queries.ts';
import { CallVerdict } from './call-verdict.tsx';

interface CallDetailsProps {
  readonly id: number | undefined;
  readonly onClose: () => void;
}

export function CallDetails({ id, onClose }: CallDetailsProps) {
  const { t } = useTranslation('calls');
  const call = useCall(id);
  return (
    <Drawer
      opened={id !== undefined}
      onClose={onClose}
      size={620}
      title={<Text fw={650}>{t('details.title')}</Text>}
      withOverlay={false}
      lockScroll={false}
      trapFocus={false}
      shadow="xl"
      closeButtonProps={{ 'aria-label': t('details.close') }}
    >
      {call.isError && <Alert color="red">{failureText(call.error)}</Alert>}
      {call.data === undefined ? !call.isError && <Skeleton height={320} /> : <Details call={call.data} />}
    </Drawer>
  );
}

function Details({ call }: { readonly call: CallDetail }) {
  const { t } = useTranslation(['calls', 'app', 'common']);
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Group gap={6}>
            <DirectionIcon call={call} />
            <Title order={2}>
              <OtherParty call={call} />
            </Title>
          </Group>
          <Text size="sm" c="dimmed">
            {call.destination ?? t(`app:band.${call.band}`)}
            {call.callerName !== null && ` · ${call.callerName}`}
          </Text>
          <Group gap={6}>
            <Text size="sm">
              <LocalTime value={call.startLocal} /> · <Duration seconds={call.talkSeconds} />
            </Text>
            <CallMarks call={call} />
          </Group>
          <UnmaskCall key={call.id} call={call} />
        </div>
        <Text component="div" fz={22} fw={650}>
          {call.rating === 'not-chargeable' ? null : <Charge call={call} />}
        </Text>
      </Group>

      {call.doubts.length > 0 && (
        <Alert color="yellow" icon={<IconHelpCircle size={18} />} title={t('details.doubts')}>
          {call.doubts.map((doubt) => (
            <Text key={doubt} size="sm">
              {t(`common:doubt.${doubt}`)}
            </Text>
          ))}
        </Alert>
      )}

      <section>
        <Title order={3} mb={6}>
          {t('details.who')}
        </Title>
        <Group gap="xs" mb={4}>
          {call.personId === null ? (
            <Text fw={600}>{t('app:nobody')}</Text>
          ) : (
            <Anchor component={Link} to={`/people?person=${call.personId}`} fw={600}>
              {call.personName}
            </Anchor>
          )}
          {call.departmentName !== null && <Text c="dimmed">{call.departmentName}</Text>}
          <ReasonBadge reason={call.reason} />
        </Group>
        <Text size="sm" c="dimmed">
          {t(`app:reasonHelp.${call.reason}`)}
        </Text>
        {call.nearestCodes.length > 0 && (
          <Alert mt="xs" color="orange" icon={<IconAlertTriangle size={18} />} title={t('details.nearCodes')}>
            {call.nearestCodes.map((near) => (
              <Text key={`${near.code}${near.personName}`} size="sm">
                <Code value={near.code} /> · {near.personName}
              </Text>
            ))}
          </Alert>
        )}
        {call.personId !== null && (
          <Button
            mt="xs"
            size="compact-sm"
            variant="default"
            component={Link}
            to={callsPath({ personId: call.personId })}
          >
            {t('details.allOfPerson')}
          </Button>
        )}
      </section>

      <CallVerdict call={call} />

      <Divider />
      <section>
        <Title order={3} mb={6}>
          {t('details.price')}
        </Title>
        <CallPrice call={call} />
      </section>

      <Divider />
      <section>
        <Title order={3} mb={6}>
          {t('details.facts')}
        </Title>
        <CallFacts call={call} />
      </section>

      <Divider />
      <CallHistory call={call} />

      <Divider />
      <CallLegs call={call} />
    </Stack>
  );
}
