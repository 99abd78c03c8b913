/** The login dialogue of a PBX: wait for a text, send one. */
import { ActionIcon, Button, Group, Input, PasswordInput, Switch, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { LoginStep } from '../../../core/api/contract.ts';
import type { FieldsProps } from './fields-props.ts';
import { SecretPlace } from './setting-fields.tsx';
import { PANASONIC_LOGIN } from './source-draft.ts';

type Step = z.infer<typeof LoginStep>;

export function LoginFields({ config, errors, onChange }: FieldsProps<'tcp-client'>) {
  const { t } = useTranslation(['sources', 'app']);
  const setStep = (index: number, part: Partial<Step>): void =>
    onChange({ ...config, login: config.login.map((step, at) => (at === index ? { ...step, ...part } : step)) });
  return (
    <Input.Wrapper
      label={t('field.login')}
      description={t('help.login')}
      inputWrapperOrder={['label', 'description', 'input', 'error']}
    >
      <Group gap="xs" my={6}>
        <Button
          size="compact-sm"
          variant="light"
          onClick={() =>
            onChange({ ...config, login: [...PANASONIC_LOGIN.login], loginRejected: PANASONIC_LOGIN.loginRejected })
          }
        >
          {t('loginPreset.panasonic')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => onChange({ ...config, login: [...config.login, { expect: '', send: '', isSecret: false }] })}
        >
          {t('loginPreset.addStep')}
        </Button>
      </Group>
      {config.login.map((step, index) => {
        const Send = step.isSecret ? PasswordInput : TextInput;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity but their place
          <Group key={index} gap="xs" wrap="nowrap" align="flex-start" mb={6}>
            <Text size="sm" c="dimmed" w={18} pt={8} className="tb-num">
              {index + 1}.
            </Text>
            <TextInput
              flex={1}
              aria-label={t('field.expect')}
              leftSection={<Text size="xs">{t('field.expect')}</Text>}
              leftSectionWidth={76}
              value={step.expect}
              error={errors.at(`config.login.${index}.expect`)}
              onChange={(event) => setStep(index, { expect: event.currentTarget.value })}
            />
            <Send
              flex={1}
              aria-label={t('field.send')}
              leftSection={<Text size="xs">{t('field.send')}</Text>}
              leftSectionWidth={56}
              autoComplete="off"
              value={step.send}
              error={errors.at(`config.login.${index}.send`)}
              onChange={(event) => setStep(index, { send: event.currentTarget.value })}
            />
            <Switch
              mt={7}
              label={t('field.isSecret')}
              checked={step.isSecret}
              onChange={(event) => setStep(index, { isSecret: event.currentTarget.checked })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              mt={3}
              aria-label={t('app:action.remove')}
              onClick={() => onChange({ ...config, login: config.login.filter((_, at) => at !== index) })}
            >
              <IconTrash size={16} stroke={1.6} />
            </ActionIcon>
          </Group>
        );
      })}
      {config.login.some((step) => step.isSecret) && <SecretPlace />}
      {config.login.length > 0 && (
        <TextInput
          label={t('field.loginRejected')}
          description={t('help.loginRejected')}
          value={config.loginRejected}
          error={errors.at('config.loginRejected')}
          onChange={(event) => onChange({ ...config, loginRejected: event.currentTarget.value })}
        />
      )}
    </Input.Wrapper>
  );
}
