/** What holds for a whole version: money and tax, times of day, holidays, areas, bundles, ported numbers. */
import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TariffTerms } from '../../../core/api/contract.ts';
import type { TariffProblem } from '../../../core/rating/tariff.ts';
import { textOr } from '../../language.ts';
import { AreaTerms } from './terms-areas.tsx';
import { BundleTerms } from './terms-bundles.tsx';
import { HolidayTerms } from './terms-holidays.tsx';
import { MoneyTerms } from './terms-money.tsx';
import type { TermsPartProps } from './terms-part.ts';
import { PortedTerms } from './terms-ported.tsx';
import { TimeTerms } from './terms-time.tsx';

interface TermsFormProps {
  readonly terms: TariffTerms;
  readonly problems: readonly TariffProblem[];
  readonly isReadOnly: boolean;
  readonly onChange: (terms: TariffTerms) => void;
}

export function TermsForm({ terms, problems, isReadOnly, onChange }: TermsFormProps) {
  const { t } = useTranslation('tariffs');
  const words = ({ code, values }: TariffProblem): string => textOr(`tariff:problem.${code}`, values, code);
  const part: TermsPartProps = {
    terms,
    isReadOnly,
    errorAt: (path) => {
      const found = problems.find((problem) => problem.path === path);
      return found && words(found);
    },
    set: (patch) => {
      const entries = Object.entries({ ...terms, ...patch }).filter(([, value]) => value !== undefined);
      onChange({ currency: terms.currency, ...Object.fromEntries(entries) });
    },
  };
  const lists = problems.filter(({ path }) => path.includes('['));
  return (
    <Stack gap="md" maw={1000}>
      {lists.length > 0 && (
        <Text size="sm" c="var(--tb-warn)" role="alert">
          {t('version.problemsTitle')}: {lists.map((problem) => `${problem.path}: ${words(problem)}`).join(' ')}
        </Text>
      )}
      <MoneyTerms {...part} />
      <TimeTerms {...part} />
      <HolidayTerms {...part} />
      <AreaTerms {...part} />
      <BundleTerms {...part} />
      <PortedTerms {...part} />
    </Stack>
  );
}
