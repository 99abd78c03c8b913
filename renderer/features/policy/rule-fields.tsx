import { Group, Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CodePolicy } from '../../../core/api/contract.ts';
import { POLICY_MODES } from '../../../core/model/code-policy.ts';
import { ReachFields } from './reach-fields.tsx';

type Rule = CodePolicy['others'];

interface RuleFieldsProps {
  readonly value: Rule;
  readonly onChange: (rule: Rule) => void;
}

/** Mode 1, mode 2 or none, and what may be called without a code in mode 2. */
export function RuleFields({ value, onChange }: RuleFieldsProps) {
  const { t } = useTranslation('policy');
  return (
    <Stack gap="xs">
      <Radio.Group
        label={t('editor.mode')}
        value={value.mode}
        onChange={(chosen) => {
          const mode = POLICY_MODES.find((one) => one === chosen);
          if (mode !== undefined) onChange({ ...value, mode });
        }}
      >
        <Group gap="lg" mt={6} align="flex-start">
          {POLICY_MODES.map((mode) => (
            <Radio
              key={mode}
              value={mode}
              label={t(`mode.${mode}.title`)}
              description={t(`mode.${mode}.help`)}
              maw={270}
            />
          ))}
        </Group>
      </Radio.Group>
      {value.mode === 'restricted' && (
        <ReachFields
          label={t('reach.label')}
          value={value.withoutCode}
          onChange={(withoutCode) => onChange({ ...value, withoutCode })}
        />
      )}
    </Stack>
  );
}
