/** One option of a format, with its help. An empty value means the format's usual one. */
import { NativeSelect, NumberInput, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { FormatOptionInfo } from '../../../core/api/contract.ts';
import { textOr, useLanguage } from '../../language.ts';

export type FormatOption = z.infer<typeof FormatOptionInfo>;

interface OptionFieldProps {
  readonly option: FormatOption;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
}

export function OptionField({ option, value, error, onChange }: OptionFieldProps) {
  const { t } = useTranslation('sources');
  const language = useLanguage();
  const label = textOr(`sources:option.${option.name}`, {}, option.name);
  const description = option.help[language];
  const choiceText = (choice: string): string => textOr(`sources:optionChoice.${option.name}.${choice}`, {}, choice);
  const usual = option.default === undefined ? t('usualUnknown') : t('usual', { value: choiceText(option.default) });
  switch (option.kind) {
    case 'choice':
      return (
        <NativeSelect
          label={label}
          description={description}
          error={error}
          value={value}
          data={[
            { value: '', label: usual },
            ...(option.choices ?? []).map((choice) => ({
              value: choice,
              label: choiceText(choice),
            })),
          ]}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'boolean':
      return (
        <Switch
          label={label}
          description={description}
          error={error}
          checked={(value === '' ? option.default : value) === 'true'}
          onChange={(event) => onChange(String(event.currentTarget.checked))}
        />
      );
    case 'number':
      return (
        <NumberInput
          label={label}
          description={description}
          error={error}
          placeholder={usual}
          value={value === '' ? '' : Number(value)}
          onChange={(next) => onChange(String(next))}
        />
      );
    case 'text':
      return (
        <TextInput
          label={label}
          description={description}
          error={error}
          placeholder={usual}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}
