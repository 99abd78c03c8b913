/** From where on the rules about codes speak, where the PBXs are, and what slips say. */
import { Button, Group, NumberInput, SimpleGrid, Skeleton, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HygieneSettings } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { Section } from '../../components/section.tsx';
import { useFieldErrors } from '../../field-errors.ts';
import { keyOf, queryClient, useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';

const GROUPS = {
  wrong: [
    'guessCodes',
    'guessMinutes',
    'unknownFrom',
    'mistypeSeconds',
    'mistypesFrom',
    'mistypesPercent',
    'habitDays',
  ],
  where: ['overlapSeconds', 'clockSeconds', 'travelMinutes', 'sharedTelephones'],
  standing: ['shortestDigits', 'neverUsedDays', 'idleDays'],
} as const;

type NumberField = (typeof GROUPS)[keyof typeof GROUPS][number];

export function Thresholds() {
  const settings = useRead('getHygieneSettings');
  return settings.data === undefined ? <Skeleton height={360} /> : <ThresholdForm settings={settings.data} />;
}

function ThresholdForm({ settings }: { readonly settings: HygieneSettings }) {
  const { t } = useTranslation(['codes', 'app']);
  const sources = useRead('listSources');
  const [draft, setDraft] = useState<Partial<HygieneSettings>>({});
  const present = { ...settings, ...draft };
  const isChanged = Object.keys(draft).length > 0;
  const save = useWrite('putHygieneSettings', {
    showsErrors: true,
    refresh: ['getHygiene', 'listHygieneCodes'],
    onDone: (saved) => {
      queryClient.setQueryData(keyOf('getHygieneSettings'), saved);
      setDraft({});
      showDone(t('app:saved'));
    },
  });
  const errors = useFieldErrors(save.error, present);
  const set = (part: Partial<HygieneSettings>): void => setDraft({ ...draft, ...part });
  const field = (name: NumberField) => (
    <NumberInput
      key={name}
      label={t(`field.${name}`)}
      description={name === 'travelMinutes' ? t('help.travelMinutes') : undefined}
      min={0}
      allowDecimal={false}
      value={present[name]}
      error={errors.at(name)}
      onChange={(value) => typeof value === 'number' && set({ [name]: value })}
    />
  );
  const dial = (name: 'howToDialVi' | 'howToDialEn', example: string) => (
    <Textarea
      label={t(`field.${name}`)}
      placeholder={example}
      autosize
      minRows={2}
      maxLength={160}
      value={present[name]}
      error={errors.at(name)}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <form
      className="tb-codes-form"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ body: draft });
      }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('settings.text')}
        </Text>
        {(['wrong', 'where', 'standing'] as const).map((group) => (
          <Section key={group} title={t(`settings.${group}`)}>
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }}>{GROUPS[group].map(field)}</SimpleGrid>
          </Section>
        ))}
        {(sources.data?.length ?? 0) > 1 && (
          <Section title={t('settings.places')} text={t('settings.placesText')}>
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }}>
              {sources.data?.map((source) => (
                <TextInput
                  key={source.id}
                  label={source.name}
                  maxLength={100}
                  value={present.places[String(source.id)] ?? ''}
                  onChange={(event) =>
                    set({ places: { ...present.places, [String(source.id)]: event.currentTarget.value } })
                  }
                />
              ))}
            </SimpleGrid>
          </Section>
        )}
        <Section title={t('settings.slips')} text={t('settings.slipsText')}>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {dial('howToDialVi', t('dialExample.vi'))}
            {dial('howToDialEn', t('dialExample.en'))}
          </SimpleGrid>
        </Section>
        <FormFailure error={save.error} />
        <Group justify="flex-end">
          <Button variant="default" disabled={!isChanged} onClick={() => setDraft({})}>
            {t('app:action.cancel')}
          </Button>
          <Button type="submit" disabled={!isChanged} loading={save.isPending}>
            {t('app:action.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
