import { Anchor, Checkbox, PasswordInput, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { FieldErrors } from '../../field-errors.ts';
import type { SendingDraft } from './sending-draft.ts';

interface FieldsProps {
  readonly draft: SendingDraft;
  readonly errors: FieldErrors;
  readonly onChange: (part: Partial<SendingDraft>) => void;
}

export function EmailFields({ draft: { email }, errors, onChange }: FieldsProps) {
  const { t } = useTranslation('alerts');
  return (
    <>
      <Text size="sm">
        {t('sending.mailServer')}{' '}
        <Anchor component={Link} to="/schedules?tab=mail" inherit underline="always">
          {t('sending.mailServerLink')}
        </Anchor>
      </Text>
      <TextInput
        label={t('sending.recipients')}
        description={t('sending.recipientsHelp')}
        value={email.to}
        error={errors.at('email.to') ?? errors.at('email.to.0')}
        onChange={(event) => onChange({ email: { ...email, to: event.currentTarget.value } })}
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
