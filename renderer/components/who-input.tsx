import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { signedInName, useViewer } from '../viewer.ts';

const STORED_AT = 'tollbook.who';
const MAX_LENGTH = 100;

/** Whoever signed in by name is that name; else the name last given in this browser, empty where none was. */
export function rememberedWho(): string {
  return signedInName() || (localStorage.getItem(STORED_AT) ?? '');
}

export function rememberWho(name: string): void {
  localStorage.setItem(STORED_AT, name.trim());
}

interface WhoInputProps {
  readonly value: string;
  readonly onChange: (name: string) => void;
}

/** Who does it: asked for where a name is kept with a change and is not known. Start it with `rememberedWho`. */
export function WhoInput({ value, onChange }: WhoInputProps) {
  const { t } = useTranslation();
  const viewer = useViewer();
  if (viewer.name !== '') return null;
  return (
    <TextInput
      required
      label={t('who.label')}
      description={t('who.text')}
      maxLength={MAX_LENGTH}
      autoComplete="name"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => rememberWho(value)}
    />
  );
}
