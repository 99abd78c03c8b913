import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TariffTerms } from '../../../core/api/contract.ts';
import { DayInput } from '../../components/day-input.tsx';
import { Section } from '../../components/section.tsx';
import { Lines } from './lines.tsx';
import type { TermsPartProps } from './terms-part.ts';
import { WordsInput } from './words-input.tsx';

type AreaGroup = NonNullable<TariffTerms['areaGroups']>[number];

export function AreaTerms({ terms, isReadOnly, errorAt, set }: TermsPartProps) {
  const { t } = useTranslation('tariffs');
  return (
    <Section title={t('terms.areas')} text={t('terms.areasText')}>
      <TextInput
        maw={320}
        label={t('terms.origin')}
        description={t('terms.originHelp')}
        placeholder="8424"
        readOnly={isReadOnly}
        value={terms.origin ?? ''}
        error={errorAt('origin')}
        onChange={({ currentTarget: { value } }) => set({ origin: value === '' ? undefined : value })}
      />
      <Lines<AreaGroup>
        items={terms.areaGroups ?? []}
        isReadOnly={isReadOnly}
        addLabel={t('terms.addArea')}
        newItem={{ name: '', prefixes: [] }}
        removeLabel={({ name }) => t('terms.removeArea', { name })}
        onChange={(areaGroups) => set({ areaGroups: areaGroups.length === 0 ? undefined : areaGroups })}
      >
        {(group, change, at) => (
          <>
            <TextInput
              label={t('terms.areaName')}
              w={180}
              readOnly={isReadOnly}
              value={group.name}
              error={errorAt(`areaGroups[${at}].name`)}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
            <WordsInput
              label={t('terms.areaPrefixes')}
              flex={1}
              readOnly={isReadOnly}
              words={group.prefixes}
              error={errorAt(`areaGroups[${at}].prefixes`)}
              onWords={(prefixes) => change({ prefixes })}
            />
            <DayInput
              label={t('terms.validFrom')}
              w={150}
              readOnly={isReadOnly}
              value={group.validFrom ?? null}
              onChange={(day) => change({ validFrom: day ?? undefined })}
            />
            <DayInput
              label={t('terms.validTo')}
              w={150}
              readOnly={isReadOnly}
              value={group.validTo ?? null}
              onChange={(day) => change({ validTo: day ?? undefined })}
            />
          </>
        )}
      </Lines>
    </Section>
  );
}
