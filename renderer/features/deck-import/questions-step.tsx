/** What the cells leave open, each reading beside the cells it would change. */
import { Alert, Badge, Button, Card, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Deck, DeckSettingState } from '../../../core/api/contract.ts';
import { useExact } from './rate-words.ts';
import type { DeckImportState } from './use-deck-import.ts';

interface QuestionsStepProps {
  readonly deck: Deck;
  readonly state: DeckImportState;
}

export function QuestionsStep({ deck, state }: QuestionsStepProps) {
  const { t } = useTranslation('deck');
  const asked = deck.settings.filter(({ reason }) => reason !== 'not-needed');
  const open = asked.filter(({ reason }) => reason === 'open');
  const others = asked.filter(({ reason }) => reason !== 'open');
  const answer = (setting: DeckSettingState['setting'], value: string): void =>
    state.read({ ...deck.layout, answers: { ...deck.layout.answers, [setting]: value } });
  return (
    <Stack>
      {open.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('import.questions.none')}
        </Text>
      ) : (
        <Alert color="orange">{t('import.questions.open', { count: open.length })}</Alert>
      )}
      {[...open, ...others].map((setting) => (
        // What was just chosen stands at once; the service's reading follows.
        <Question
          key={setting.setting}
          state={{ ...setting, value: deck.layout.answers[setting.setting] ?? setting.value }}
          onAnswer={(value) => answer(setting.setting, value)}
        />
      ))}
    </Stack>
  );
}

const COLOR = { answered: 'ledger', layout: 'gray', cells: 'blue', open: 'orange' } as const;
/** Settings that may have another value than those offered. */
const FREE: ReadonlySet<string> = new Set(['price-unit', 'blocks', 'currency']);

interface QuestionProps {
  readonly state: DeckSettingState;
  readonly onAnswer: (value: string) => void;
}

function Question({ state, onAnswer }: QuestionProps) {
  const { t } = useTranslation('deck');
  const { setting, reason, value, choices } = state;
  const label = (
    <Group gap="xs">
      <Text fw={600} size="sm" component="span">
        {t(`setting.${setting}`)}
      </Text>
      {reason !== 'not-needed' && (
        <Badge size="sm" color={COLOR[reason]}>
          {t(`import.questions.reason.${reason}`)}
        </Badge>
      )}
    </Group>
  );
  return (
    <Card withBorder padding="md">
      <Stack gap="sm">
        {choices.length === 0 ? (
          label
        ) : (
          <Radio.Group label={label} value={value ?? ''} onChange={onAnswer}>
            <Stack gap={8} mt={8}>
              {choices.map((choice) => (
                <Radio
                  key={choice.value}
                  value={choice.value}
                  label={t(`answer.${setting}.${choice.value}` as 'answer.last-day.included', {
                    defaultValue: choice.value,
                  })}
                  description={<Samples samples={choice.samples} />}
                />
              ))}
            </Stack>
          </Radio.Group>
        )}
        {FREE.has(setting) && <OtherAnswer key={value} state={state} onAnswer={onAnswer} />}
      </Stack>
    </Card>
  );
}

function Samples({ samples }: { readonly samples: DeckSettingState['choices'][number]['samples'] }) {
  const { t } = useTranslation('deck');
  const exact = useExact();
  const shown = samples.map(({ text, read }) => {
    if (read === '')
      return samples.some((sample) => sample.read !== '') ? `${text} → ${t('import.questions.unreadable')}` : text;
    return `${text} → ${exact(read)}`;
  });
  return <span className="tb-num tb-deck-samples">{shown.join(' · ')}</span>;
}

function OtherAnswer({ state, onAnswer }: QuestionProps) {
  const { t } = useTranslation('deck');
  const isOffered = state.choices.some(({ value }) => value === state.value);
  const [text, setText] = useState(isOffered ? '' : (state.value ?? ''));
  const wanted = state.setting === 'currency' ? text.trim().toUpperCase() : text.trim();
  const isOnly = state.choices.length === 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted !== '' && wanted !== state.value) onAnswer(wanted);
      }}
    >
      <Group align="flex-end" gap="xs">
        <TextInput
          size="xs"
          label={isOnly ? undefined : t('import.questions.other')}
          aria-label={isOnly ? t(`setting.${state.setting}`) : undefined}
          placeholder={state.setting === 'currency' ? 'VND' : undefined}
          value={text}
          maxLength={20}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" size="xs" variant="default" disabled={wanted === '' || wanted === state.value}>
          {t('import.questions.take')}
        </Button>
      </Group>
    </form>
  );
}
