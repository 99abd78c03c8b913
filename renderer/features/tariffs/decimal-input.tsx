import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../language.ts';
import { readDecimal, typedDecimal } from './decimal-text.ts';

interface DecimalInputProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  /** Stored decimal; empty for none. */
  readonly value: string;
  readonly onChange: (stored: string) => void;
}

/** A decimal in the reader's writing. What cannot be read is marked, and not taken. */
export function DecimalInput({ value, onChange, error, ...props }: DecimalInputProps) {
  const { t } = useTranslation('tariffs');
  const language = useLanguage();
  const [typed, setTyped] = useState(() => typedDecimal(value, language));
  const read = typed.trim() === '' ? '' : readDecimal(typed, language);
  // Taken from elsewhere (undo, another language): what was typed no longer says it.
  const isStale = read !== undefined && read !== value;
  const shown = isStale ? typedDecimal(value, language) : typed;
  const message =
    read === undefined
      ? t('rate.error.decimal', {
          sign: language === 'vi' ? ',' : '.',
          example: language === 'vi' ? '1.234,5' : '1,234.5',
        })
      : undefined;
  return (
    <TextInput
      {...props}
      inputMode="decimal"
      value={shown}
      error={message ?? error}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        const stored = text.trim() === '' ? '' : readDecimal(text, language);
        if (stored !== undefined) onChange(stored);
      }}
    />
  );
}
