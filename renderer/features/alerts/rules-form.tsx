/** Thresholds of the rules: each with a switch, a severity and what it is for. */
import {
  Button,
  Group,
  NumberInput,
  Paper,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlertRules } from '../../../core/api/contract.ts';
import { ALERT_KINDS, type AlertKind, SEVERITIES } from '../../../core/model/alert.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { type FieldErrors, useFieldErrors } from '../../field-errors.ts';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';

export function RulesForm({ rules }: { readonly rules: AlertRules }) {
  const { t } = useTranslation(['alerts', 'app']);
  const [draft, setDraft] = useState(rules);
  const save = useWrite('putAlertRules', {
    showsErrors: true,
    refresh: ['getAlertRules'],
    onDone: (saved) => {
      setDraft(saved);
      showDone(t('rules.saved'));
    },
  });
  const errors = useFieldErrors(save.error, draft);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ body: draft });
      }}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('rules.text')}
        </Text>
        {ALERT_KINDS.map((kind) => (
          <Rule
            key={kind}
            kind={kind}
            rule={draft[kind]}
            errors={errors}
            onChange={(part) => setDraft({ ...draft, [kind]: { ...draft[kind], ...part } })}
          />
        ))}
        <FormFailure error={save.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            {t('rules.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type RuleValue = number | string | boolean;

interface RuleProps {
  readonly kind: AlertKind;
  readonly rule: AlertRules[AlertKind];
  readonly errors: FieldErrors;
  readonly onChange: (part: Readonly<Record<string, RuleValue>>) => void;
}

const SHARED: ReadonlySet<string> = new Set(['isOn', 'severity']);
const FRACTIONS: ReadonlySet<string> = new Set([
  'hours',
  'internationalHours',
  'premiumHours',
  'overtimeBefore',
  'overtimeAfter',
  'times',
  'spreads',
]);

/** The fields of a rule are those of its shape; each has a name in the texts. */
type FieldName = Exclude<{ [K in AlertKind]: keyof AlertRules[K] }[AlertKind], 'isOn' | 'severity'>;

function Rule({ kind, rule, errors, onChange }: RuleProps) {
  const { t } = useTranslation('alerts');
  const fields = Object.entries(rule).filter(([name]) => !SHARED.has(name)) as [FieldName, RuleValue][];
  return (
    <Paper p="md" component="section" aria-label={t(`kind.${kind}`)}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Title order={2} size="h3">
            {t(`kind.${kind}`)}
          </Title>
          <Text size="sm" c="dimmed">
            {t(`rules.help.${kind}`)}
          </Text>
        </div>
        <Switch
          label={t('rules.on')}
          aria-label={`${t(`kind.${kind}`)}: ${t('rules.on')}`}
          checked={rule.isOn}
          onChange={(event) => onChange({ isOn: event.currentTarget.checked })}
        />
      </Group>
      {rule.isOn && (
        <SimpleGrid cols={{ base: 2, sm: 4 }} mt="sm" spacing="sm">
          <Select
            label={t('rules.severity')}
            allowDeselect={false}
            data={SEVERITIES.map((value) => ({ value, label: t(`severity.${value}`) }))}
            value={rule.severity}
            onChange={(severity) => severity !== null && onChange({ severity })}
          />
          {fields.map(([name, value]) => (
            <Field
              key={name}
              name={name}
              value={value}
              error={errors.at(`${kind}.${name}`)}
              onChange={(next) => onChange({ [name]: next })}
            />
          ))}
        </SimpleGrid>
      )}
    </Paper>
  );
}

interface FieldProps {
  readonly name: FieldName;
  readonly value: RuleValue;
  readonly error: string | undefined;
  readonly onChange: (value: RuleValue) => void;
}

function Field({ name, value, error, onChange }: FieldProps) {
  const { t } = useTranslation('alerts');
  const label = t(`rules.field.${name}`);
  if (typeof value === 'boolean') {
    return <Switch mt={28} label={label} checked={value} onChange={(event) => onChange(event.currentTarget.checked)} />;
  }
  if (name === 'amount' || name === 'currency') {
    return (
      <TextInput
        label={label}
        value={String(value)}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <NumberInput
      label={label}
      min={0}
      allowDecimal={FRACTIONS.has(name)}
      value={value}
      error={error}
      onChange={onChange}
    />
  );
}
