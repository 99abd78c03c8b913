/** Fields that several kinds of sources have in common. */
import {
  Input,
  NativeSelect,
  NumberInput,
  PasswordInput,
  SimpleGrid,
  Switch,
  TagsInput,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldErrors } from '../../field-errors.ts';
import { useRead } from '../../query-client.ts';
import { numberField } from './source-draft.ts';

interface FieldProps<V> {
  /** Of the setting, for the error that belongs to it. */
  readonly name: string;
  readonly label: string;
  readonly help?: string;
  readonly value: V;
  readonly errors: FieldErrors;
  readonly onChange: (value: V) => void;
}

export function TextField({
  name,
  label,
  help,
  value,
  errors,
  onChange,
  placeholder,
}: FieldProps<string> & { readonly placeholder?: string }) {
  return (
    <TextInput
      label={label}
      description={help}
      placeholder={placeholder ?? ''}
      autoComplete="off"
      value={value}
      error={errors.at(`config.${name}`)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function useSecretPlace(): string {
  const { t } = useTranslation('sources');
  const system = useRead('getSystem');
  if (system.data === undefined) return '';
  return system.data.secretPlace === 'keychain' ? t('help.secretPlaceKeychain') : t('help.secretPlaceFile');
}

/** Where the key of stored secrets is, for fields that are none of these. */
export function SecretPlace() {
  return (
    <Text size="xs" c="dimmed" mb="xs">
      {useSecretPlace()}
    </Text>
  );
}

/** Comes back masked; says where the key is that it is sealed with. */
export function SecretField(props: FieldProps<string> & { readonly isLong?: boolean }) {
  const place = useSecretPlace();
  const { name, label, help, value, errors, onChange, isLong } = props;
  const common = {
    label,
    description: [help, place].filter(Boolean).join(' '),
    autoComplete: 'off',
    value,
    error: errors.at(`config.${name}`),
  };
  if (isLong !== true) return <PasswordInput {...common} onChange={(event) => onChange(event.currentTarget.value)} />;
  return (
    <Textarea
      {...common}
      rows={3}
      classNames={{ input: 'tb-mono' }}
      spellCheck={false}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface NumberFieldProps extends FieldProps<number> {
  readonly min: number;
  readonly max: number;
}

export function NumberField({ name, label, help, value, errors, onChange, min, max }: NumberFieldProps) {
  return (
    <NumberInput
      label={label}
      description={help}
      min={min}
      max={max}
      hideControls
      value={Number.isNaN(value) ? '' : value}
      error={errors.at(`config.${name}`)}
      onChange={(entered) => onChange(numberField(entered))}
    />
  );
}

interface ChoiceFieldProps<V extends string> extends FieldProps<V> {
  readonly choices: readonly { readonly value: V; readonly label: string }[];
}

export function ChoiceField<V extends string>({
  name,
  label,
  help,
  value,
  errors,
  onChange,
  choices,
}: ChoiceFieldProps<V>) {
  return (
    <NativeSelect
      label={label}
      description={help}
      data={choices.map((choice) => ({ ...choice }))}
      value={value}
      error={errors.at(`config.${name}`)}
      onChange={(event) => {
        const chosen = choices.find((choice) => choice.value === event.currentTarget.value);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    />
  );
}

interface Address {
  readonly host: string;
  readonly port: number;
}

interface HostAndPortProps {
  readonly value: Address;
  readonly errors: FieldErrors;
  readonly hostLabel?: string;
  readonly portHelp: string;
  readonly onChange: (address: Address) => void;
}

export function HostAndPort({ value, errors, hostLabel, portHelp, onChange }: HostAndPortProps) {
  const { t } = useTranslation('sources');
  return (
    <SimpleGrid cols={2}>
      <TextField
        name="host"
        label={hostLabel ?? t('field.host')}
        help={t('help.host')}
        placeholder="192.168.1.10"
        value={value.host}
        errors={errors}
        onChange={(host) => onChange({ ...value, host })}
      />
      <NumberField
        name="port"
        label={t('field.port')}
        help={portHelp}
        min={1}
        max={65535}
        value={value.port}
        errors={errors}
        onChange={(port) => onChange({ ...value, port })}
      />
    </SimpleGrid>
  );
}

interface Listening {
  readonly port: number;
  readonly bindAddress: string;
  readonly allowedHosts: string[];
}

interface ListenFieldsProps {
  readonly value: Listening;
  readonly errors: FieldErrors;
  readonly portHelp: string;
  readonly onChange: (listening: Listening) => void;
}

export function ListenFields({ value, errors, portHelp, onChange }: ListenFieldsProps) {
  const { t } = useTranslation('sources');
  return (
    <>
      <SimpleGrid cols={2}>
        <NumberField
          name="port"
          label={t('field.listenPort')}
          help={portHelp}
          min={1}
          max={65535}
          value={value.port}
          errors={errors}
          onChange={(port) => onChange({ ...value, port })}
        />
        <TextField
          name="bindAddress"
          label={t('field.bindAddress')}
          help={t('help.bindAddress')}
          value={value.bindAddress}
          errors={errors}
          onChange={(bindAddress) => onChange({ ...value, bindAddress })}
        />
      </SimpleGrid>
      <TagsInput
        label={t('field.allowedHosts')}
        description={t('help.allowedHosts')}
        placeholder={value.allowedHosts.length === 0 ? '192.168.1.10' : ''}
        value={value.allowedHosts}
        error={errors.at('config.allowedHosts')}
        onChange={(allowedHosts) => onChange({ ...value, allowedHosts })}
      />
    </>
  );
}

interface FileChoice {
  readonly patterns: string[];
  readonly isRecursive: boolean;
  readonly order: 'name' | 'time';
}

interface FileChoiceFieldsProps {
  readonly value: FileChoice;
  readonly errors: FieldErrors;
  readonly onChange: (choice: FileChoice) => void;
  readonly children?: ReactNode;
}

/** `children`: one more field beside the order. */
export function FileChoiceFields({ value, errors, onChange, children }: FileChoiceFieldsProps) {
  const { t } = useTranslation('sources');
  return (
    <>
      <TagsInput
        label={t('field.patterns')}
        description={t('help.patterns')}
        placeholder={value.patterns.length === 0 ? '*.csv' : ''}
        value={value.patterns}
        error={errors.at('config.patterns')}
        onChange={(patterns) => onChange({ ...value, patterns })}
      />
      <SimpleGrid cols={2}>
        <ChoiceField
          name="order"
          label={t('field.order')}
          choices={(['name', 'time'] as const).map((order) => ({ value: order, label: t(`order.${order}`) }))}
          value={value.order}
          errors={errors}
          onChange={(order) => onChange({ ...value, order })}
        />
        {children}
      </SimpleGrid>
      <Input.Wrapper>
        <Switch
          label={t('field.isRecursive')}
          description={t('help.isRecursive')}
          checked={value.isRecursive}
          onChange={(event) => onChange({ ...value, isRecursive: event.currentTarget.checked })}
        />
      </Input.Wrapper>
    </>
  );
}
