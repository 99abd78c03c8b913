import { useTranslation } from 'react-i18next';
import { useRead } from '../../query-client.ts';
import { useFromText } from './use-from-text.ts';

/** The version that would price the call now. */
export const AS_BOOKED = 'booked';

/** Every version of every tariff, as a select offers them. */
export function useVersionChoices(): readonly { readonly value: string; readonly label: string }[] {
  const { t } = useTranslation('tariffs');
  const fromText = useFromText();
  const tariffs = useRead('listTariffs').data ?? [];
  return tariffs.flatMap(({ name, versions }) =>
    versions.map(({ id, number, state, effectiveFrom }) => ({
      value: String(id),
      label:
        state === 'draft'
          ? t('test.draftOf', { name, number })
          : t('test.versionFrom', { name, number, from: fromText(effectiveFrom) }),
    })),
  );
}
