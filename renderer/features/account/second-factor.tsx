/** Setting up the second factor, renewing its recovery codes, ending it. */
import { Button, Code, Group, Modal, PasswordInput, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountPage } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { Section } from '../../components/section.tsx';
import { useFieldErrors } from '../../field-errors.ts';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { QrCode } from './qr-code.tsx';

type Account = NonNullable<AccountPage['account']>;

export function SecondFactor({ account }: { readonly account: Account }) {
  const { t } = useTranslation('access');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [codes, setCodes] = useState<readonly string[]>();
  const forget = (): void => {
    setPassword('');
    setCode('');
  };
  const start = useWrite('startSecondFactor', { showsErrors: true, onDone: forget });
  const gotCodes = ({ recoveryCodes }: { readonly recoveryCodes: readonly string[] }): void => {
    forget();
    start.reset();
    setCodes(recoveryCodes);
  };
  const confirm = useWrite('confirmSecondFactor', { showsErrors: true, refresh: ['getAccount'], onDone: gotCodes });
  const renew = useWrite('renewRecoveryCodes', { showsErrors: true, refresh: ['getAccount'], onDone: gotCodes });
  const remove = useWrite('removeSecondFactor', {
    showsErrors: true,
    refresh: ['getAccount'],
    onDone: () => {
      forget();
      showDone(t('account.factorRemoved'));
    },
  });
  const asked = account.hasSecondFactor ? (remove.error ?? renew.error) : start.error;
  const errors = useFieldErrors(asked, { password });
  const codeErrors = useFieldErrors(confirm.error, { code });
  const body = { password };

  return (
    <Section title={t('account.factorTitle')} text={t('account.factorText')}>
      {account.hasSecondFactor && <Text size="sm">{t('account.factorOn', { count: account.recoveryCodesLeft })}</Text>}
      {start.data === undefined ? (
        <Stack gap="sm" maw={420}>
          <PasswordInput
            label={t('account.present')}
            autoComplete="current-password"
            value={password}
            error={errors.at('password')}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <FormFailure error={asked} />
          <Group>
            {account.hasSecondFactor ? (
              <>
                <Button
                  variant="default"
                  disabled={password === ''}
                  loading={renew.isPending}
                  onClick={() => renew.mutate({ body })}
                >
                  {t('account.renew')}
                </Button>
                <Button
                  variant="default"
                  disabled={password === ''}
                  loading={remove.isPending}
                  onClick={() => remove.mutate({ body })}
                >
                  {t('account.factorRemove')}
                </Button>
              </>
            ) : (
              <Button disabled={password === ''} loading={start.isPending} onClick={() => start.mutate({ body })}>
                {t('account.factorStart')}
              </Button>
            )}
          </Group>
        </Stack>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            confirm.mutate({ body: { code } });
          }}
        >
          <Stack gap="sm" maw={420}>
            <Text size="sm">{t('account.factorScan')}</Text>
            <QrCode text={start.data.address} label={t('account.factorPicture')} />
            <Text size="sm">
              {t('account.factorSecret')} <Code>{start.data.secret.replace(/(.{4})/g, '$1 ').trim()}</Code>
            </Text>
            <TextInput
              required
              label={t('signIn.code')}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={10}
              value={code}
              error={codeErrors.at('code')}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
            <FormFailure error={confirm.error} />
            <Group>
              <Button type="submit" loading={confirm.isPending}>
                {t('account.factorConfirm')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
      <Modal
        opened={codes !== undefined}
        onClose={() => setCodes(undefined)}
        closeOnClickOutside={false}
        title={<Text fw={650}>{t('account.codesTitle')}</Text>}
      >
        <Stack>
          <Text size="sm">{t('account.codesText')}</Text>
          <SimpleGrid cols={2}>
            {codes?.map((one) => (
              <Code key={one} fz="md" ta="center">
                {one}
              </Code>
            ))}
          </SimpleGrid>
          <Group justify="flex-end">
            <Button onClick={() => setCodes(undefined)}>{t('account.codesDone')}</Button>
          </Group>
        </Stack>
      </Modal>
    </Section>
  );
}
