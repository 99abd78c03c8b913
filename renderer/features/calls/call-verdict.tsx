import { Divider, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CallDetail } from '../../../core/api/contract.ts';
import { usePolicyWords } from '../../components/policy-words.ts';
import { VerdictBadge } from '../../components/verdict-badge.tsx';

/** What the code rules of its day say of the call, and which rule says so. */
export function CallVerdict({ call }: { readonly call: CallDetail }) {
  const { t } = useTranslation('policy');
  const words = usePolicyWords();
  const { verdict, ruling, isVerdictInDoubt } = call;
  if (verdict === null) return null;
  const isAttempt = call.isAnswered === false || (call.isAnswered === null && call.talkSeconds === 0);
  return (
    <>
      <Divider />
      <section>
        <Group gap="xs" mb={6}>
          <Title order={3}>{t('details')}</Title>
          <VerdictBadge verdict={verdict} isInDoubt={isVerdictInDoubt} />
        </Group>
        <Text size="sm">{ruling === null ? t('ruleChanged') : words.ruling(ruling)}</Text>
        {isVerdictInDoubt && <Text size="sm">{t('inDoubt')}</Text>}
        {isAttempt && verdict !== 'obeys' && (
          <Text size="sm" c="dimmed">
            {t('attempt')}
          </Text>
        )}
      </section>
    </>
  );
}
