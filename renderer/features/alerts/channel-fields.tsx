import { Checkbox, NumberInput, PasswordInput, Select, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FieldErrors } from '../../field-errors.ts';
import type { SendingDraft } from './sending-draft.ts';

interface FieldsProps {
  readonly draft: SendingDraft;
  readonly errors: FieldErrors;
  readonly onChange: (part: Partial<SendingDraft>) => void;
}

const SECURITIES = ['starttls', 'tls', 'none'] as const;

export function EmailFields({ draft: { email }, errors, onChange }: FieldsProps) {
  const { t } = useTranslation('alerts');
  const set = (part: Partial<SendingDraft['email']>): void => onChange({ email: { ...email, ...part } });
  const text = (name: 'host' | 'user') => ({
    label: t(`sending.${name}`),
    value: email[name],
    error: errors.at(`email.${name}`),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      set({ [name]: event.currentTarget.value }),
  });
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <TextInput {...text('host')} />
        <NumberInput
          label={t('sending.port')}
          min={1}
          max={65535}
          value={email.port}
          error={errors.at('email.port')}
          onChange={(port) => typeof port === 'number' && set({ port })}
        />
        <Select
          label={t('sending.security')}
          allowDeselect={false}
          data={SECURITIES.map((value) => ({ value, label: t(`sending.securityKind.${value}`) }))}
          value={email.security}
          onChange={(value) => set({ security: SECURITIES.find((known) => known === value) ?? 'starttls' })}
        />
        <TextInput {...text('user')} autoComplete="off" />
        <PasswordInput
          label={t('sending.password')}
          autoComplete="new-password"
          placeholder={email.hasPassword ? t('sending.stored') : ''}
          value={email.password}
          onChange={(event) => set({ password: event.currentTarget.value })}
        />
        <TextInput
          label={t('sending.sender')}
          value={email.from}
          error={errors.at('email.from')}
          onChange={(event) => set({ from: event.currentTarget.value })}
        />
      </SimpleGrid>
      <TextInput
        label={t('sending.recipients')}
        description={t('sending.recipientsHelp')}
        value={email.to}
        error={errors.at('email.to') ?? errors.at('email.to.0')}
        onChange={(event) => set({ to: event.currentTarget.value })}
      />
      <Textarea
        label={t('sending.certificate')}
        description={t('sending.certificateHelp')}
        autosize
        maxRows={6}
        value={email.certificate}
        onChange={(event) => set({ certificate: event.currentTarget.value })}
      />
    </>
  );
}

export function WebhookFields({ draft: { webhook }, errors, onChange }: FieldsProps) {
  const { t } = useTranslation('alerts');
  const set = (part: Partial<SendingDraft['webhook']>): void => onChange({ webhook: { ...webhook, ...part } });
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('sending.url')}
          description={t('sending.urlHelp')}
          value={webhook.url}
          error={errors.at('webhook.url')}
          onChange={(event) => set({ url: event.currentTarget.value })}
        />
        <PasswordInput
          label={t('sending.secret')}
          description={t('sending.secretHelp')}
          autoComplete="new-password"
          placeholder={webhook.hasSecret ? t('sending.stored') : ''}
          value={webhook.secret}
          onChange={(event) => set({ secret: event.currentTarget.value })}
        />
      </SimpleGrid>
      <Checkbox
        label={t('sending.allowsMetadataAddresses')}
        description={t('sending.allowsHelp')}
        checked={webhook.allowsMetadataAddresses}
        onChange={(event) => set({ allowsMetadataAddresses: event.currentTarget.checked })}
      />
    </>
  );
}
