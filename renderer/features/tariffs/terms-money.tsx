import { Select, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ROUNDINGS, TAX_POINTS } from '../../../core/rating/tariff.ts';
import { Section } from '../../components/section.tsx';
import { DecimalInput } from './decimal-input.tsx';
import type { TermsPartProps } from './terms-part.ts';

const OF_CURRENCY = 'currency';
const DECIMALS = ['0', '1', '2', '3', '4', '5', '6'];

export function MoneyTerms({ terms, isReadOnly, errorAt, set }: TermsPartProps) {
  const { t } = useTranslation('tariffs');
  const percent = (key: 'taxPercent' | 'markupPercent' | 'surchargePercent') => ({
    value: String(terms[key] ?? ''),
    error: errorAt(key),
    readOnly: isReadOnly,
    onChange: (value: string) => set({ [key]: value === '' ? undefined : value }),
  });
  return (
    <Section title={t('terms.money')}>
      <SimpleGrid cols={{ base: 2, sm: 4 }}>
        <TextInput
          label={t('terms.currency')}
          maxLength={3}
          readOnly={isReadOnly}
          value={terms.currency}
          error={errorAt('currency')}
          onChange={(event) => set({ currency: event.currentTarget.value.toUpperCase() })}
        />
        <Select
          label={t('terms.decimals')}
          allowDeselect={false}
          readOnly={isReadOnly}
          data={[{ value: OF_CURRENCY, label: t('terms.decimalsOfCurrency') }, ...DECIMALS]}
          value={terms.decimals === undefined ? OF_CURRENCY : String(terms.decimals)}
          onChange={(value) => set({ decimals: value === null || value === OF_CURRENCY ? undefined : Number(value) })}
        />
        <Select
          label={t('terms.rounding')}
          allowDeselect={false}
          readOnly={isReadOnly}
          data={ROUNDINGS.map((value) => ({ value, label: t(`terms.roundings.${value}`) }))}
          value={terms.rounding ?? 'half-up'}
          onChange={(value) => set({ rounding: ROUNDINGS.find((known) => known === value) })}
        />
        <Select
          label={t('terms.durationRounding')}
          allowDeselect={false}
          readOnly={isReadOnly}
          data={[
            { value: 'up', label: t('terms.durationUp') },
            { value: 'nearest', label: t('terms.durationNearest') },
          ]}
          value={terms.durationRounding ?? 'up'}
          onChange={(value) => set({ durationRounding: value === 'nearest' ? value : undefined })}
        />
        <DecimalInput label={t('terms.tax')} {...percent('taxPercent')} />
        <Select
          label={t('terms.taxHow')}
          allowDeselect={false}
          readOnly={isReadOnly}
          data={[
            { value: 'included', label: t('terms.taxIncluded') },
            { value: 'on-top', label: t('terms.taxOnTop') },
          ]}
          value={terms.pricesIncludeTax === true ? 'included' : 'on-top'}
          onChange={(value) => set({ pricesIncludeTax: value === 'included' ? true : undefined })}
        />
        <Select
          label={t('terms.taxPoint')}
          allowDeselect={false}
          readOnly={isReadOnly}
          data={TAX_POINTS.map((value) => ({ value, label: t(`terms.taxPoints.${value}`) }))}
          value={terms.taxPoint ?? 'call'}
          onChange={(value) => set({ taxPoint: value === 'total' ? value : undefined })}
        />
        <span />
        <DecimalInput label={t('terms.markup')} description={t('terms.markupHelp')} {...percent('markupPercent')} />
        <DecimalInput
          label={t('terms.surcharge')}
          description={t('terms.surchargeHelp')}
          {...percent('surchargePercent')}
        />
      </SimpleGrid>
    </Section>
  );
}
