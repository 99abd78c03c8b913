import { useTranslation } from 'react-i18next';
import { formatPercent } from '../../format.ts';
import { useLanguage } from '../../language.ts';

/** `+12 %` against something; more is neither good nor bad here, so it has no colour. */
export function Growth({ share }: { readonly share: number | undefined }) {
  const { t } = useTranslation('dashboard');
  const language = useLanguage();
  if (share === undefined) return <span>{t('noComparison')}</span>;
  const sign = share > 0.004 ? '+' : '';
  return (
    <strong className="tb-num">
      {sign}
      {formatPercent(share, language)}
    </strong>
  );
}
