/** What the marked stretch means, and the details of that meaning. */
import { Button, Checkbox, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { type Definition, type Field, fieldOf, MEANING_GROUPS, type OfferedMeaning, type Place } from './draft.ts';
import { WordsTable } from './words-table.tsx';

const DURATION_FORMS = [
  'clock',
  'clock-3',
  'clock-2',
  'hours-minutes',
  'digits',
  'units',
  'hours',
  'seconds',
  'milliseconds',
  'tenths',
  'minutes',
] as const;
const DATE_ORDERS = ['DMY', 'MDY', 'YMD', 'YDM', 'DM', 'MD'] as const;
const MOMENTS = ['start', 'answer', 'end'] as const;
const EPOCHS = ['printed', 'epoch', 'epoch-ms'] as const;

interface FieldPanelProps {
  readonly at: Place;
  readonly field: Field | undefined;
  /** Different texts at the place, most frequent first. */
  readonly values: readonly string[];
  readonly defaults: Definition['defaults'];
  readonly meaningRef: Ref<HTMLInputElement>;
  readonly onChange: (field: Field) => void;
  readonly onDefaults: (defaults: Definition['defaults']) => void;
  readonly onRemove: () => void;
}

export function FieldPanel({
  at,
  field,
  values,
  defaults,
  meaningRef,
  onChange,
  onDefaults,
  onRemove,
}: FieldPanelProps) {
  const { t } = useTranslation('formats');
  const meanings = MEANING_GROUPS.flatMap((group) => group.meanings as readonly OfferedMeaning[]);
  const hasWords =
    field !== undefined && ['direction', 'condition', 'number', 'dialled', 'caller'].includes(field.means);
  return (
    <Stack gap="sm">
      <Text size="xs" c="dimmed" className="tb-wrap">
        {placeWords(at, t)} {values.length > 0 && t('field.examples', { values: values.slice(0, 4).join('  ') })}
      </Text>
      <Select
        ref={meaningRef}
        label={t('field.meaning')}
        placeholder={t('field.choose')}
        searchable
        allowDeselect={false}
        maxDropdownHeight={380}
        data={MEANING_GROUPS.map((group) => ({
          group: t(`group.${group.name}`),
          items: group.meanings.map((means) => ({ value: means, label: t(`meaning.${means}`) })),
        }))}
        value={field?.means ?? null}
        onChange={(means) => {
          const chosen = meanings.find((one) => one === means);
          if (chosen !== undefined) onChange(fieldOf(chosen, at, values));
        }}
      />
      {field !== undefined && (
        <>
          <MeaningDetails field={field} defaults={defaults} onChange={onChange} onDefaults={onDefaults} />
          {hasWords && <WordsTable field={field} onChange={onChange} />}
          <Cleaning field={field} onChange={onChange} />
          <Group justify="flex-end">
            <Button
              size="compact-sm"
              variant="subtle"
              color="red"
              leftSection={<IconTrash size={14} />}
              onClick={onRemove}
            >
              {t('field.remove')}
            </Button>
          </Group>
        </>
      )}
    </Stack>
  );
}

type Words = ReturnType<typeof useTranslation<'formats'>>['t'];

function placeWords(at: Place, t: Words): string {
  if ('start' in at && (at.line ?? 1) > 1) {
    return t('field.lineColumns', { line: at.line, from: at.start, to: at.start + at.width - 1 });
  }
  if ('start' in at) return t('field.columns', { from: at.start, to: at.start + at.width - 1 });
  return 'cell' in at ? t('field.cell', { cell: at.cell }) : t('field.group', { group: at.group });
}

interface DetailsProps {
  readonly field: Field;
  readonly defaults: Definition['defaults'];
  readonly onChange: (field: Field) => void;
  readonly onDefaults: (defaults: Definition['defaults']) => void;
}

function MeaningDetails({ field, defaults, onChange, onDefaults }: DetailsProps) {
  const { t } = useTranslation('formats');
  const dateOrder = (
    <Select
      label={t('field.dateOrder')}
      allowDeselect={false}
      data={DATE_ORDERS.map((order) => ({ value: order, label: t(`dateOrder.${order}`) }))}
      value={defaults.dateOrder ?? 'DMY'}
      onChange={(value) => {
        const order = DATE_ORDERS.find((one) => one === value);
        if (order !== undefined) onDefaults({ ...defaults, dateOrder: order });
      }}
    />
  );
  switch (field.means) {
    case 'date':
      return dateOrder;
    case 'time':
      return <MomentDetails field={field} defaults={defaults} onChange={onChange} onDefaults={onDefaults} />;
    case 'dateTime':
      return (
        <>
          <Select
            label={t('field.form')}
            allowDeselect={false}
            data={EPOCHS.map((form) => ({ value: form, label: t(`epoch.${form}`) }))}
            value={field.form ?? 'printed'}
            onChange={(value) => {
              const form = EPOCHS.find((one) => one === value);
              if (form === undefined) return;
              onChange({ ...field, form });
              if (form !== 'printed') onDefaults({ ...defaults, timeZone: 'UTC' });
            }}
          />
          {(field.form ?? 'printed') === 'printed' && dateOrder}
          <MomentDetails field={field} defaults={defaults} onChange={onChange} onDefaults={onDefaults} />
        </>
      );
    case 'talk':
    case 'ring':
    case 'hold':
    case 'park':
      return (
        <Select
          label={t('field.form')}
          allowDeselect={false}
          data={DURATION_FORMS.map((form) => ({ value: form, label: t(`duration.${form}`) }))}
          value={field.form}
          onChange={(value) => {
            const form = DURATION_FORMS.find((one) => one === value);
            if (form !== undefined) onChange({ ...field, form });
          }}
        />
      );
    case 'extra':
      return (
        <TextInput
          label={t('field.name')}
          value={field.name}
          onChange={(event) => onChange({ ...field, name: event.currentTarget.value })}
        />
      );
    default:
      return null;
  }
}

/** A line may print two times; then each says which moment it is. */
function MomentDetails({ field, defaults, onChange, onDefaults }: DetailsProps) {
  const { t } = useTranslation('formats');
  if (field.means !== 'time' && field.means !== 'dateTime') return null;
  return (
    <>
      <Select
        label={t('field.timeIs')}
        allowDeselect={false}
        data={MOMENTS.map((one) => ({ value: one, label: t(`moment.${one}`) }))}
        value={field.of === undefined || field.of === 'arrival' ? (defaults.timeIs ?? 'start') : field.of}
        onChange={(value) => {
          const chosen = MOMENTS.find((one) => one === value);
          if (chosen === undefined) return;
          if (field.of === undefined) onDefaults({ ...defaults, timeIs: chosen });
          else onChange({ ...field, of: chosen });
        }}
      />
      <Checkbox
        size="xs"
        label={t('field.hasTwoTimes')}
        checked={field.of !== undefined}
        onChange={(event) => {
          const { of: _of, ...rest } = field;
          onChange(event.currentTarget.checked ? { ...rest, of: defaults.timeIs ?? 'start' } : rest);
        }}
      />
    </>
  );
}

/** Texts that only fill or precede the value. */
function Cleaning({ field, onChange }: { readonly field: Field; readonly onChange: (field: Field) => void }) {
  const { t } = useTranslation('formats');
  const isRequired = field.isRequired ?? ['date', 'time', 'dateTime'].includes(field.means);
  return (
    <>
      <Group grow>
        <TextInput
          size="xs"
          label={t('field.cut')}
          value={field.cut?.join(' ') ?? ''}
          onChange={(event) => {
            const texts = event.currentTarget.value.split(' ').filter((text) => text !== '');
            const { cut: _cut, ...rest } = field;
            onChange((texts.length === 0 ? rest : { ...rest, cut: texts }) as Field);
          }}
        />
        <TextInput
          size="xs"
          label={t('field.pad')}
          value={field.pad ?? ''}
          onChange={(event) => {
            const pad = event.currentTarget.value;
            const { pad: _pad, ...rest } = field;
            onChange((pad === '' ? rest : { ...rest, pad }) as Field);
          }}
        />
      </Group>
      <Checkbox
        size="xs"
        label={t('field.isRequired')}
        checked={isRequired}
        onChange={(event) => onChange({ ...field, isRequired: event.currentTarget.checked })}
      />
    </>
  );
}
