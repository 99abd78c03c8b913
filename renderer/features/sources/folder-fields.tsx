/** Files that lie somewhere: in a folder here, or on an SFTP server. */
import { SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FieldsProps } from './fields-props.ts';
import { ChoiceField, FileChoiceFields, HostAndPort, NumberField, SecretField, TextField } from './setting-fields.tsx';

export function FolderFields({ config, errors, onChange }: FieldsProps<'folder'>) {
  const { t } = useTranslation('sources');
  const { patterns, isRecursive, order } = config;
  return (
    <>
      <TextField
        name="path"
        label={t('field.folderPath')}
        help={t('help.folderPath')}
        placeholder="/srv/pbx/cdr"
        value={config.path}
        errors={errors}
        onChange={(path) => onChange({ ...config, path })}
      />
      <FileChoiceFields
        value={{ patterns, isRecursive, order }}
        errors={errors}
        onChange={(choice) => onChange({ ...config, ...choice })}
      >
        <NumberField
          name="stableSeconds"
          label={t('field.stableSeconds')}
          help={t('help.stableSeconds')}
          min={0}
          max={3600}
          value={config.stableSeconds}
          errors={errors}
          onChange={(stableSeconds) => onChange({ ...config, stableSeconds })}
        />
      </FileChoiceFields>
      <SimpleGrid cols={2}>
        <ChoiceField
          name="afterwards"
          label={t('field.afterwards')}
          help={t('help.afterwards')}
          choices={(['remember', 'move'] as const).map((value) => ({ value, label: t(`afterwards.${value}`) }))}
          value={config.afterwards}
          errors={errors}
          onChange={(afterwards) => onChange({ ...config, afterwards })}
        />
        {config.afterwards === 'move' && (
          <TextField
            name="doneFolder"
            label={t('field.doneFolder')}
            help={t('help.doneFolder')}
            value={config.doneFolder}
            errors={errors}
            onChange={(doneFolder) => onChange({ ...config, doneFolder })}
          />
        )}
      </SimpleGrid>
    </>
  );
}

export function SftpPullFields({ config, errors, onChange }: FieldsProps<'sftp-pull'>) {
  const { t } = useTranslation('sources');
  const { patterns, isRecursive, order } = config;
  return (
    <>
      <HostAndPort
        value={config}
        errors={errors}
        hostLabel={t('field.server')}
        portHelp={t('help.sftpPort')}
        onChange={({ host, port }) => onChange({ ...config, host, port })}
      />
      <SimpleGrid cols={2}>
        <TextField
          name="username"
          label={t('field.username')}
          value={config.username}
          errors={errors}
          onChange={(username) => onChange({ ...config, username })}
        />
        <SecretField
          name="password"
          label={t('field.password')}
          help={t('help.sftpAuth')}
          value={config.password}
          errors={errors}
          onChange={(password) => onChange({ ...config, password })}
        />
      </SimpleGrid>
      <SecretField
        name="privateKey"
        label={t('field.privateKey')}
        help={t('help.privateKey')}
        isLong
        value={config.privateKey}
        errors={errors}
        onChange={(privateKey) => onChange({ ...config, privateKey })}
      />
      {config.privateKey !== '' && (
        <SecretField
          name="passphrase"
          label={t('field.passphrase')}
          value={config.passphrase}
          errors={errors}
          onChange={(passphrase) => onChange({ ...config, passphrase })}
        />
      )}
      <TextField
        name="hostKey"
        label={t('field.hostKey')}
        help={t('help.hostKey')}
        placeholder="SHA256:"
        value={config.hostKey}
        errors={errors}
        onChange={(hostKey) => onChange({ ...config, hostKey })}
      />
      <TextField
        name="path"
        label={t('field.remotePath')}
        help={t('help.remotePath')}
        value={config.path}
        errors={errors}
        onChange={(path) => onChange({ ...config, path })}
      />
      <FileChoiceFields
        value={{ patterns, isRecursive, order }}
        errors={errors}
        onChange={(choice) => onChange({ ...config, ...choice })}
      >
        <NumberField
          name="pollSeconds"
          label={t('field.pollSeconds')}
          help={t('help.sftpPoll')}
          min={5}
          max={86_400}
          value={config.pollSeconds}
          errors={errors}
          onChange={(pollSeconds) => onChange({ ...config, pollSeconds })}
        />
      </FileChoiceFields>
    </>
  );
}
