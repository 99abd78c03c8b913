import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TariffTerms } from '../../../core/api/contract.ts';
import { DayInput } from '../../components/day-input.tsx';
import { Section } from '../../components/section.tsx';
import { Lines } from './lines.tsx';
import type { TermsPartProps } from './terms-part.ts';

type PortedNumber = NonNullable<TariffTerms['portedNumbers']>[number];

export function PortedTerms({ terms, isReadOnly, errorAt, set }: TermsPartProps) {
  const { t } = useTranslation('tariffs');
  return (
    <Section title={t('terms.ported')} text={t('terms.portedText')}>
      <Lines<PortedNumber>
        items={terms.portedNumbers ?? []}
        isReadOnly={isReadOnly}
        addLabel={t('terms.addPorted')}
        newItem={{ number: '', ratedAs: '' }}
        removeLabel={({ number }) => t('terms.removePorted', { number })}
        onChange={(portedNumbers) => set({ portedNumbers: portedNumbers.length === 0 ? undefined : portedNumbers })}
      >
        {(ported, change, at) => (
          <>
            <TextInput
              label={t('terms.portedNumber')}
              w={200}
              placeholder="84912345678"
              readOnly={isReadOnly}
              value={ported.number}
              error={errorAt(`portedNumbers[${at}].number`)}
              onChange={(event) => change({ number: event.currentTarget.value })}
            />
            <TextInput
              label={t('terms.portedAs')}
              w={140}
              placeholder="8498"
              readOnly={isReadOnly}
              value={ported.ratedAs}
              error={errorAt(`portedNumbers[${at}].ratedAs`)}
              onChange={(event) => change({ ratedAs: event.currentTarget.value })}
            />
            <DayInput
              label={t('terms.portedFrom')}
              w={150}
              readOnly={isReadOnly}
              value={ported.from ?? null}
              onChange={(day) => change({ from: day ?? undefined })}
            />
          </>
        )}
      </Lines>
    </Section>
  );
}
