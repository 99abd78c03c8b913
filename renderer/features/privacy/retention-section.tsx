/** How long numbers and calls are kept, what is due, and doing it now. */
import { Button, Checkbox, Group, NumberInput, Progress, Skeleton, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Retention, RetentionRules } from '../../../core/api/contract.ts';
import { Confirm } from '../../components/confirm.tsx';
import { Section } from '../../components/section.tsx';
import { formatBytes, formatCount, formatInstant, formatLocalDay } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';

const BUSY_MS = 1000;

export function RetentionSection() {
  const { t } = useTranslation('privacy');
  const retention = useRead('getRetention', undefined, {
    refetchInterval: (query) => (query.state.data?.state === 'running' ? BUSY_MS : false),
  });
  return (
    <Section title={t('retention.title')} text={t('retention.text')}>
      {retention.data === undefined ? <Skeleton height={160} /> : <RulesForm retention={retention.data} />}
    </Section>
  );
}

function MonthsInput(props: {
  readonly label: string;
  readonly value: number | null;
  readonly onChange: (months: number | null) => void;
}) {
  const { t } = useTranslation('privacy');
  return (
    <NumberInput
      label={props.label}
      placeholder={t('retention.never')}
      min={1}
      max={240}
      w={320}
      value={props.value ?? ''}
      suffix={` ${t('retention.months')}`}
      onChange={(value) => props.onChange(typeof value === 'number' ? value : null)}
    />
  );
}

function RulesForm({ retention }: { readonly retention: Retention }) {
  const { t } = useTranslation('privacy');
  const [draft, setDraft] = useState<RetentionRules>(retention.rules);
  const [isAsking, setIsAsking] = useState(false);
  const planText = usePlanText();
  const preview = useRead('getRetention');
  const look = useWrite('previewRetention', { onDone: () => setIsAsking(true) });
  const save = useWrite('putRetention', {
    refresh: ['getRetention'],
    onDone: () => {
      setIsAsking(false);
      showDone(t('retention.saved'));
    },
  });
  const run = useWrite('runRetention', { refresh: ['getRetention'] });
  const isRunning = (preview.data ?? retention).state === 'running';
  return (
    <>
      <Group align="flex-end">
        <MonthsInput
          label={t('retention.numbers')}
          value={draft.numbersMonths}
          onChange={(numbersMonths) => setDraft({ ...draft, numbersMonths })}
        />
        <MonthsInput
          label={t('retention.detail')}
          value={draft.detailMonths}
          onChange={(detailMonths) => setDraft({ ...draft, detailMonths })}
        />
      </Group>
      <Checkbox
        label={t('retention.files')}
        checked={draft.removesClosedFiles}
        onChange={(event) => setDraft({ ...draft, removesClosedFiles: event.currentTarget.checked })}
      />
      <Due retention={preview.data ?? retention} />
      <Group>
        <Button loading={look.isPending} onClick={() => look.mutate({ body: draft })}>
          {t('retention.save')}
        </Button>
        <Button variant="default" loading={isRunning} onClick={() => run.mutate({})}>
          {t('retention.run')}
        </Button>
      </Group>
      <Confirm
        isOpen={isAsking}
        title={t('retention.save')}
        text={look.data === undefined ? '' : `${t('retention.would')} ${planText(look.data)}`}
        action={t('retention.save')}
        isBusy={save.isPending}
        onConfirm={() => save.mutate({ body: draft })}
        onClose={() => setIsAsking(false)}
      />
    </>
  );
}

function Due({ retention }: { readonly retention: Retention }) {
  const { t } = useTranslation('privacy');
  const language = useLanguage();
  const planText = usePlanText();
  const { state, done, total, lastRunAtMs } = retention;
  return (
    <div>
      <Text size="sm">{planText(retention.plan)}</Text>
      {state === 'running' && (
        <Progress aria-label={t('retention.running')} value={total === 0 ? 100 : (100 * done) / total} mt={6} />
      )}
      {state === 'failed' && <Text size="sm">{t('retention.failed')}</Text>}
      {lastRunAtMs !== null && (
        <Text size="xs" c="dimmed">
          {t('retention.last', { time: formatInstant(lastRunAtMs, language) })}
        </Text>
      )}
    </div>
  );
}

function usePlanText(): (plan: Retention['plan']) => string {
  const { t } = useTranslation('privacy');
  const language = useLanguage();
  const count = (value: number): string => formatCount(value, language);
  return (plan) => {
    const parts = [
      plan.numbersBefore !== null &&
        t('retention.plan.numbers', {
          day: formatLocalDay(plan.numbersBefore),
          calls: count(plan.callsToAnonymise),
          frames: count(plan.framesToRemove),
          bytes: formatBytes(plan.journalBytes, language),
        }),
      plan.detailBefore !== null &&
        t('retention.plan.detail', { day: formatLocalDay(plan.detailBefore), calls: count(plan.callsToRemove) }),
      plan.closedFiles > 0 && t('retention.plan.files', { files: count(plan.closedFiles) }),
      plan.disputedCalls > 0 && t('retention.plan.disputed', { calls: count(plan.disputedCalls) }),
    ].filter((part) => part !== false);
    return parts.length === 0 ? t('retention.plan.nothing') : parts.join(' ');
  };
}
