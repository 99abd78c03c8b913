/** Giving calls to another person, or saying that they were private or business. */
import { Alert, Radio, Stack } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallChange, CallSelection } from '../../../core/api/contract.ts';
import { PersonSelect } from '../../components/directory-selects.tsx';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { formatCount, formatMonthInText } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';

const NOBODY = 0;

interface DecideDialogProps {
  readonly calls: CallSelection;
  readonly count: number;
  /** Of a closed month: a correction is written, and a call can be taken off the bill. */
  readonly isInClosedMonth?: boolean;
  readonly onClose: () => void;
}

type Kind = 'owner' | 'private' | 'business' | 'removed' | 'added';

export function DecideDialog({ calls, count, isInClosedMonth = false, onClose }: DecideDialogProps) {
  const { t } = useTranslation('calls');
  const language = useLanguage();
  const [kind, setKind] = useState<Kind>('owner');
  const [personId, setPersonId] = useState<number | null>(null);
  const decide = useWrite('decideCalls', {
    refresh: ['listCalls', 'countCalls', 'getCall', 'getCallHistory', 'getMonth', 'getClosing', 'listCorrections'],
    showsErrors: true,
    onDone: ({ decided, corrected, month }) => {
      const parts = [
        t('decide.done', { count: decided, number: formatCount(decided, language) }),
        ...(month === null
          ? []
          : [t('decide.corrected', { count: corrected, month: formatMonthInText(month, language) })]),
      ];
      showDone(decided === 0 && month !== null ? (parts[1] ?? '') : parts.join(' '));
      onClose();
    },
  });
  const kinds: readonly Kind[] = [
    'owner',
    'private',
    'business',
    ...(isInClosedMonth ? (['removed', 'added'] as const) : []),
  ];
  return (
    <ReasonDialog
      title={t('decide.title', { count, number: formatCount(count, language) })}
      text={t('decide.text')}
      action={t('decide.confirm')}
      isBusy={decide.isPending}
      error={decide.error}
      isIncomplete={kind === 'owner' && personId === null}
      onConfirm={(reasoned) => decide.mutate({ body: { calls, change: changeOf(kind, personId), ...reasoned } })}
      onClose={onClose}
    >
      {isInClosedMonth && (
        <Alert color="gray" icon={<IconLock size={18} />}>
          {t('decide.closed')}
        </Alert>
      )}
      <Radio.Group
        label={t('decide.what')}
        value={kind}
        onChange={(value) => setKind(kinds.find((one) => one === value) ?? 'owner')}
      >
        <Stack gap={6} mt={6}>
          {kinds.map((value) => (
            <Radio key={value} value={value} label={t(`decide.kind.${value}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {kind === 'owner' && (
        <PersonSelect
          required
          label={t('decide.person')}
          noneLabel={t('filter.nobody')}
          value={personId}
          onChange={setPersonId}
        />
      )}
    </ReasonDialog>
  );
}

function changeOf(kind: Kind, personId: number | null): CallChange {
  switch (kind) {
    case 'owner':
      return { kind, personId: personId === NOBODY ? null : personId };
    case 'private':
    case 'business':
      return { kind: 'purpose', purpose: kind };
    case 'removed':
    case 'added':
      return { kind: 'billing', isBilled: kind === 'added' };
  }
}
