/** The SFTP server that a PBX uploads to. */
import { SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FieldsProps } from './fields-props.ts';
import { ListenFields, NumberField, SecretField, TextField } from './setting-fields.tsx';

export function SftpDropFields({ config, errors, onChange }: FieldsProps<'sftp-drop'>) {
  const { t } = useTranslation('sources');
  const { port, bindAddress, allowedHosts } = config;
  return (
    <>
      <ListenFields
        value={{ port, bindAddress, allowedHosts }}
        errors={errors}
        portHelp={t('help.dropPort')}
        onChange={(listening) => onChange({ ...config, ...listening })}
      />
      <SimpleGrid cols={2}>
        <TextField
          name="username"
          label={t('field.username')}
          help={t('help.dropUser')}
          value={config.username}
          errors={errors}
          onChange={(username) => onChange({ ...config, username })}
        />
        <SecretField
          name="password"
          label={t('field.password')}
          help={t('help.dropPassword')}
          value={config.password}
          errors={errors}
          onChange={(password) => onChange({ ...config, password })}
        />
      </SimpleGrid>
      <TextField
        name="publicKey"
        label={t('field.publicKey')}
        help={t('help.publicKey')}
        placeholder="ssh-ed25519 AAAA…"
        value={config.publicKey}
        errors={errors}
        onChange={(publicKey) => onChange({ ...config, publicKey })}
      />
      <NumberField
        name="maxFileMib"
        label={t('field.maxFile')}
        help={t('help.maxFile')}
        min={1}
        max={4096}
        value={config.maxFileMib}
        errors={errors}
        onChange={(maxFileMib) => onChange({ ...config, maxFileMib })}
      />
    </>
  );
}
