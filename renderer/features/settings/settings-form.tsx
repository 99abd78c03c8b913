import { Button, Chip, Group, Input, NumberInput, Select, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import { TimePicker } from '@mantine/dates';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { Section } from '../../components/section.tsx';
import { useFieldErrors } from '../../field-errors.ts';
import { changeLanguage } from '../../language.ts';
import { keyOf, queryClient, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const LANGUAGES = ['auto', 'vi', 'en'] as const;

export function SettingsForm({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation(['settings', 'app', 'dashboard']);
  const [draft, setDraft] = useState<Partial<Settings>>({});
  const present = { ...settings, ...draft };
  const isChanged = Object.keys(draft).length > 0;
  const save = useWrite('putSettings', {
    showsErrors: true,
    refresh: ['listCalls', 'getCall', 'listPeople', 'lookUp'],
    onDone: (saved) => {
      queryClient.setQueryData(keyOf('getSettings'), saved);
      if (draft.language !== undefined) void changeLanguage(draft.language);
      setDraft({});
      showDone(t('app:saved'));
    },
  });
  const errors = useFieldErrors(save.error, present);
  const set = (part: Partial<Settings>): void => setDraft({ ...draft, ...part });
  const text = (
    name:
      | 'companyName'
      | 'outsideDigits'
      | 'countryCode'
      | 'areaCode'
      | 'carrierCodes'
      | 'extensionRanges'
      | 'updateFeed',
  ) => ({
    label: t(`field.${name}`),
    description: t(`help.${name}`),
    value: present[name],
    error: errors.at(name),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      set({ [name]: event.currentTarget.value }),
  });

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ body: draft });
      }}
    >
      <Stack gap="md">
        <Section title={t('section.company')}>
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <TextInput {...text('companyName')} />
            <Select
              label={t('field.language')}
              description={t('help.language')}
              allowDeselect={false}
              data={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))}
              value={present.language}
              onChange={(value) => set({ language: LANGUAGES.find((known) => known === value) ?? 'auto' })}
            />
            <Select
              label={t('field.timeZone')}
              description={t('help.timeZone')}
              searchable
              allowDeselect={false}
              data={[...new Set([present.timeZone, ...Intl.supportedValuesOf('timeZone')])]}
              value={present.timeZone}
              error={errors.at('timeZone')}
              onChange={(value) => value !== null && set({ timeZone: value })}
            />
          </SimpleGrid>
        </Section>

        <Section title={t('section.dialling')} text={t('section.diallingText')}>
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <TextInput {...text('outsideDigits')} />
            <TextInput {...text('countryCode')} />
            <TextInput {...text('areaCode')} />
            <TextInput {...text('carrierCodes')} />
            <NumberInput
              label={t('field.extensionMaxDigits')}
              description={t('help.extensionMaxDigits')}
              min={1}
              max={10}
              value={present.extensionMaxDigits}
              error={errors.at('extensionMaxDigits')}
              onChange={(value) => typeof value === 'number' && set({ extensionMaxDigits: value })}
            />
            <TextInput {...text('extensionRanges')} />
          </SimpleGrid>
        </Section>

        <Section title={t('section.office')} text={t('section.officeText')}>
          <Group align="flex-start" gap="lg">
            <TimePicker
              format="24h"
              label={t('field.officeFrom')}
              value={present.officeFrom}
              error={errors.at('officeFrom')}
              onChange={(officeFrom) => set({ officeFrom })}
            />
            <TimePicker
              format="24h"
              label={t('field.officeTo')}
              value={present.officeTo}
              error={errors.at('officeTo')}
              onChange={(officeTo) => set({ officeTo })}
            />
            <Input.Wrapper label={t('field.officeDays')} error={errors.at('officeDays')}>
              <Chip.Group
                multiple
                value={present.officeDays.map(String)}
                onChange={(days) => set({ officeDays: days.map(Number).sort((a, b) => a - b) })}
              >
                <Group gap={6} mt={4}>
                  {WEEKDAYS.map((day) => (
                    <Chip key={day} value={String(day)} size="xs" radius="sm">
                      {t(`weekday.${day}`)}
                    </Chip>
                  ))}
                </Group>
              </Chip.Group>
            </Input.Wrapper>
            <NumberInput
              label={t('field.quietMinutes')}
              w={190}
              min={1}
              max={10080}
              value={present.quietMinutes}
              error={errors.at('quietMinutes')}
              onChange={(value) => typeof value === 'number' && set({ quietMinutes: value })}
            />
          </Group>
        </Section>

        <Section title={t('section.privacy')}>
          <Switch
            label={t('field.showCodes')}
            description={t('help.showCodes')}
            checked={present.showCodes}
            onChange={(event) => set({ showCodes: event.currentTarget.checked })}
          />
        </Section>

        <Section title={t('dashboard:wallSetting.title')}>
          <Switch
            label={t('dashboard:wallSetting.names')}
            description={t('dashboard:wallSetting.help')}
            checked={present.wallboardShowsNames}
            onChange={(event) => set({ wallboardShowsNames: event.currentTarget.checked })}
          />
        </Section>
        <Section title={t('section.updates')}>
          <TextInput {...text('updateFeed')} placeholder="https://" />
        </Section>

        <FormFailure error={save.error} />
        {isChanged && (
          <div className="tb-save-bar">
            <span>{t('unsaved')}</span>
            <Group gap="xs">
              <Button variant="default" onClick={() => setDraft({})}>
                {t('app:action.cancel')}
              </Button>
              <Button type="submit" loading={save.isPending}>
                {t('app:action.save')}
              </Button>
            </Group>
          </div>
        )}
      </Stack>
    </form>
  );
}
