import { Alert, Anchor, Badge, Group, Paper, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconSearchOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CallFilter, LookupResult } from '../../../core/api/contract.ts';
import { CallCells, CallHead } from '../../components/call-row.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Grid, GridRow, GridRowGroup } from '../../components/grid-parts.ts';
import { rowKeys } from '../../components/row-keys.ts';
import { Code, Count, Duration, Figure, MoneySums } from '../../components/values.tsx';
import { CallDetails } from '../calls/call-details.tsx';
import { callsPath } from '../calls/call-filter.ts';
import { validityText } from '../people/assignments.ts';

function filterOf(answer: LookupResult): CallFilter | undefined {
  switch (answer.matchedAs) {
    case 'code':
      return { code: answer.query };
    case 'extension':
      return { extension: answer.query };
    case 'number':
      return { number: answer.query };
    case 'person': {
      const only = answer.people.length === 1 ? answer.people[0] : undefined;
      return only === undefined ? undefined : { personId: only.personId };
    }
    case 'nothing':
      return undefined;
  }
}

export function LookupAnswer({ answer }: { readonly answer: LookupResult }) {
  const { t } = useTranslation('lookup');
  const [openId, setOpenId] = useState<number>();
  const filter = filterOf(answer);
  if (answer.matchedAs === 'nothing' && answer.nearestCodes.length === 0) {
    return <EmptyState icon={IconSearchOff} title={t('nothing.title')} text={t('nothing.text')} />;
  }
  return (
    <>
      <Owners answer={answer} />
      {answer.nearestCodes.length > 0 && (
        <Alert mt="sm" color="orange" icon={<IconAlertTriangle size={18} />} title={t('near.title')}>
          <Text size="sm" mb={4}>
            {t('near.text')}
          </Text>
          {answer.nearestCodes.map((near) => (
            <Text key={`${near.code}${near.personName}`} size="sm">
              <Code value={near.code} /> · {near.personName}
            </Text>
          ))}
        </Alert>
      )}
      {answer.matchedAs !== 'nothing' && (
        <Paper mt="sm" component="section" aria-label={t('calls')}>
          <Group justify="space-between" px="md" py="xs">
            <div className="tb-figures tb-figures-flat tb-figures-tight">
              <Figure label={t('totals.calls')}>
                <Count value={answer.totals.calls} />
              </Figure>
              <Figure label={t('totals.talk')}>
                <Duration seconds={answer.totals.talkSeconds} />
              </Figure>
              <Figure label={t('totals.charge')}>
                <MoneySums values={answer.totals.charges} />
              </Figure>
            </div>
            {filter !== undefined && (
              <Anchor component={Link} to={callsPath(filter)} size="sm">
                {t('allCalls')}
              </Anchor>
            )}
          </Group>
          {answer.recentCalls.length === 0 ? (
            <Text c="dimmed" size="sm" p="md">
              {t('noCalls')}
            </Text>
          ) : (
            <Grid aria-label={t('calls')}>
              <CallHead />
              <GridRowGroup className="tb-small-grid">
                {answer.recentCalls.map((call, index) => (
                  <GridRow
                    key={call.id}
                    tabIndex={index === 0 ? 0 : -1}
                    className="tb-grid-row"
                    data-press
                    data-chosen={call.id === openId || undefined}
                    onClick={() => setOpenId(call.id)}
                    onKeyDown={rowKeys(() => setOpenId(call.id))}
                  >
                    <CallCells call={call} />
                  </GridRow>
                ))}
              </GridRowGroup>
            </Grid>
          )}
        </Paper>
      )}
      <CallDetails id={openId} onClose={() => setOpenId(undefined)} />
    </>
  );
}

function Owners({ answer }: { readonly answer: LookupResult }) {
  const { t } = useTranslation(['lookup', 'app']);
  const open = { from: t('app:always'), to: t('app:untilNow'), until: (day: string) => t('app:untilDay', { day }) };
  const owners = [
    ...answer.codes.map((owner) => ({ ...owner, kind: 'code' as const, value: owner.code })),
    ...answer.extensions.map((owner) => ({ ...owner, kind: 'extension' as const, value: owner.extension })),
    ...answer.people.map((owner) => ({
      ...owner,
      kind: 'person' as const,
      value: '',
      validFrom: null,
      validTo: null,
    })),
  ];
  return (
    <div className="tb-cards">
      {owners.map((owner) => (
        <Paper key={`${owner.kind}${owner.personId}${owner.value}${owner.validFrom ?? ''}`} p="md" component="article">
          <Group gap={8} mb={4}>
            <Badge color={owner.kind === 'code' ? 'ledger' : 'blue'}>{t(`kind.${owner.kind}`)}</Badge>
            {owner.value !== '' && (
              <Text span fw={600}>
                <Code value={owner.value} />
              </Text>
            )}
          </Group>
          <Title order={2}>
            <Anchor component={Link} to={`/people?person=${owner.personId}`} inherit>
              {owner.personName}
            </Anchor>
          </Title>
          <Text size="sm" c="dimmed">
            {owner.departmentName ?? t('noDepartment')}
          </Text>
          {owner.kind !== 'person' && (
            <Text size="sm" className="tb-num">
              {validityText(owner, open)}
            </Text>
          )}
        </Paper>
      ))}
      {owners.length === 0 && answer.matchedAs !== 'nothing' && (
        <Paper p="md">
          <Text c="dimmed">{t(answer.matchedAs === 'number' ? 'numberHasNoOwner' : 'noOwner')}</Text>
        </Paper>
      )}
    </div>
  );
}
