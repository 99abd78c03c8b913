/** The settings of one kind of source. */
import { NumberInput, SimpleGrid, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SourceConfig } from '../../../core/api/contract.ts';
import type { FieldErrors } from '../../field-errors.ts';
import { DatabaseFields } from './database-fields.tsx';
import { SftpDropFields } from './drop-fields.tsx';
import type { FieldsProps } from './fields-props.ts';
import { FolderFields, SftpPullFields } from './folder-fields.tsx';
import { Mitel5000Fields, NecLinkFields } from './link-fields.tsx';
import { LoginFields } from './login-fields.tsx';
import { HttpPushFields, UdpListenerFields } from './push-fields.tsx';
import { SerialFields } from './serial-fields.tsx';
import { HostAndPort, ListenFields, SecretField, TextField } from './setting-fields.tsx';
import { numberField } from './source-draft.ts';

interface ConnectionFieldsProps {
  readonly config: SourceConfig;
  readonly errors: FieldErrors;
  readonly onChange: (config: SourceConfig) => void;
}

export function ConnectionFields({ config, errors, onChange }: ConnectionFieldsProps) {
  switch (config.kind) {
    case 'tcp-client':
      return <TcpClientFields config={config} errors={errors} onChange={onChange} />;
    case 'tcp-listener':
      return <TcpListenerFields config={config} errors={errors} onChange={onChange} />;
    case 'serial':
      return <SerialFields config={config} errors={errors} onChange={onChange} />;
    case 'followed-file':
      return <FollowedFileFields config={config} errors={errors} onChange={onChange} />;
    case 'ami':
      return <AmiFields config={config} errors={errors} onChange={onChange} />;
    case 'nec-link':
      return <NecLinkFields config={config} errors={errors} onChange={onChange} />;
    case 'mitel-5000-link':
      return <Mitel5000Fields config={config} errors={errors} onChange={onChange} />;
    case 'http-push':
      return <HttpPushFields config={config} errors={errors} onChange={onChange} />;
    case 'udp-listener':
      return <UdpListenerFields config={config} errors={errors} onChange={onChange} />;
    case 'folder':
      return <FolderFields config={config} errors={errors} onChange={onChange} />;
    case 'sftp-pull':
      return <SftpPullFields config={config} errors={errors} onChange={onChange} />;
    case 'sftp-drop':
      return <SftpDropFields config={config} errors={errors} onChange={onChange} />;
    case 'database':
      return <DatabaseFields config={config} errors={errors} onChange={onChange} />;
    case 'file-import':
      return null;
  }
}

function TcpClientFields(props: FieldsProps<'tcp-client'>) {
  const { t } = useTranslation('sources');
  const { config, errors, onChange } = props;
  return (
    <>
      <HostAndPort
        value={config}
        errors={errors}
        portHelp={t('help.port')}
        onChange={({ host, port }) => onChange({ ...config, host, port })}
      />
      <LoginFields {...props} />
      <NumberInput
        label={t('field.keepAlive')}
        description={t('help.keepAlive')}
        min={0}
        max={3600}
        maw={280}
        value={config.keepAliveSeconds}
        error={errors.at('config.keepAliveSeconds')}
        onChange={(value) => onChange({ ...config, keepAliveSeconds: numberField(value) })}
      />
    </>
  );
}

function TcpListenerFields({ config, errors, onChange }: FieldsProps<'tcp-listener'>) {
  const { t } = useTranslation('sources');
  const { port, bindAddress, allowedHosts } = config;
  return (
    <>
      <ListenFields
        value={{ port, bindAddress, allowedHosts }}
        errors={errors}
        portHelp={t('help.listenPort')}
        onChange={(listening) => onChange({ ...config, ...listening })}
      />
      <NumberInput
        label={t('field.maxConnections')}
        description={t('help.maxConnections')}
        min={1}
        max={64}
        maw={280}
        value={config.maxConnections}
        error={errors.at('config.maxConnections')}
        onChange={(value) => onChange({ ...config, maxConnections: numberField(value) })}
      />
    </>
  );
}

function FollowedFileFields({ config, errors, onChange }: FieldsProps<'followed-file'>) {
  const { t } = useTranslation('sources');
  return (
    <>
      <TextInput
        label={t('field.filePath')}
        description={t('help.filePath')}
        placeholder="/var/log/asterisk/cdr-csv/Master.csv"
        value={config.path}
        error={errors.at('config.path')}
        onChange={(event) => onChange({ ...config, path: event.currentTarget.value })}
      />
      <Switch
        label={t('field.fromStart')}
        description={t('help.fromStart')}
        checked={config.fromStart}
        onChange={(event) => onChange({ ...config, fromStart: event.currentTarget.checked })}
      />
    </>
  );
}

function AmiFields({ config, errors, onChange }: FieldsProps<'ami'>) {
  const { t } = useTranslation('sources');
  return (
    <>
      <HostAndPort
        value={config}
        errors={errors}
        portHelp={t('help.amiPort')}
        onChange={({ host, port }) => onChange({ ...config, host, port })}
      />
      <SimpleGrid cols={2}>
        <TextField
          name="username"
          label={t('field.username')}
          help={t('help.username')}
          value={config.username}
          errors={errors}
          onChange={(username) => onChange({ ...config, username })}
        />
        <SecretField
          name="secret"
          label={t('field.secret')}
          help={t('help.secret')}
          value={config.secret}
          errors={errors}
          onChange={(secret) => onChange({ ...config, secret })}
        />
      </SimpleGrid>
    </>
  );
}
