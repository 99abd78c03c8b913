/** The mail server, with a test that says in words what failed. */
import {
  Alert,
  Button,
  Group,
  NumberInput,
  PasswordInput,
  Select,
  SimpleGrid,
  Skeleton,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mail, MailInput } from '../../../core/api/contract.ts';
import { MAIL_LOGINS, MAIL_SECURITIES } from '../../../core/model/mail.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { Section } from '../../components/section.tsx';
import { type FieldErrors, useFieldErrors } from '../../field-errors.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';

/** Secrets that are stored are not known here: an untouched one stays. */
interface MailDraft extends Mail {
  readonly password: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

const draftOf = (mail: Mail): MailDraft => ({ ...mail, password: '', clientSecret: '', refreshToken: '' });
const secretOf = (text: string): string | null => (text === '' ? null : text);

function inputOf({
  hasPassword: _,
  hasClientSecret: __,
  hasRefreshToken: ___,
  isSetUp: ____,
  ...draft
}: MailDraft): MailInput {
  return {
    ...draft,
    password: secretOf(draft.password),
    clientSecret: secretOf(draft.clientSecret),
    refreshToken: secretOf(draft.refreshToken),
  };
}

export function MailForm() {
  const mail = useRead('getMail', undefined, { staleTime: 0 });
  return mail.data === undefined ? <Skeleton height={360} /> : <Form mail={mail.data} />;
}

function Form({ mail }: { readonly mail: Mail }) {
  const { t } = useTranslation('schedules');
  const [draft, setDraft] = useState<MailDraft>(() => draftOf(mail));
  const save = useWrite('putMail', {
    showsErrors: true,
    refresh: ['getMail', 'listSchedules', 'listStatements'],
    onDone: (saved) => {
      setDraft(draftOf(saved));
      showDone(t('mail.saved'));
    },
  });
  const input = inputOf(draft);
  const errors = useFieldErrors(save.error, input);
  const set = (part: Partial<MailDraft>): void => setDraft({ ...draft, ...part });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ body: input });
      }}
    >
      <Stack gap="sm" maw={900}>
        <Section title={t('tab.mail')} text={t('mail.text')}>
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <Plain name="host" draft={draft} errors={errors} onChange={set} />
            <NumberInput
              label={t('mail.port')}
              min={1}
              max={65_535}
              value={draft.port}
              error={errors.at('port')}
              onChange={(port) => typeof port === 'number' && set({ port })}
            />
            <Select
              label={t('mail.security')}
              allowDeselect={false}
              data={MAIL_SECURITIES.map((value) => ({ value, label: t(`mail.securityKind.${value}`) }))}
              value={draft.security}
              onChange={(value) => set({ security: MAIL_SECURITIES.find((known) => known === value) ?? 'starttls' })}
            />
            <TextInput
              label={t('mail.sender')}
              value={draft.from}
              error={errors.at('from')}
              onChange={(event) => set({ from: event.currentTarget.value })}
            />
            <Plain name="replyTo" draft={draft} errors={errors} onChange={set} />
          </SimpleGrid>
          <Login draft={draft} errors={errors} onChange={set} />
          <Textarea
            label={t('mail.certificate')}
            description={t('mail.certificateHelp')}
            autosize
            maxRows={6}
            value={draft.certificate}
            onChange={(event) => set({ certificate: event.currentTarget.value })}
          />
          <FormFailure error={save.error} />
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending}>
              {t('mail.save')}
            </Button>
          </Group>
        </Section>
        <MailTester draft={draft} />
      </Stack>
    </form>
  );
}

interface FieldsProps {
  readonly draft: MailDraft;
  readonly errors: FieldErrors;
  readonly onChange: (part: Partial<MailDraft>) => void;
}

interface PlainProps extends FieldsProps {
  readonly name: 'host' | 'user' | 'clientId' | 'tokenUrl' | 'replyTo';
}

const HELP = { replyTo: 'mail.replyToHelp', tokenUrl: 'mail.tokenUrlHelp' } as const;

function Plain({ name, draft, errors, onChange }: PlainProps) {
  const { t } = useTranslation('schedules');
  return (
    <TextInput
      label={t(`mail.${name}`)}
      {...(name === 'replyTo' || name === 'tokenUrl' ? { description: t(HELP[name]) } : {})}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      autoComplete="off"
      value={draft[name]}
      error={errors.at(name)}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
    />
  );
}

const IS_STORED = {
  password: 'hasPassword',
  clientSecret: 'hasClientSecret',
  refreshToken: 'hasRefreshToken',
} as const;

function Secret({ name, draft, onChange }: Omit<FieldsProps, 'errors'> & { readonly name: keyof typeof IS_STORED }) {
  const { t } = useTranslation('schedules');
  return (
    <PasswordInput
      label={t(`mail.${name}`)}
      autoComplete="new-password"
      placeholder={draft[IS_STORED[name]] ? t('mail.stored') : ''}
      value={draft[name]}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
    />
  );
}

function Login(props: FieldsProps) {
  const { t } = useTranslation('schedules');
  const { draft, onChange } = props;
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <Select
          label={t('mail.login')}
          allowDeselect={false}
          data={MAIL_LOGINS.map((value) => ({ value, label: t(`mail.loginKind.${value}`) }))}
          value={draft.login}
          onChange={(value) => onChange({ login: MAIL_LOGINS.find((known) => known === value) ?? 'password' })}
        />
        {draft.login !== 'none' && <Plain {...props} name="user" />}
        {draft.login === 'password' && <Secret {...props} name="password" />}
      </SimpleGrid>
      {draft.login === 'oauth2' && (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Plain {...props} name="clientId" />
          <Secret {...props} name="clientSecret" />
          <Secret {...props} name="refreshToken" />
          <Plain {...props} name="tokenUrl" />
        </SimpleGrid>
      )}
      {draft.login !== 'none' && (
        <Text size="xs" c="dimmed">
          {t('mail.sealed')}
        </Text>
      )}
    </>
  );
}

function MailTester({ draft }: { readonly draft: MailDraft }) {
  const { t } = useTranslation('schedules');
  const [to, setTo] = useState('');
  const test = useWrite('testMail', { showsErrors: true });
  return (
    <Section title={t('mail.test')}>
      <Group align="flex-end">
        <TextInput
          label={t('mail.testTo')}
          type="email"
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button
          variant="default"
          leftSection={<IconSend size={16} stroke={1.6} />}
          loading={test.isPending}
          disabled={to.trim() === ''}
          onClick={() => test.mutate({ body: { settings: inputOf(draft), to } })}
        >
          {t('mail.test')}
        </Button>
      </Group>
      {test.data !== undefined && (
        <Alert color={test.data.isSent ? 'ledger' : 'red'} role="status">
          {test.data.text}
        </Alert>
      )}
      <FormFailure error={test.error} unshown={['settings', 'to']} />
    </Section>
  );
}
