/** What a call would cost and why, with one tariff or two side by side. Nothing is stored. */
import {
  Anchor,
  Button,
  Group,
  NumberInput,
  Paper,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import { TimePicker } from '@mantine/dates';
import { IconCalculator } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { TestedCall } from '../../../core/api/contract.ts';
import { DayInput } from '../../components/day-input.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FormFailure } from '../../components/form-failure.tsx';
import { Page } from '../../components/page.tsx';
import { useFieldErrors } from '../../field-errors.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { useToday } from '../../site.ts';
import { compareAddress } from './price-addresses.ts';
import { TestedCallView } from './tested-call.tsx';
import { AS_BOOKED, useVersionChoices } from './use-version-choices.ts';

const DIRECTIONS = ['outgoing', 'incoming', 'internal', 'tandem'] as const;
const ALONE = 'alone';

export function TestCallPage() {
  const { t } = useTranslation(['tariffs', 'app']);
  const [search] = useSearchParams();
  const today = useToday();
  const sources = useRead('listSources').data ?? [];
  const choices = useVersionChoices();
  const [draft, setDraft] = useState({
    number: search.get('number') ?? '',
    day: search.get('day') ?? today,
    time: '09:00:00',
    talkSeconds: 60,
    trunk: '',
    sourceId: null as string | null,
    direction: 'outgoing' as (typeof DIRECTIONS)[number],
    isAnswered: true,
  });
  const [first, setFirst] = useState(search.get('version') ?? AS_BOOKED);
  const [second, setSecond] = useState(search.get('other') ?? ALONE);
  const [secondDay, setSecondDay] = useState<string | null>(null);
  const [answers, setAnswers] = useState<readonly TestedCall[]>([]);
  const test = useWrite('testCall', { showsErrors: true });
  const errors = useFieldErrors(test.error, { ...draft, startLocal: `${draft.day}T${draft.time}` });
  const set = (part: Partial<typeof draft>): void => setDraft({ ...draft, ...part });
  const callOf = (choice: string, day: string) => ({
    body: {
      number: draft.number,
      startLocal: `${day}T${draft.time}`,
      talkSeconds: draft.talkSeconds,
      direction: draft.direction,
      isAnswered: draft.isAnswered,
      ...(draft.trunk.trim() !== '' && { trunk: draft.trunk.trim() }),
      ...(draft.sourceId !== null && { sourceId: Number(draft.sourceId) }),
      ...(choice !== AS_BOOKED && { versionId: Number(choice) }),
    },
  });
  const run = async (): Promise<void> => {
    setAnswers([]);
    try {
      const one = await test.mutateAsync(callOf(first, draft.day));
      const two = second === ALONE ? [] : [await test.mutateAsync(callOf(second, secondDay ?? draft.day))];
      setAnswers([one, ...two]);
    } catch {
      // The failure stands below the form.
    }
  };
  const versionSelect = (label: ReactNode, value: string, onChange: (value: string) => void, extra: boolean) => (
    <Select
      label={label}
      searchable
      allowDeselect={false}
      data={[
        ...(extra ? [{ value: ALONE, label: t('test.alone') }] : []),
        { value: AS_BOOKED, label: t('test.asBooked') },
        ...choices,
      ]}
      value={value}
      onChange={(next) => next !== null && onChange(next)}
    />
  );
  return (
    <Page title={t('test.title')} lead={t('test.lead')}>
      <Stack gap="md">
        <Paper p="md" component="section" aria-label={t('test.title')}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void run();
            }}
          >
            <Stack gap="sm">
              <SimpleGrid cols={{ base: 2, sm: 4 }}>
                <TextInput
                  label={t('test.number')}
                  required
                  data-autofocus
                  inputMode="tel"
                  value={draft.number}
                  error={errors.at('number')}
                  onChange={(event) => set({ number: event.currentTarget.value })}
                />
                <DayInput
                  label={t('test.at')}
                  clearable={false}
                  value={draft.day}
                  error={errors.at('startLocal')}
                  onChange={(day) => day !== null && set({ day })}
                />
                <TimePicker
                  format="24h"
                  withSeconds
                  label={t('test.time')}
                  value={draft.time}
                  onChange={(time) => set({ time })}
                />
                <NumberInput
                  label={t('test.seconds')}
                  min={0}
                  max={1_000_000}
                  value={draft.talkSeconds}
                  error={errors.at('talkSeconds')}
                  onChange={(value) => typeof value === 'number' && set({ talkSeconds: value })}
                />
                <Select
                  label={t('test.direction')}
                  allowDeselect={false}
                  data={DIRECTIONS.map((value) => ({ value, label: t(`app:direction.${value}`) }))}
                  value={draft.direction}
                  onChange={(value) => set({ direction: DIRECTIONS.find((known) => known === value) ?? 'outgoing' })}
                />
                <TextInput
                  label={t('test.trunk')}
                  value={draft.trunk}
                  onChange={(event) => set({ trunk: event.currentTarget.value })}
                />
                <Select
                  label={t('test.source')}
                  placeholder={t('test.anySource')}
                  clearable
                  data={sources.map(({ id, name }) => ({ value: String(id), label: name }))}
                  value={draft.sourceId}
                  onChange={(sourceId) => set({ sourceId })}
                />
                <Switch
                  mt={30}
                  label={t('test.answered')}
                  checked={draft.isAnswered}
                  onChange={(event) => set({ isAnswered: event.currentTarget.checked })}
                />
              </SimpleGrid>
              <Text size="xs" c="dimmed">
                {t('test.numberHelp')}
              </Text>
              <SimpleGrid cols={{ base: 1, sm: 3 }}>
                {versionSelect(t('test.first'), first, setFirst, false)}
                {versionSelect(t('test.second'), second, setSecond, true)}
                {second !== ALONE && <DayInput label={t('test.dayOf')} value={secondDay} onChange={setSecondDay} />}
              </SimpleGrid>
              <FormFailure error={test.error} unshown={['versionId', 'sourceId', 'trunk']} />
              <Group>
                <Button type="submit" loading={test.isPending} leftSection={<IconCalculator size={16} stroke={1.6} />}>
                  {t('test.run')}
                </Button>
              </Group>
            </Stack>
          </form>
        </Paper>
        {answers.length === 0 && !test.isPending && (
          <EmptyState icon={IconCalculator} title={t('test.title')} text={t('test.empty')} />
        )}
        {answers.length === 2 && second !== AS_BOOKED && (
          <Anchor component={Link} size="sm" to={compareAddress(Number(second), today)}>
            {t('publish.compare')}
          </Anchor>
        )}
        <div className="tb-tested">
          {answers.map((answer, at) => (
            <TestedCallView
              key={at === 0 ? 'first' : 'second'}
              answer={answer}
              against={at === 1 ? answers[0] : undefined}
            />
          ))}
        </div>
      </Stack>
    </Page>
  );
}
