/** One PDF for each person of a month, in one archive: `/print/statements?month=2026-03`. */
import { Alert, Button, Group, MultiSelect, Paper, Progress, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconDownload, IconFileZip } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { PaperBatch } from '../../../core/api/contract.ts';
import { urlOf } from '../../api.ts';
import { byPlainText } from '../../components/directory-selects.tsx';
import { FormFailure } from '../../components/form-failure.tsx';
import { MonthInput } from '../../components/month-input.tsx';
import { Page } from '../../components/page.tsx';
import { formatCount, formatPercent } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { useToday } from '../../site.ts';

const LANGUAGES = ['vi', 'en'] as const;
const SHOWN_AS = { vi: 'Tiếng Việt', en: 'English' } as const;
const SHOWN = 60;
const LOOK_AGAIN_MS = 500;
const SECONDS_PER_MINUTE = 60;

export function StatementsPage() {
  const { t } = useTranslation('print');
  const [batchId, setBatchId] = useState<string>();
  return (
    <Page title={t('batch.title')} lead={t('batch.lead')}>
      <Paper p="md" maw={760}>
        {batchId === undefined ? (
          <Choice onStarted={setBatchId} />
        ) : (
          <Batch id={batchId} onLeave={() => setBatchId(undefined)} />
        )}
      </Paper>
    </Page>
  );
}

function Choice({ onStarted }: { readonly onStarted: (id: string) => void }) {
  const { t } = useTranslation('print');
  const spoken = useLanguage();
  const [search, setSearch] = useSearchParams();
  const today = useToday();
  const month = search.get('month') ?? today.slice(0, 7);
  const [language, setLanguage] = useState<'vi' | 'en'>(spoken);
  const [departments, setDepartments] = useState<readonly string[]>([]);
  const [people, setPeople] = useState<readonly string[]>([]);
  const knownPeople = useRead('listPeople', { query: {} });
  const knownDepartments = useRead('listDepartments');
  const start = useWrite('startPaperBatch', { showsErrors: true, onDone: ({ id }) => onStarted(id) });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate({
          body: { month, language, departmentIds: departments.map(Number), personIds: people.map(Number) },
        });
      }}
    >
      <Stack gap="md">
        <Group align="flex-end" gap="lg">
          <MonthInput
            label={t('batch.month')}
            w={170}
            value={month}
            onChange={(next) => next !== '' && setSearch({ month: next }, { replace: true })}
          />
          <SegmentedControl
            aria-label={t('batch.language')}
            value={language}
            onChange={(value) => setLanguage(LANGUAGES.find((known) => known === value) ?? 'vi')}
            data={LANGUAGES.map((value) => ({ value, label: <span lang={value}>{SHOWN_AS[value]}</span> }))}
          />
        </Group>
        <MultiSelect
          label={t('batch.departments')}
          description={t('batch.departmentsHelp')}
          {...(departments.length === 0 ? { placeholder: t('batch.all') } : {})}
          searchable
          clearable
          filter={byPlainText}
          data={(knownDepartments.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
          value={[...departments]}
          onChange={setDepartments}
        />
        <MultiSelect
          label={t('batch.people')}
          description={t('batch.peopleHelp')}
          {...(people.length === 0 ? { placeholder: t('batch.all') } : {})}
          searchable
          clearable
          limit={SHOWN}
          filter={byPlainText}
          data={(knownPeople.data ?? []).map(({ id, name, departmentName }) => ({
            value: String(id),
            label: departmentName === null ? name : `${name} · ${departmentName}`,
          }))}
          value={[...people]}
          onChange={setPeople}
        />
        <FormFailure error={start.error} />
        <Group>
          <Button type="submit" loading={start.isPending} leftSection={<IconFileZip size={16} stroke={1.6} />}>
            {t('batch.start')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface BatchProps {
  readonly id: string;
  readonly onLeave: () => void;
}

function Batch({ id, onLeave }: BatchProps) {
  const { t } = useTranslation('print');
  const language = useLanguage();
  const [isOver, setIsOver] = useState(false);
  const input = { params: { id } };
  const batch = useRead('getPaperBatch', input, { refetchInterval: isOver ? false : LOOK_AGAIN_MS });
  const drop = useWrite('dropPaperBatch', { onDone: onLeave });
  const { data } = batch;
  if (data !== undefined && data.state !== 'running' && !isOver) setIsOver(true);
  if (data === undefined) return <FormFailure error={batch.error} />;
  if (data.state === 'running') {
    return <Running batch={data} isStopping={drop.isPending} onStop={() => drop.mutate(input)} />;
  }
  const again = (
    <Button variant="default" loading={drop.isPending} onClick={() => drop.mutate(input)}>
      {t('batch.again')}
    </Button>
  );
  if (data.state === 'failed' || data.total === 0) {
    return (
      <Stack gap="md">
        <Alert color={data.state === 'failed' ? 'red' : 'orange'} icon={<IconAlertTriangle size={18} />} role="alert">
          {data.state === 'failed' ? (data.problem?.title ?? t('batch.failed')) : t('batch.nobody')}
        </Alert>
        <Group>{again}</Group>
      </Stack>
    );
  }
  return (
    <Stack gap="md">
      <Alert color="teal" icon={<IconCheck size={18} />} role="status">
        {t('batch.ready', { count: data.total, number: formatCount(data.total, language) })} {t('batch.readyText')}
      </Alert>
      <Group gap="xs">
        <Button
          component="a"
          download
          href={urlOf('getPaperBatchFile', input)}
          leftSection={<IconDownload size={16} stroke={1.6} />}
        >
          {t('batch.download')}
        </Button>
        {again}
      </Group>
    </Stack>
  );
}

interface RunningProps {
  readonly batch: PaperBatch;
  readonly isStopping: boolean;
  readonly onStop: () => void;
}

function Running({ batch, isStopping, onStop }: RunningProps) {
  const { t } = useTranslation('print');
  const language = useLanguage();
  const { done, total, secondsLeft } = batch;
  const part = total === 0 ? 0 : done / total;
  return (
    <Stack gap="sm" aria-busy>
      <Group justify="space-between">
        <Text fw={600}>{t('batch.working')}</Text>
        <Button variant="default" loading={isStopping} onClick={onStop}>
          {t('batch.cancel')}
        </Button>
      </Group>
      <Progress value={part * 100} size={8} animated aria-label={formatPercent(part, language)} />
      <Text size="sm" className="tb-num">
        {t('batch.progress', { done: formatCount(done, language), total: formatCount(total, language) })}
        {secondsLeft !== null && secondsLeft > 0 && `, ${leftText(secondsLeft)}`}
      </Text>
    </Stack>
  );

  function leftText(seconds: number): string {
    if (seconds < 2 * SECONDS_PER_MINUTE) return t('batch.left', { count: seconds });
    return t('batch.leftMinutes', { count: Math.round(seconds / SECONDS_PER_MINUTE) });
  }
}
