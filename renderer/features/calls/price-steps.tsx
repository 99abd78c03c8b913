import { List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CallDetail, PriceStep } from '../../../core/api/contract.ts';
import { formatCount } from '../../format.ts';
import { type LanguageCode, textOr, useLanguage } from '../../language.ts';

/** A step that no text is known for still shows its word and figures. */
function bare(step: PriceStep): string {
  const values = Object.entries(step.values).map(([key, value]) => `${key}: ${value}`);
  return [step.kind, ...values].join(' · ');
}

function readable(values: PriceStep['values'], language: LanguageCode): PriceStep['values'] {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      typeof value === 'number' ? formatCount(value, language) : value,
    ]),
  );
}

export function PriceSteps({ call }: { readonly call: CallDetail }) {
  const { t } = useTranslation(['calls', 'app']);
  const language = useLanguage();
  return (
    <>
      {call.rating !== 'rated' && (
        <Text size="sm" c={call.rating === 'unrated' ? 'orange' : 'dimmed'}>
          {t(`app:ratingHelp.${call.rating}`)}
        </Text>
      )}
      {call.priceSteps.length > 0 && (
        <List size="sm" spacing={3} type="ordered">
          {call.priceSteps.map((step) => (
            <List.Item key={`${step.kind}${JSON.stringify(step.values)}`}>
              <span className="tb-wrap">
                {textOr(`rating:step.${step.kind}`, readable(step.values, language), bare(step))}
              </span>
            </List.Item>
          ))}
        </List>
      )}
      {call.pbxCost !== null && (
        <Text size="sm" c="dimmed" mt={4}>
          {t('details.pbxCost', { cost: call.pbxCost })}
        </Text>
      )}
    </>
  );
}
