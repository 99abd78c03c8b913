/** How lines are cut, what holds for all of them, and which lines are no calls. */
import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  NumberInput,
  SegmentedControl,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import {
  addShape,
  changeShape,
  type Definition,
  removeDateLine,
  removeRecognition,
  removeShape,
  removeSkip,
  replaceShape,
  type SkipRule,
  shapeOfKind,
} from './draft.ts';

const SEPARATORS = [',', ';', '\t', '|', 'blanks'] as const;
const ENCODINGS = ['utf-8', 'latin1', 'cp866', 'windows-1251', 'windows-1258', 'gbk'] as const;
const DATE_ORDERS = ['DMY', 'MDY', 'YMD', 'YDM', 'DM', 'MD'] as const;
const DIRECTIONS = ['told', 'outgoing', 'incoming'] as const;

interface ShapeSettingsProps {
  readonly definition: Definition;
  readonly shapeIndex: number;
  readonly onShape: (index: number) => void;
  readonly onChange: (definition: Definition) => void;
}

export function ShapeSettings({ definition, shapeIndex, onShape, onChange }: ShapeSettingsProps) {
  const { t } = useTranslation('formats');
  const shape = definition.layouts[shapeIndex];
  if (shape === undefined) return null;
  const always = shape.always?.direction;
  return (
    <Stack gap="sm">
      <Shapes definition={definition} shapeIndex={shapeIndex} onShape={onShape} onChange={onChange} />
      <div>
        <Text size="sm" fw={550} mb={4} id="shape-kind">
          {t('shape.kind')}
        </Text>
        <SegmentedControl
          size="xs"
          fullWidth
          aria-labelledby="shape-kind"
          data={(['columns', 'separated', 'pattern'] as const).map((kind) => ({
            value: kind,
            label: t(`kind.${kind}`),
          }))}
          value={shape.kind}
          onChange={(kind) => {
            const chosen = (['columns', 'separated', 'pattern'] as const).find((one) => one === kind);
            if (chosen !== undefined) onChange(replaceShape(definition, shapeIndex, shapeOfKind(chosen, ',')));
          }}
        />
      </div>
      {shape.kind === 'separated' && (
        <Group grow align="flex-end">
          <Select
            size="xs"
            label={t('shape.separator')}
            allowDeselect={false}
            data={SEPARATORS.map((separator, index) => ({ value: separator, label: t(`separator.${index as 0}`) }))}
            value={shape.separator}
            onChange={(separator) => onChange(changeShape(definition, shapeIndex, { separator: separator ?? ',' }))}
          />
          <Checkbox
            size="xs"
            label={t('shape.isQuoted')}
            checked={shape.isQuoted === true}
            onChange={(event) =>
              onChange(changeShape(definition, shapeIndex, { isQuoted: event.currentTarget.checked }))
            }
          />
        </Group>
      )}
      {shape.kind === 'pattern' && (
        <TextInput
          size="xs"
          label={t('shape.pattern')}
          description={t('shape.patternHelp')}
          value={shape.pattern}
          classNames={{ input: 'tb-mono' }}
          onChange={(event) => onChange(changeShape(definition, shapeIndex, { pattern: event.currentTarget.value }))}
        />
      )}
      <Select
        size="xs"
        label={t('shape.direction')}
        allowDeselect={false}
        data={DIRECTIONS.map((direction) => ({ value: direction, label: t(`always.${direction}`) }))}
        value={always === 'outgoing' || always === 'incoming' ? always : 'told'}
        onChange={(direction) => {
          const fixed = direction === 'outgoing' || direction === 'incoming' ? ({ direction } as const) : undefined;
          const { always: _always, ...rest } = shape;
          onChange(replaceShape(definition, shapeIndex, fixed === undefined ? rest : { ...rest, always: fixed }));
        }}
      />
      {definition.dateLines !== undefined && definition.dateLines.length > 0 && (
        <Select
          size="xs"
          label={t('field.dateOrder')}
          allowDeselect={false}
          data={DATE_ORDERS.map((order) => ({ value: order, label: t(`dateOrder.${order}`) }))}
          value={definition.defaults.dateOrder ?? 'DMY'}
          onChange={(value) => {
            const order = DATE_ORDERS.find((one) => one === value);
            if (order !== undefined) {
              onChange({ ...definition, defaults: { ...definition.defaults, dateOrder: order } });
            }
          }}
        />
      )}
      <Select
        size="xs"
        label={t('shape.encoding')}
        allowDeselect={false}
        data={[...ENCODINGS]}
        value={definition.defaults.encoding ?? 'latin1'}
        onChange={(encoding) =>
          onChange({ ...definition, defaults: { ...definition.defaults, encoding: encoding ?? 'latin1' } })
        }
      />
      {shape.kind !== 'pattern' && (
        <Checkbox
          size="xs"
          label={t('shape.isLeftoverAllowed')}
          checked={shape.isLeftoverAllowed === true}
          onChange={(event) =>
            onChange(changeShape(definition, shapeIndex, { isLeftoverAllowed: event.currentTarget.checked }))
          }
        />
      )}
      <Checkbox
        size="xs"
        label={t('shape.isTalkFromTimes')}
        checked={shape.isTalkFromTimes === true}
        onChange={(event) =>
          onChange(changeShape(definition, shapeIndex, { isTalkFromTimes: event.currentTarget.checked }))
        }
      />
      <Checkbox
        size="xs"
        label={t('shape.isContinuation')}
        disabled={shapeIndex === 0}
        checked={shape.isContinuation === true}
        onChange={(event) =>
          onChange(changeShape(definition, shapeIndex, { isContinuation: event.currentTarget.checked }))
        }
      />
      {shape.fields.some(({ means }) => means === 'from' || means === 'to') && (
        <NumberInput
          size="xs"
          label={t('shape.longestExtension')}
          description={t('shape.longestExtensionHelp')}
          min={1}
          max={12}
          value={shape.longestExtension ?? ''}
          onChange={(value) => {
            const { longestExtension: _longest, ...rest } = shape;
            const next = typeof value === 'number' ? { ...rest, longestExtension: value } : rest;
            onChange(replaceShape(definition, shapeIndex, next));
          }}
        />
      )}
      <Recognitions definition={definition} shapeIndex={shapeIndex} onChange={onChange} />
      <SkipRules definition={definition} onChange={onChange} />
    </Stack>
  );
}

