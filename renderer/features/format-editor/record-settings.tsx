/** How many lines a call prints, and what its first line begins with. */
import { Group, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Definition } from './draft.ts';
import { FIRST_LINES, firstLineOf, firstPattern, withLineCount } from './record-draft.ts';

const LINE_COUNTS = [1, 2, 3, 4, 5, 6] as const;

interface RecordSettingsProps {
  readonly definition: Definition;
  readonly lines: readonly string[];
  readonly onChange: (definition: Definition) => void;
}

export function RecordSettings({ definition, lines, onChange }: RecordSettingsProps) {
  const { t } = useTranslation('formats');
  const { record } = definition;
  const count = record?.kind === 'lines' ? record.count : 1;
  return (
    <Group grow align="flex-end" gap="xs">
      <Select
        size="xs"
        label={t('record.count')}
        allowDeselect={false}
        data={[...new Set([...LINE_COUNTS, count])].map((one) => ({
          value: String(one),
          label: t('record.lines', { count: one }),
        }))}
        value={String(count)}
        onChange={(value) => onChange(withLineCount(definition, Number(value ?? 1), lines))}
      />
      {record?.kind === 'lines' && (
        <FirstLineChoice
          pattern={record.first}
          onChange={(first) => onChange({ ...definition, record: { ...record, first } })}
        />
      )}
    </Group>
  );
}

interface FirstLineChoiceProps {
  readonly pattern: string;
  readonly onChange: (pattern: string) => void;
}

function FirstLineChoice({ pattern, onChange }: FirstLineChoiceProps) {
  const { t } = useTranslation('formats');
  const { kind, word } = firstLineOf(pattern);
  const kinds = kind === 'pattern' ? ([...FIRST_LINES, 'pattern'] as const) : FIRST_LINES;
  return (
    <>
      <Select
        size="xs"
        label={t('record.first')}
        allowDeselect={false}
        data={kinds.map((one) => ({ value: one, label: t(`first.${one}`) }))}
        value={kind}
        onChange={(value) => {
          const chosen = FIRST_LINES.find((one) => one === value);
          if (chosen !== undefined) onChange(firstPattern(chosen, word));
        }}
      />
      {kind === 'word' && (
        <TextInput
          size="xs"
          label={t('record.word')}
          value={word}
          classNames={{ input: 'tb-mono' }}
          onChange={(event) => onChange(firstPattern('word', event.currentTarget.value))}
        />
      )}
    </>
  );
}
