/** The settings of one kind of source. */
import { NumberInput, PasswordInput, SimpleGrid, Switch, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SourceConfig } from '../../../core/api/contract.ts';
import type { FieldErrors } from '../../field-errors.ts';
import type { FieldsProps } from './fields-props.ts';
import { LoginFields } from './login-fields.tsx';
import { SerialFields } from './serial-fields.tsx';
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
    case 'file-import':
      return null;
  }
}

function HostAndPort({ config, errors, onChange }: FieldsProps<'tcp-client'> | FieldsProps<'ami'>) {
  const { t } = useTranslation('sources');
  const change = onChange as (config: SourceConfig) => void;
  return (
    <SimpleGrid cols={2}>
      <TextInput
        label={t('field.host')}
        description={t('help.host')}
        placeholder="192.168.1.10"
        value={config.host}
        error={errors.at('config.host')}
        onChange={(event) => change({ ...config, host: event.currentTarget.value })}
      />
      <NumberInput
        label={t('field.port')}
        description={t(config.kind === 'ami' ? 'help.amiPort' : 'help.port')}
        min={1}
        max={65535}
        hideControls
        value={Number.isNaN(config.port) ? '' : config.port}
        error={errors.at('config.port')}
        onChange={(value) => change({ ...config, port: numberField(value) })}
      />
    </SimpleGrid>
  );
}

function TcpClientFields(props: FieldsProps<'tcp-client'>) {
  const { t } = useTranslation('sources');
  const { config, errors, onChange } = props;
  return (
    <>
      <HostAndPort {...props} />
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
  return (
    <>
      <SimpleGrid cols={2}>
        <NumberInput
          label={t('field.listenPort')}
          description={t('help.listenPort')}
          min={1}
          max={65535}
          hideControls
          value={Number.isNaN(config.port) ? '' : config.port}
          error={errors.at('config.port')}
          onChange={(value) => onChange({ ...config, port: numberField(value) })}
        />
        <TextInput
          label={t('field.bindAddress')}
          description={t('help.bindAddress')}
          value={config.bindAddress}
          error={errors.at('config.bindAddress')}
          onChange={(event) => onChange({ ...config, bindAddress: event.currentTarget.value })}
        />
      </SimpleGrid>
      <TagsInput
        label={t('field.allowedHosts')}
        description={t('help.allowedHosts')}
        placeholder={config.allowedHosts.length === 0 ? '192.168.1.10' : ''}
        value={[...config.allowedHosts]}
        error={errors.at('config.allowedHosts')}
        onChange={(allowedHosts) => onChange({ ...config, allowedHosts })}
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

function AmiFields(props: FieldsProps<'ami'>) {
  const { t } = useTranslation('sources');
  const { config, errors, onChange } = props;
  return (
    <>
      <HostAndPort {...props} />
      <SimpleGrid cols={2}>
        <TextInput
          label={t('field.username')}
          description={t('help.username')}
          autoComplete="off"
          value={config.username}
          error={errors.at('config.username')}
          onChange={(event) => onChange({ ...config, username: event.currentTarget.value })}
        />
        <PasswordInput
          label={t('field.secret')}
          description={t('help.secret')}
          autoComplete="off"
          value={config.secret}
          error={errors.at('config.secret')}
          onChange={(event) => onChange({ ...config, secret: event.currentTarget.value })}
        />
      </SimpleGrid>
    </>
  );
}
