/** One finding: the rule with its values, what to do, and where to go from here. */
import { Anchor, Badge, Button, Group, Paper, Text, Tooltip } from '@mantine/core';
import { IconPhoneCall } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CodeFinding } from '../../../core/api/contract.ts';
import { formatCount, formatShortDay } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { SEVERITY_COLOR } from './severity.ts';

interface FindingCardProps {
  readonly finding: CodeFinding;
  readonly onCalls: () => void;
}

export function FindingCard({ finding, onCalls }: FindingCardProps) {
  const { t } = useTranslation(['codes', 'hygiene']);
  const language = useLanguage();
  return (
    <Paper p="sm" mb="xs" component="article" className="tb-finding" data-severity={finding.severity}>
      <Group gap="xs" mb={4}>
        <Badge color={SEVERITY_COLOR[finding.severity]}>{t(`severity.${finding.severity}`)}</Badge>
        <Text size="sm" fw={600}>
          {t(`hygiene:kind.${finding.kind}`)}
        </Text>
        {finding.isLikely && (
          <Tooltip label={t('likelyHelp')}>
            <Badge color="gray" variant="outline" size="sm">
              {t('likely')}
            </Badge>
          </Tooltip>
        )}
        <Seen finding={finding} />
      </Group>
      <Text size="sm">{finding.text}</Text>
      <Text size="sm" c="dimmed">
        {finding.advice}
      </Text>
      <Group gap="md" mt={6}>
        {finding.callIds.length > 0 && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPhoneCall size={14} stroke={1.6} />}
            onClick={onCalls}
          >
            {t('showCalls', { count: finding.calls, shown: formatCount(finding.calls, language) })}
          </Button>
        )}
        {finding.personId !== null && finding.personName !== null && (
          <Anchor size="sm" component={Link} to={`/people?person=${finding.personId}`}>
            {t('person', { name: finding.personName })}
          </Anchor>
        )}
      </Group>
    </Paper>
  );
}

function Seen({ finding: { firstLocal, lastLocal } }: { readonly finding: CodeFinding }) {
  const { t } = useTranslation('codes');
  if (firstLocal === null || lastLocal === null) return null;
  const [first, last] = [formatShortDay(firstLocal), formatShortDay(lastLocal)];
  return (
    <Text size="xs" c="dimmed" ml="auto" className="tb-num">
      {first === last ? first : t('seen', { first, last })}
    </Text>
  );
}
