/** What the words of a field say about the call. */
import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Field, Word } from './draft.ts';

const SAYINGS = [
  'nothing',
  'outgoing',
  'incoming',
  'missed',
  'internal',
  'transferred',
  'answered',
  'unanswered',
] as const;
type Saying = (typeof SAYINGS)[number];
type Effects = NonNullable<Field['otherwise']>;

function sayingOf(effects: Effects | undefined): Saying {
  if (effects?.transferred === true) return 'transferred';
  if (effects?.direction === 'incoming' && effects.answered === false) return 'missed';
  if (effects?.answered !== undefined) return effects.answered ? 'answered' : 'unanswered';
  const direction = effects?.direction;
  return direction === 'outgoing' || direction === 'incoming' || direction === 'internal' ? direction : 'nothing';
}

function effectsOf(saying: Saying): Effects {
  switch (saying) {
    case 'nothing':
      return {};
    case 'transferred':
      return { transferred: true };
    case 'missed':
      return { direction: 'incoming', answered: false };
    case 'answered':
      return { answered: true };
    case 'unanswered':
      return { answered: false };
    case 'outgoing':
    case 'incoming':
    case 'internal':
      return { direction: saying };
  }
}

function SayingSelect({
  label,
  effects,
  onChange,
}: {
  readonly label: string;
  readonly effects: Effects | undefined;
  readonly onChange: (effects: Effects) => void;
}) {
  const { t } = useTranslation('formats');
  return (
    <Select
      size="xs"
      aria-label={label}
      allowDeselect={false}
      data={SAYINGS.map((saying) => ({ value: saying, label: t(`saying.${saying}`) }))}
      value={sayingOf(effects)}
      onChange={(saying) => onChange(effectsOf(SAYINGS.find((one) => one === saying) ?? 'nothing'))}
      flex={1}
    />
  );
}

interface WordsTableProps {
  readonly field: Field;
  readonly onChange: (field: Field) => void;
}

export function WordsTable({ field, onChange }: WordsTableProps) {
  const { t } = useTranslation('formats');
  const words = field.words ?? [];
  // Words are edited in place; their number is their name.
  const numbered = words.map((word, index) => ({ word, number: index + 1 }));
  const setWords = (next: readonly Word[]): void => {
    const { words: _words, ...rest } = field;
    onChange(next.length === 0 ? (rest as Field) : ({ ...rest, words: [...next] } as Field));
  };
  const setEffects = (key: 'otherwise' | 'whenBlank', effects: Effects): void =>
    onChange({ ...field, [key]: effects } as Field);
  const isNumber = field.means === 'number' || field.means === 'dialled' || field.means === 'caller';
  return (
    <Stack gap={6}>
      <Text size="sm" fw={550}>
        {t('words.title')}
      </Text>
      {numbered.map(({ word, number }) => (
        <Group key={number} gap={6} wrap="nowrap">
          <TextInput
            size="xs"
            aria-label={t('words.word', { number })}
            value={word.text}
            onChange={(event) => {
              const text = event.currentTarget.value;
              setWords(words.map((one, at) => (at === number - 1 ? { ...one, text } : one)));
            }}
            w={110}
          />
          <SayingSelect
            label={t('words.means', { word: word.text })}
            effects={word}
            onChange={(effects) =>
              setWords(
                words.map((one, at) =>
                  at === number - 1 ? { text: one.text, isPrefix: one.isPrefix, ...effects } : one,
                ),
              )
            }
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('words.remove', { word: word.text })}
            onClick={() => setWords(words.filter((_, at) => at !== number - 1))}
          >
            <IconX size={14} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconPlus size={14} />}
        onClick={() => setWords([...words, isNumber ? { text: '?', isPrefix: true } : { text: '?' }])}
        w="fit-content"
      >
        {t('words.add')}
      </Button>
      {isNumber && (
        <Group gap={6} wrap="nowrap">
          <Text size="xs" w={110}>
            {t('words.otherwise')}
          </Text>
          <SayingSelect
            label={t('words.otherwise')}
            effects={field.otherwise}
            onChange={(effects) => setEffects('otherwise', effects)}
          />
        </Group>
      )}
      <Group gap={6} wrap="nowrap">
        <Text size="xs" w={110}>
          {t('words.blank')}
        </Text>
        <SayingSelect
          label={t('words.blank')}
          effects={field.whenBlank}
          onChange={(effects) => setEffects('whenBlank', effects)}
        />
      </Group>
    </Stack>
  );
}
