/** Where alerts are sent besides the screen, each way with a test message. */
import { Alert, Button, Checkbox, Group, Select, Stack, Text } from '@mantine/core';
import { TimePicker } from '@mantine/dates';
import { IconSend } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlertDelivery } from '../../../core/api/contract.ts';
import { SEVERITIES } from '../../../core/model/alert.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { Section } from '../../components/section.tsx';
import { useFieldErrors } from '../../field-errors.ts';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { BrowserNotifications } from './browser-notifications.tsx';
import { EmailFields, WebhookFields } from './channel-fields.tsx';
import { type SendingDraft, sendingDraftOf, sendingInputOf } from './sending-draft.ts';

const LANGUAGES = ['vi', 'en'] as const;

export function SendingForm({ delivery }: { readonly delivery: AlertDelivery }) {
  const { t } = useTranslation(['alerts', 'app']);
  const [draft, setDraft] = useState<SendingDraft>(() => sendingDraftOf(delivery));
  const save = useWrite('putAlertDelivery', {
    showsErrors: true,
    refresh: ['getAlertDelivery'],
    onDone: (saved) => {
      setDraft(sendingDraftOf(saved));
      showDone(t('sending.saved'));
    },
  });
  const input = sendingInputOf(draft);
  const errors = useFieldErrors(save.error, input);
  const set = (part: Partial<SendingDraft>): void => setDraft({ ...draft, ...part });
  const quiet = (part: Partial<SendingDraft['quiet']>): void => set({ quiet: { ...draft.quiet, ...part } });

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ body: input });
      }}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('sending.text')}
        </Text>
        <Section title={t('sending.general')}>
          <Group align="flex-end" gap="lg">
            <Select
              label={t('sending.language')}
              allowDeselect={false}
              data={LANGUAGES.map((value) => ({ value, label: t(`sending.languages.${value}`) }))}
              value={draft.language}
              onChange={(value) => set({ language: value === 'en' ? 'en' : 'vi' })}
            />
            <Checkbox
              mb={8}
              label={t('sending.masksNumbers')}
              checked={draft.masksNumbers}
              onChange={(event) => set({ masksNumbers: event.currentTarget.checked })}
            />
          </Group>
        </Section>
        <Section title={t('sending.quiet')} text={t('sending.quietHelp')}>
          <Group align="flex-end" gap="lg">
            <Checkbox
              mb={8}
              label={t('rules.on')}
              checked={draft.quiet.isOn}
              onChange={(event) => quiet({ isOn: event.currentTarget.checked })}
            />
            <TimePicker
              format="24h"
              label={t('sending.from')}
              value={draft.quiet.from}
              error={errors.at('quiet.from')}
              onChange={(from) => quiet({ from })}
            />
            <TimePicker
              format="24h"
              label={t('sending.to')}
              value={draft.quiet.to}
              error={errors.at('quiet.to')}
              onChange={(to) => quiet({ to })}
            />
            <Checkbox
              mb={8}
              label={t('sending.letsCriticalThrough')}
              checked={draft.quiet.letsCriticalThrough}
              onChange={(event) => quiet({ letsCriticalThrough: event.currentTarget.checked })}
            />
          </Group>
        </Section>
        <Channel name="desktop" draft={draft} onChange={set}>
          <Text size="sm">{t('sending.desktopHelp')}</Text>
          <BrowserNotifications />
        </Channel>
        <Channel name="email" draft={draft} onChange={set}>
          <EmailFields draft={draft} errors={errors} onChange={set} />
        </Channel>
        <Channel name="webhook" draft={draft} onChange={set}>
          <WebhookFields draft={draft} errors={errors} onChange={set} />
        </Channel>
        <FormFailure error={save.error} unshown={['email.isOn']} />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            {t('sending.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface ChannelProps {
  readonly name: 'desktop' | 'email' | 'webhook';
  readonly draft: SendingDraft;
  readonly onChange: (part: Partial<SendingDraft>) => void;
  readonly children: ReactNode;
}

function Channel({ name, draft, onChange, children }: ChannelProps) {
  const { t } = useTranslation('alerts');
  const test = useWrite('testAlertDelivery');
  const channel = draft[name];
  const set = (part: Partial<typeof channel>): void => onChange({ [name]: { ...channel, ...part } });
  return (
    <Section title={t(`channel.${name}`)}>
      <Group align="flex-end" gap="lg">
        <Checkbox
          mb={8}
          label={t('sending.isOn')}
          aria-label={`${t(`channel.${name}`)}: ${t('sending.isOn')}`}
          checked={channel.isOn}
          onChange={(event) => set({ isOn: event.currentTarget.checked })}
        />
        <Select
          label={t('sending.least')}
          allowDeselect={false}
          data={SEVERITIES.map((value) => ({ value, label: t(`severity.${value}`) }))}
          value={channel.least}
          onChange={(value) => set({ least: SEVERITIES.find((known) => known === value) ?? 'warning' })}
        />
      </Group>
      {children}
      <Group>
        <Button
          variant="default"
          aria-label={`${t(`channel.${name}`)}: ${t('sending.test')}`}
          leftSection={<IconSend size={16} stroke={1.6} />}
          loading={test.isPending}
          onClick={() => test.mutate({ body: { channel: name, settings: sendingInputOf(draft) } })}
        >
          {t('sending.test')}
        </Button>
      </Group>
      {test.data !== undefined && (
        <Alert color={test.data.isSent ? 'ledger' : 'red'} role="status">
          {test.data.isSent ? `${t('action.done')} ${test.data.text}` : test.data.text}
        </Alert>
      )}
    </Section>
  );
}