/** Which shape of line is being described. */
export function ShapeChoice({ definition, shapeIndex, onShape }: Omit<ShapeSettingsProps, 'onChange'>) {
  const { t } = useTranslation('formats');
  // A shape has no name of its own; its number is one.
  const numbers = definition.layouts.map((_, index) => index + 1);
  return (
    <Group gap={6}>
      {numbers.map((number) => (
        <Button
          key={number}
          size="compact-xs"
          variant={number === shapeIndex + 1 ? 'filled' : 'default'}
          aria-pressed={number === shapeIndex + 1}
          onClick={() => onShape(number - 1)}
        >
          {t('shape.number', { number })}
        </Button>
      ))}
    </Group>
  );
}

function Shapes(props: ShapeSettingsProps) {
  const { definition, shapeIndex, onShape, onChange } = props;
  const { t } = useTranslation('formats');
  return (
    <Group gap={6}>
      <ShapeChoice definition={definition} shapeIndex={shapeIndex} onShape={onShape} />
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconPlus size={13} />}
        onClick={() => {
          onChange(addShape(definition, shapeOfKind(definition.layouts[0]?.kind ?? 'columns', ',')));
          onShape(definition.layouts.length);
        }}
      >
        {t('shape.add')}
      </Button>
      {definition.layouts.length > 1 && (
        <Button
          size="compact-xs"
          variant="subtle"
          color="red"
          onClick={() => {
            onChange(removeShape(definition, shapeIndex));
            onShape(0);
          }}
        >
          {t('shape.remove')}
        </Button>
      )}
    </Group>
  );
}

/** Texts by which lines of this shape are told from others. */
function Recognitions({ definition, shapeIndex, onChange }: Omit<ShapeSettingsProps, 'onShape'>) {
  const { t } = useTranslation('formats');
  const when = definition.layouts[shapeIndex]?.when ?? [];
  if (when.length === 0) return null;
  return (
    <div>
      <Text size="sm" fw={550}>
        {t('recognition.title')}
      </Text>
      {when.map(({ at, is, isNot }, index) => {
        const place =
          'start' in at ? `${at.start}–${at.start + at.width - 1}` : 'cell' in at ? `#${at.cell}` : at.group;
        const text = [...(is ?? []), ...(isNot ?? [])].map((one) => `“${one}”`).join(' ');
        const words = t(is === undefined ? 'recognition.isNot' : 'recognition.is', { place, text });
        return (
          <Group key={words} gap={4} wrap="nowrap">
            <Text size="xs" c="dimmed" flex={1}>
              {words}
            </Text>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={t('recognition.remove', { words })}
              onClick={() => onChange(removeRecognition(definition, shapeIndex, index))}
            >
              <IconX size={13} />
            </ActionIcon>
          </Group>
        );
      })}
    </div>
  );
}

function ruleWords(rule: SkipRule): string {
  if ('like' in rule) return rule.like.trim();
  if ('startsWith' in rule) return `${rule.startsWith} …`;
  return 'contains' in rule ? `… ${rule.contains} …` : rule.pattern;
}

function SkipRules({
  definition,
  onChange,
}: {
  readonly definition: Definition;
  readonly onChange: (definition: Definition) => void;
}) {
  const { t } = useTranslation('formats');
  const rules = definition.skip ?? [];
  const dateLines = definition.dateLines ?? [];
  if (rules.length + dateLines.length === 0) return null;
  return (
    <div>
      <Text size="sm" fw={550}>
        {t('skip.title')}
      </Text>
      {dateLines.map((line, index) => {
        const text = 'like' in line ? line.like.trim() : line.pattern;
        return (
          <Group key={text} gap={4} wrap="nowrap">
            <Text size="xs" c="dimmed" truncate className="tb-mono" flex={1}>
              {text}
            </Text>
            <Text size="xs" c="dimmed">
              {t('dateLine.mark')}
            </Text>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={t('skip.remove', { line: text })}
              onClick={() => onChange(removeDateLine(definition, index))}
            >
              <IconX size={13} />
            </ActionIcon>
          </Group>
        );
      })}
      {rules.map((rule, index) => (
        <Group key={ruleWords(rule)} gap={4} wrap="nowrap">
          <Text size="xs" c="dimmed" truncate className="tb-mono" flex={1}>
            {ruleWords(rule)}
          </Text>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t('skip.remove', { line: ruleWords(rule) })}
            onClick={() => onChange(removeSkip(definition, index))}
          >
            <IconX size={13} />
          </ActionIcon>
        </Group>
      ))}
    </div>
  );
}
