/** Code rules in sentences. */
import { List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CodePolicy } from '../../../core/api/contract.ts';
import { usePolicyWords } from '../../components/policy-words.ts';
import { spanText } from './policy-draft.ts';

export function PolicySummary({ policy }: { readonly policy: CodePolicy }) {
  const { t } = useTranslation('policy');
  const words = usePolicyWords();
  const { exceptions, groups, others, rights } = policy;
  const ruleText = ({ mode, withoutCode }: CodePolicy['others']): string =>
    mode === 'restricted'
      ? `${t(`mode.${mode}.title`)}. ${t('summary.free', { reach: words.reach(withoutCode) })}`
      : t(`mode.${mode}.title`);
  const excepted = [
    ...(exceptions.emergency ? [t('summary.exceptEmergency')] : []),
    ...(exceptions.free ? [t('summary.exceptFree')] : []),
  ];
  return (
    <List size="sm" spacing={3} mt={6}>
      {groups.map((group) => (
        <List.Item key={group.name}>
          <Text span fw={600} size="sm">
            {group.name}
          </Text>
          {group.extensions.length > 0 && ` (${group.extensions.map(spanText).join(', ')})`}: {ruleText(group)}
        </List.Item>
      ))}
      <List.Item>
        <Text span fw={600} size="sm">
          {t('summary.others')}
        </Text>
        : {ruleText(others)}
      </List.Item>
      <List.Item>
        {t('summary.exceptions', { list: excepted.length === 0 ? t('summary.exceptNothing') : excepted.join(', ') })}
      </List.Item>
      {rights.length === 0 && <List.Item>{t('summary.noRights')}</List.Item>}
      {rights.map((right) => (
        <List.Item key={right.id}>
          <Text span fw={600} size="sm">
            {right.name}
          </Text>
          : {right.hours.map((hours) => `${words.reach(hours)}, ${words.hours(hours)}`).join('; ')}
        </List.Item>
      ))}
    </List>
  );
}
