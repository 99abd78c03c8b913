import { NumberInput, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TariffTerms } from '../../../core/api/contract.ts';
import { VOLUME_METHODS } from '../../../core/rating/tariff.ts';
import { Section } from '../../components/section.tsx';
import { DecimalInput } from './decimal-input.tsx';
import { Lines } from './lines.tsx';
import type { TermsPartProps } from './terms-part.ts';
import { WordsInput } from './words-input.tsx';

type Bundle = NonNullable<TariffTerms['bundles']>[number];

const orNone = (words: readonly string[]): readonly string[] | undefined => (words.length === 0 ? undefined : words);

export function BundleTerms({ terms, isReadOnly, errorAt, set }: TermsPartProps) {
  const { t } = useTranslation('tariffs');
  return (
    <Section title={t('terms.bundles')} text={t('terms.bundlesText')}>
      <Lines<Bundle>
        items={terms.bundles ?? []}
        isReadOnly={isReadOnly}
        addLabel={t('terms.addBundle')}
        newItem={{ name: '', secondsPerMonth: 6000 }}
        removeLabel={({ name }) => t('terms.removeBundle', { name })}
        onChange={(bundles) => set({ bundles: bundles.length === 0 ? undefined : bundles })}
      >
        {(bundle, change, at) => {
          const givesMoney = bundle.moneyPerMonth !== undefined;
          return (
            <>
              <TextInput
                label={t('terms.bundleName')}
                w={150}
                readOnly={isReadOnly}
                value={bundle.name}
                error={errorAt(`bundles[${at}].name`) ?? errorAt(`bundles[${at}]`)}
                onChange={(event) => change({ name: event.currentTarget.value })}
              />
              <WordsInput
                label={t('terms.bundlePrefixes')}
                flex={1}
                readOnly={isReadOnly}
                words={bundle.prefixes ?? []}
                onWords={(prefixes) => change({ prefixes: orNone(prefixes) })}
              />
              <WordsInput
                label={t('terms.bundleCategories')}
                flex={1}
                readOnly={isReadOnly}
                words={bundle.categories ?? []}
                onWords={(categories) => change({ categories: orNone(categories) })}
              />
              <Select
                label={t('terms.bundleGives')}
                w={170}
                allowDeselect={false}
                readOnly={isReadOnly}
                data={[
                  { value: 'seconds', label: t('terms.bundleSeconds') },
                  { value: 'money', label: t('terms.bundleMoney') },
                ]}
                value={givesMoney ? 'money' : 'seconds'}
                onChange={(value) =>
                  change(
                    value === 'money'
                      ? { secondsPerMonth: undefined, secondsPerCall: undefined, moneyPerMonth: '0' }
                      : { moneyPerMonth: undefined, secondsPerMonth: 6000 },
                  )
                }
              />
              {givesMoney ? (
                <DecimalInput
                  label={t('terms.bundleAmount')}
                  w={110}
                  readOnly={isReadOnly}
                  value={bundle.moneyPerMonth ?? ''}
                  onChange={(moneyPerMonth) => change({ moneyPerMonth })}
                />
              ) : (
                <NumberInput
                  label={t('terms.bundleAmount')}
                  w={110}
                  min={1}
                  readOnly={isReadOnly}
                  value={bundle.secondsPerMonth ?? ''}
                  onChange={(value) => typeof value === 'number' && change({ secondsPerMonth: value })}
                />
              )}
              {!givesMoney && (
                <NumberInput
                  label={t('terms.secondsPerCall')}
                  w={120}
                  min={1}
                  readOnly={isReadOnly}
                  value={bundle.secondsPerCall ?? ''}
                  onChange={(value) => change({ secondsPerCall: typeof value === 'number' ? value : undefined })}
                />
              )}
            </>
          );
        }}
      </Lines>
      <Select
        maw={420}
        label={t('terms.volumeMethod')}
        allowDeselect={false}
        readOnly={isReadOnly}
        data={VOLUME_METHODS.map((value) => ({ value, label: t(`terms.volumeMethods.${value}`) }))}
        value={terms.volumeMethod ?? 'present'}
        onChange={(value) => set({ volumeMethod: value === 'month' ? value : undefined })}
      />
    </Section>
  );
}
