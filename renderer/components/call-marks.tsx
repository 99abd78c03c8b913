/** What people should see at once about a call: that it came late, and that it was private or business. */
import { Badge, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../core/api/contract.ts';
import { formatMonthInText } from '../format.ts';
import { useLanguage } from '../language.ts';

type Marked = Pick<Call, 'isLate' | 'month' | 'purpose' | 'startLocal'>;

export function CallMarks({ call }: { readonly call: Marked }) {
  const { t } = useTranslation('calls');
  const language = useLanguage();
  const { isLate, month, purpose, startLocal } = call;
  const late = t('mark.late', {
    from: formatMonthInText(startLocal.slice(0, 7), language),
    month: formatMonthInText(month, language),
  });
  return (
    <>
      {isLate && (
        <Tooltip label={late}>
          <Badge size="sm" color="orange" mr={4} aria-label={late}>
            {startLocal.slice(5, 7)}/{startLocal.slice(0, 4)}
          </Badge>
        </Tooltip>
      )}
      {purpose !== null && (
        <Badge size="sm" mr={4} color={purpose === 'private' ? 'grape' : 'teal'}>
          {t(`mark.${purpose}`)}
        </Badge>
      )}
    </>
  );
}
