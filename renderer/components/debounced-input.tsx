import { CloseButton, TextInput, type TextInputProps } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface DebouncedInputProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  readonly value: string;
  readonly onSettled: (value: string) => void;
}

const SETTLED_MS = 300;

/** A text field that tells its value when the typing pauses. */
export function DebouncedInput({ value, onSettled, ...props }: DebouncedInputProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  const tell = useDebouncedCallback(onSettled, SETTLED_MS);
  if (known !== value) {
    setKnown(value);
    setTyped(value);
  }
  const change = (next: string): void => {
    setTyped(next);
    tell(next.trim());
  };
  return (
    <TextInput
      {...props}
      value={typed}
      onChange={(event) => change(event.currentTarget.value)}
      rightSection={
        typed === '' ? null : <CloseButton size="xs" aria-label={t('action.clear')} onClick={() => change('')} />
      }
    />
  );
}
