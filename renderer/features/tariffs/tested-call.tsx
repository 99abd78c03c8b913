import { Alert, Divider, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Money as MoneyValue, TestedCall } from '../../../core/api/contract.ts';
import { amountFromDecimal, amountMicro, formatAmount } from '../../../core/model/money.ts';
import { FactList } from '../../components/fact-list.tsx';
import { PriceSteps } from '../../components/price-steps.tsx';
import { Money } from '../../components/values.tsx';
import { formatCount, formatMoney, formatNumber, isZeroMoney } from '../../format.ts';
import { textOr, useLanguage } from '../../language.ts';

interface TestedCallViewProps {
  readonly answer: TestedCall;
  /** The answer beside it, which this one is compared with. */
  readonly against: TestedCall | undefined;
}

export function TestedCallView({ answer, against }: TestedCallViewProps) {
  const { t } = useTranslation(['tariffs', 'app']);
  const language = useLanguage();
  const { version, charge } = answer;
  return (
    <Paper p="md" component="section" aria-label={t(against === undefined ? 'test.first' : 'test.second')}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {version === null ? '–' : t('test.versionOf', { name: version.tariffName, number: version.number })}
        </Text>
        {charge === null ? (
          <Alert color="orange">{t(version === null ? 'test.noTariff' : 'test.unrated')}</Alert>
        ) : (
          <Group align="baseline" gap="md">
            <span className="tb-tested-charge">
              <Money value={charge} />
            </span>
            <Difference charge={charge} other={against?.charge ?? null} />
          </Group>
        )}
        <FactList
          facts={[
            { label: t('test.read'), value: formatNumber(answer.number, answer.band === 'international') },
            {
              label: t('test.destination'),
              value: [answer.destination, t(`app:band.${answer.band}`)].filter((word) => word !== null).join(' · '),
            },
            {
              label: t('test.billed'),
              value: t('test.billedSeconds', { seconds: formatCount(answer.billedSeconds, language) }),
            },
            ...(answer.net === null || answer.tax === null || isZeroMoney(answer.tax)
              ? []
              : [
                  { label: t('test.net'), value: formatMoney(answer.net, language) },
                  { label: t('test.tax'), value: formatMoney(answer.tax, language) },
                ]),
          ]}
        />
        {answer.notes.length > 0 && (
          <Text size="xs" c="dimmed">
            {answer.notes.map((note) => textOr(`numbering:notes.${note}`, {}, note)).join(' · ')}
          </Text>
        )}
        <Divider />
        <Title order={2} size="h3">
          {t('test.steps')}
        </Title>
        <PriceSteps steps={answer.steps} />
      </Stack>
    </Paper>
  );
}

interface DifferenceProps {
  readonly charge: MoneyValue;
  readonly other: MoneyValue | null;
}

function Difference({ charge, other }: DifferenceProps) {
  const { t } = useTranslation('tariffs');
  const language = useLanguage();
  if (other === null || other.currency !== charge.currency) return null;
  const [now, before] = [amountFromDecimal(charge.amount), amountFromDecimal(other.amount)];
  if (now === undefined || before === undefined) return null;
  const amount = formatAmount(amountMicro(now - before));
  const text = formatMoney({ amount, currency: charge.currency }, language);
  return (
    <Text size="sm">
      {t('test.difference')}: <strong className="tb-num">{now > before ? `+${text}` : text}</strong>
    </Text>
  );
}
