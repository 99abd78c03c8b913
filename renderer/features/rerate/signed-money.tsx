import type { Money } from '../../../core/api/contract.ts';
import { formatExact, formatMoney } from '../../format.ts';
import { useLanguage } from '../../language.ts';

/** Each currency with its own sign; a dash where nothing differs. */
export function SignedMoney({ values }: { readonly values: readonly Money[] }) {
  const language = useLanguage();
  const differing = values.filter(({ amount }) => amount !== '0');
  if (differing.length === 0) return <span className="tb-faint">–</span>;
  return (
    <span className="tb-num">
      {differing.map((value) => (
        <span key={value.currency} className="tb-sum">
          {value.amount.startsWith('-') ? '' : '+'}
          {formatMoney(value, language)}
        </span>
      ))}
    </span>
  );
}

/** Nothing where there is no percentage, or none worth telling. */
export function SignedPercent({ value }: { readonly value: string | null }) {
  const language = useLanguage();
  if (value === null || value === '0.0') return null;
  return (
    <span className="tb-num tb-faint">
      {value.startsWith('-') ? '' : '+'}
      {formatExact(value, language)} %
    </span>
  );
}
