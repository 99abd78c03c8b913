/** Which format the PBX speaks, and the options of that format with their help. */
import {
  Alert,
  Badge,
  Group,
  NativeSelect,
  NumberInput,
  Select,
  SimpleGrid,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Format, FormatOptionInfo, SourceKind } from '../../../core/api/contract.ts';
import type { FieldErrors } from '../../field-errors.ts';
import { plain } from '../../format.ts';
import { textOr, useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';
import { transportOf } from './source-draft.ts';

type Option = z.infer<typeof FormatOptionInfo>;
type Options = Readonly<Record<string, string>>;

interface FormatFieldsProps {
  readonly kind: SourceKind;
  readonly formatId: string;
  readonly options: Options;
  readonly errors: FieldErrors;
  readonly onChange: (formatId: string, options: Options) => void;
}

function grouped(formats: readonly Format[], kind: SourceKind) {
  const transport = transportOf(kind);
  const fitting = formats.filter((format) => kind !== 'ami' || format.transports.includes(transport));
  const vendors = [...new Set(fitting.map((format) => format.vendor))].sort((a, b) => a.localeCompare(b));
  return vendors.map((vendor) => ({
    group: vendor,
    items: fitting
      .filter((format) => format.vendor === vendor)
      .map((format) => ({ value: format.id, label: format.title })),
  }));
}

export function FormatFields({ kind, formatId, options, errors, onChange }: FormatFieldsProps) {
  const { t } = useTranslation('sources');
  const language = useLanguage();
  const formats = useRead('listFormats', undefined, { staleTime: Number.POSITIVE_INFINITY });
  const format = formats.data?.find((candidate) => candidate.id === formatId);
  const setOption = (name: string, value: string): void => {
    const next = { ...options, [name]: value };
    if (value === '') delete next[name];
    onChange(formatId, next);
  };
  return (
    <>
      <Select
        label={t('field.format')}
        description={t('help.format')}
        searchable
        allowDeselect={false}
        maxDropdownHeight={340}
        data={grouped(formats.data ?? [], kind)}
        filter={({ options: items, search }) => {
          const wanted = plain(search);
          return items.flatMap((item) =>
            'group' in item
              ? [{ ...item, items: item.items.filter((one) => plain(`${item.group} ${one.label}`).includes(wanted)) }]
              : [],
          );
        }}
        value={formatId === '' ? null : formatId}
        error={errors.at('formatId')}
        onChange={(id) => onChange(id ?? '', {})}
      />
      {format !== undefined && (
        <>
          <Group gap={6}>
            <Badge
              color={format.confidence === 'proved' ? 'ledger' : format.confidence === 'documented' ? 'blue' : 'yellow'}
            >
              {t(`confidence.${format.confidence}`)}
            </Badge>
            <Text size="xs" c="dimmed">
              {t(`confidenceHelp.${format.confidence}`)}
            </Text>
          </Group>
          {format.models.length > 0 && (
            <Text size="sm" c="dimmed">
              {t('models', { models: format.models.join(', ') })}
            </Text>
          )}
          {format.unsure !== null && <Alert color="yellow">{format.unsure[language]}</Alert>}
          {format.options.length > 0 && (
            <SimpleGrid cols={2}>
              {format.options.map((option) => (
                <OptionField
                  key={option.name}
                  option={option}
                  value={options[option.name] ?? ''}
                  error={errors.at(`formatOptions.${option.name}`)}
                  onChange={(value) => setOption(option.name, value)}
                />
              ))}
            </SimpleGrid>
          )}
        </>
      )}
    </>
  );
}

interface OptionFieldProps {
  readonly option: Option;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
}

export function OptionField({ option, value, error, onChange }: OptionFieldProps) {
  const { t } = useTranslation('sources');
  const language = useLanguage();
  const label = textOr(`sources:option.${option.name}`, {}, option.name);
  const description = option.help[language];
  const usual = option.default === undefined ? t('usualUnknown') : t('usual', { value: option.default });
  switch (option.kind) {
    case 'choice':
      return (
        <NativeSelect
          label={label}
          description={description}
          error={error}
          value={value}
          data={[
            { value: '', label: usual },
            ...(option.choices ?? []).map((choice) => ({
              value: choice,
              label: textOr(`sources:optionChoice.${option.name}.${choice}`, {}, choice),
            })),
          ]}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'boolean':
      return (
        <Switch
          label={label}
          description={description}
          error={error}
          checked={(value === '' ? option.default : value) === 'true'}
          onChange={(event) => onChange(String(event.currentTarget.checked))}
        />
      );
    case 'number':
      return (
        <NumberInput
          label={label}
          description={description}
          error={error}
          placeholder={usual}
          value={value === '' ? '' : Number(value)}
          onChange={(next) => onChange(String(next))}
        />
      );
    case 'text':
      return (
        <TextInput
          label={label}
          description={description}
          error={error}
          placeholder={usual}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}
