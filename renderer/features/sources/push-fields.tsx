/** Senders without a lasting connection: web requests and datagrams. */
import { SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FieldsProps } from './fields-props.ts';
import { ChoiceField, ListenFields, NumberField, SecretField, TextField } from './setting-fields.tsx';

const AUTHS = ['none', 'basic', 'bearer', 'path'] as const;

export function HttpPushFields({ config, errors, onChange }: FieldsProps<'http-push'>) {
  const { t } = useTranslation('sources');
  const { port, bindAddress, allowedHosts } = config;
  return (
    <>
      <ListenFields
        value={{ port, bindAddress, allowedHosts }}
        errors={errors}
        portHelp={t('help.httpPort')}
        onChange={(listening) => onChange({ ...config, ...listening })}
      />
      <SimpleGrid cols={2}>
        <TextField
          name="path"
          label={t('field.webPath')}
          help={t('help.webPath')}
          placeholder="/cdr"
          value={config.path}
          errors={errors}
          onChange={(path) => onChange({ ...config, path })}
        />
        <NumberField
          name="maxBodyKib"
          label={t('field.maxBody')}
          help={t('help.maxBody')}
          min={1}
          max={4096}
          value={config.maxBodyKib}
          errors={errors}
          onChange={(maxBodyKib) => onChange({ ...config, maxBodyKib })}
        />
      </SimpleGrid>
      <ChoiceField
        name="auth"
        label={t('field.auth')}
        help={t('help.auth')}
        choices={AUTHS.map((value) => ({ value, label: t(`auth.${value}`) }))}
        value={config.auth}
        errors={errors}
        onChange={(auth) => onChange({ ...config, auth })}
      />
      {config.auth !== 'none' && (
        <SimpleGrid cols={config.auth === 'basic' ? 2 : 1}>
          {config.auth === 'basic' && (
            <TextField
              name="username"
              label={t('field.username')}
              value={config.username}
              errors={errors}
              onChange={(username) => onChange({ ...config, username })}
            />
          )}
          <SecretField
            name="secret"
            label={t(config.auth === 'basic' ? 'field.password' : 'field.token')}
            help={t('help.token')}
            value={config.secret}
            errors={errors}
            onChange={(secret) => onChange({ ...config, secret })}
          />
        </SimpleGrid>
      )}
      <SimpleGrid cols={2}>
        <TextField
          name="certificatePath"
          label={t('field.certificatePath')}
          help={t('help.certificatePath')}
          value={config.certificatePath}
          errors={errors}
          onChange={(certificatePath) => onChange({ ...config, certificatePath })}
        />
        <TextField
          name="keyPath"
          label={t('field.keyPath')}
          help={t('help.keyPath')}
          value={config.keyPath}
          errors={errors}
          onChange={(keyPath) => onChange({ ...config, keyPath })}
        />
      </SimpleGrid>
    </>
  );
}

export function UdpListenerFields({ config, errors, onChange }: FieldsProps<'udp-listener'>) {
  const { t } = useTranslation('sources');
  const { port, bindAddress, allowedHosts } = config;
  return (
    <ListenFields
      value={{ port, bindAddress, allowedHosts }}
      errors={errors}
      portHelp={t('help.udpPort')}
      onChange={(listening) => onChange({ ...config, ...listening })}
    />
  );
}
