/** Which format the PBX speaks, and the options of that format with their help. */
import { Alert, Badge, Group, Select, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Format, SourceKind } from '../../../core/api/contract.ts';
import type { FieldErrors } from '../../field-errors.ts';
import { plain } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';
import { OptionField } from './option-field.tsx';
import { transportOf } from './source-draft.ts';

type Options = Readonly<Record<string, string>>;

interface FormatFieldsProps {
  readonly kind: SourceKind;
  readonly formatId: string;
  readonly options: Options;
  readonly errors: FieldErrors;
  readonly onChange: (formatId: string, options: Options) => void;
}

/** What comes this way has a form of its own; any other way can bring any format. */
const BOUND_KINDS: ReadonlySet<SourceKind> = new Set(['ami', 'database', 'nec-link', 'mitel-5000-link']);

function grouped(formats: readonly Format[], kind: SourceKind) {
  const transport = transportOf(kind);
  const fitting = formats.filter((format) => !BOUND_KINDS.has(kind) || format.transports.includes(transport));
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
        </>
      )}
    </>
  );
}
