/** Disputed calls: what people wrote, and what is decided about each. */
import { Button, Group, Paper, Radio, Stack, Switch, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallChange, Dispute } from '../../../core/api/contract.ts';
import { PersonSelect } from '../../components/directory-selects.tsx';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { formatLocalDateTime, formatMoney, formatMonth } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';

export function DisputesPanel({ month }: { readonly month: string }) {
  const { t } = useTranslation('statements');
  const [showsAll, setShowsAll] = useState(false);
  const [decided, setDecided] = useState<Dispute>();
  const disputes = useRead('listDisputes', { query: showsAll ? { month } : {} });
  const list = disputes.data ?? [];
  if (list.length === 0 && !showsAll) return null;
  return (
    <Paper p="md" component="section" aria-label={t('disputes.title')}>
      <Group justify="space-between">
        <Title order={2}>{t('disputes.title')}</Title>
        <Switch
          label={t('disputes.showAll')}
          checked={showsAll}
          onChange={(event) => setShowsAll(event.currentTarget.checked)}
        />
      </Group>
      <Stack gap="xs" mt="sm">
        {list.length === 0 && <Text size="sm">{t('disputes.none')}</Text>}
        {list.map((dispute) => (
          <DisputeItem key={dispute.id} dispute={dispute} onDecide={setDecided} />
        ))}
      </Stack>
      {decided !== undefined && <DecideDispute dispute={decided} onClose={() => setDecided(undefined)} />}
    </Paper>
  );
}

function DisputeItem({
  dispute,
  onDecide,
}: {
  readonly dispute: Dispute;
  readonly onDecide: (dispute: Dispute) => void;
}) {
  const { t } = useTranslation('statements');
  const { personName, words, outcome, reason, decidedBy, month } = dispute;
  const language = useLanguage();
  return (
    <Group justify="space-between" align="flex-start" wrap="nowrap">
      <div>
        <CallLine dispute={dispute} />
        <Text size="sm">
          {t('disputes.says', { name: personName })} “{words}”
        </Text>
        <Text size="xs" c="dimmed">
          {formatMonth(month, language)}
          {outcome !== null && `. ${t('disputes.by', { outcome: t(`disputes.${outcome}`), by: decidedBy, reason })}`}
        </Text>
      </div>
      {outcome === null && (
        <Button size="xs" aria-label={`${t('disputes.decide')}: ${personName}`} onClick={() => onDecide(dispute)}>
          {t('disputes.decide')}
        </Button>
      )}
    </Group>
  );
}

function CallLine({ dispute: { call } }: { readonly dispute: Dispute }) {
  const { t } = useTranslation('statements');
  const language = useLanguage();
  if (call === null) return <Text size="sm">{t('disputes.gone')}</Text>;
  const parts = [
    formatLocalDateTime(call.startLocal),
    call.number ?? call.dialled ?? '',
    call.destination ?? '',
    call.charge === null ? '' : formatMoney(call.charge, language),
  ];
  return (
    <Text size="sm" fw={600} className="tb-num">
      {parts.filter((part) => part !== '').join(' · ')}
    </Text>
  );
}

const KINDS = ['keep', 'owner', 'private', 'business'] as const;
type Kind = (typeof KINDS)[number] | 'removed';
/** As the list of people says it. */
const NOBODY = 0;

function changeOf(kind: Kind, personId: number | null): CallChange | null {
  switch (kind) {
    case 'keep':
      return null;
    case 'owner':
      return { kind, personId: personId === NOBODY ? null : personId };
    case 'private':
    case 'business':
      return { kind: 'purpose', purpose: kind };
    case 'removed':
      return { kind: 'billing', isBilled: false };
  }
}

function DecideDispute({ dispute, onClose }: { readonly dispute: Dispute; readonly onClose: () => void }) {
  const { t } = useTranslation('statements');
  const [kind, setKind] = useState<Kind>('keep');
  const [personId, setPersonId] = useState<number | null>(null);
  const decide = useWrite('decideDispute', {
    showsErrors: true,
    refresh: ['listDisputes', 'listStatements', 'listCalls', 'getCall', 'getMonth'],
    onDone: () => {
      showDone(t('disputes.done'));
      onClose();
    },
  });
  const isThere = dispute.call !== null;
  const kinds: readonly Kind[] = isThere
    ? [...KINDS, ...(dispute.isInClosedMonth ? (['removed'] as const) : [])]
    : ['keep'];
  return (
    <ReasonDialog
      title={t('disputes.decideTitle')}
      text={t('disputes.decideText')}
      action={t('disputes.confirm')}
      isBusy={decide.isPending}
      error={decide.error}
      isIncomplete={kind === 'owner' && personId === null}
      onConfirm={(reasoned) =>
        decide.mutate({ params: { id: dispute.id }, body: { change: changeOf(kind, personId), ...reasoned } })
      }
      onClose={onClose}
    >
      <CallLine dispute={dispute} />
      <Radio.Group
        label={t('disputes.change')}
        value={kind}
        onChange={(value) => setKind(kinds.find((one) => one === value) ?? 'keep')}
      >
        <Stack gap={6} mt={6}>
          {kinds.map((value) => (
            <Radio key={value} value={value} label={t(`disputes.${value}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {kind === 'owner' && (
        <PersonSelect
          required
          label={t('disputes.person')}
          noneLabel={t('disputes.nobody')}
          value={personId}
          onChange={setPersonId}
        />
      )}
    </ReasonDialog>
  );
}
