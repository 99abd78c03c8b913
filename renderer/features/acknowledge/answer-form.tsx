import { Alert, Button, Checkbox, Paper, Table, Text, TextInput, Title, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LinkedStatement } from '../../../core/api/contract.ts';
import { formatDuration } from '../../../core/i18n/format.ts';
import { call } from '../../api.ts';
import { Confirm } from '../../components/confirm.tsx';
import { formatLocalDateTime, formatMoney, formatMonthInText } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { failureText } from '../../toasts.ts';

type Statement = NonNullable<LinkedStatement['statement']>;
type StatementCall = Statement['calls'][number];

interface AnswerFormProps {
  readonly token: string;
  readonly company: string;
  readonly statement: Statement;
  readonly onAnswered: (linked: LinkedStatement) => void;
}

export function AnswerForm({ token, company, statement, onAnswered }: AnswerFormProps) {
  const { t } = useTranslation('statements');
  const language = useLanguage();
  /** Words by disputed call. */
  const [disputed, setDisputed] = useState<ReadonlyMap<number, string>>(new Map());
  const [asked, setAsked] = useState<'confirmed' | 'disputed'>();
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState('');
  const isWordless = [...disputed.values()].some((words) => words.trim() === '');
  const send = async (answer: 'confirmed' | 'disputed'): Promise<void> => {
    setIsBusy(true);
    try {
      const disputes = [...disputed].map(([callId, words]) => ({ callId, words: words.trim() }));
      onAnswered(await call('answerStatement', { body: { token, answer, disputes } }));
    } catch (error) {
      setFailure(failureText(error instanceof Error ? error : new Error(String(error))));
    } finally {
      setIsBusy(false);
      setAsked(undefined);
    }
  };
  const { name, month, calls, privateCalls, totals } = statement;
  return (
    <>
      <div>
        <Text c="dimmed">{company}</Text>
        <Title order={1}>{t('public.heading', { name, month: formatMonthInText(month, language) })}</Title>
        <Text>{t('public.lead')}</Text>
      </div>
      <Paper>
        <CallTable calls={calls} disputed={disputed} onChange={setDisputed} />
      </Paper>
      <div>
        <Text fw={600} className="tb-num">
          {t('public.sums', { count: calls.length + privateCalls })}
          {totals.length > 0 && ` · ${totals.map((sum) => formatMoney(sum, language)).join(' + ')}`}
        </Text>
        {privateCalls > 0 && <Text size="sm">{t('public.private', { count: privateCalls })}</Text>}
      </div>
      {failure !== '' && (
        <Alert color="red" icon={<IconAlertTriangle size={18} />} role="alert">
          {failure}
        </Alert>
      )}
      <div className="tb-acknowledge-bar">
        {disputed.size === 0 ? (
          <>
            <Text size="sm" c="dimmed">
              {t('public.disputeHint')}
            </Text>
            <Button leftSection={<IconCheck size={16} stroke={1.8} />} onClick={() => setAsked('confirmed')}>
              {t('public.confirm')}
            </Button>
          </>
        ) : (
          <>
            {isWordless && <Text size="sm">{t('public.whyMissing')}</Text>}
            <Button color="orange.9" disabled={isWordless} onClick={() => setAsked('disputed')}>
              {t('public.dispute', { count: disputed.size })}
            </Button>
          </>
        )}
      </div>
      <Confirm
        isOpen={asked !== undefined}
        title={t(asked === 'disputed' ? 'public.disputeTitle' : 'public.confirmTitle')}
        text={t('public.confirmText')}
        action={t(asked === 'disputed' ? 'public.send' : 'public.confirm')}
        isBusy={isBusy}
        color="ledger"
        onClose={() => setAsked(undefined)}
        onConfirm={() => asked !== undefined && void send(asked)}
      />
    </>
  );
}

interface CallTableProps {
  readonly calls: readonly StatementCall[];
  readonly disputed: ReadonlyMap<number, string>;
  readonly onChange: (disputed: ReadonlyMap<number, string>) => void;
}

function CallTable({ calls, disputed, onChange }: CallTableProps) {
  const { t } = useTranslation('statements');
  const toggle = (id: number): void => {
    const next = new Map(disputed);
    if (!next.delete(id)) next.set(id, '');
    onChange(next);
  };
  const write = (id: number, words: string): void => onChange(new Map(disputed).set(id, words));
  return (
    <Table.ScrollContainer minWidth={620}>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              <VisuallyHidden>{t('disputes.title')}</VisuallyHidden>
            </Table.Th>
            <Table.Th>{t('public.time')}</Table.Th>
            <Table.Th>{t('public.number')}</Table.Th>
            <Table.Th>{t('public.destination')}</Table.Th>
            <Table.Th ta="right">{t('public.duration')}</Table.Th>
            <Table.Th ta="right">{t('public.charge')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {calls.map((one) => (
            <CallRow key={one.id} one={one} words={disputed.get(one.id)} onToggle={toggle} onWrite={write} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface CallRowProps {
  readonly one: StatementCall;
  /** Undefined: not disputed. */
  readonly words: string | undefined;
  readonly onToggle: (id: number) => void;
  readonly onWrite: (id: number, words: string) => void;
}

function CallRow({ one, words, onToggle, onWrite }: CallRowProps) {
  const { t } = useTranslation('statements');
  const language = useLanguage();
  const at = formatLocalDateTime(one.startLocal);
  return (
    <>
      <Table.Tr>
        <Table.Td>
          <Checkbox
            aria-label={t('public.choose', { at, number: one.number })}
            checked={words !== undefined}
            onChange={() => onToggle(one.id)}
          />
        </Table.Td>
        <Table.Td className="tb-num">{at}</Table.Td>
        <Table.Td className="tb-num">{one.number}</Table.Td>
        <Table.Td>{one.destination}</Table.Td>
        <Table.Td ta="right" className="tb-num">
          {formatDuration(one.talkSeconds)}
        </Table.Td>
        <Table.Td ta="right" className="tb-num">
          {one.charge === null ? '' : formatMoney(one.charge, language)}
        </Table.Td>
      </Table.Tr>
      {words !== undefined && (
        <Table.Tr>
          <Table.Td />
          <Table.Td colSpan={5}>
            <TextInput
              required
              autoFocus
              label={t('public.why')}
              maxLength={500}
              value={words}
              onChange={(event) => onWrite(one.id, event.currentTarget.value)}
            />
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}
