import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { changeLanguage, type LanguageCode, useLanguage } from '../language.ts';
import { keyOf, queryClient, useWrite } from '../query-client.ts';

/** Switches at once on this computer and tells the service, which writes its reports and messages in it. */
export function LanguageSwitch({ isStored = true }: { readonly isStored?: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const save = useWrite('putSettings', {
    onDone: (settings) => queryClient.setQueryData(keyOf('getSettings'), settings),
  });
  const choose = (value: string): void => {
    const chosen: LanguageCode = value === 'vi' ? 'vi' : 'en';
    void changeLanguage(chosen).then(() => {
      // Titles of problems and descriptions come translated from the service.
      void queryClient.invalidateQueries();
    });
    if (isStored) save.mutate({ body: { language: chosen } });
  };
  return (
    <SegmentedControl
      size="xs"
      flex="none"
      value={language}
      onChange={choose}
      aria-label={t('header.language')}
      data={[
        { value: 'vi', label: <span title="Tiếng Việt">VI</span> },
        { value: 'en', label: <span title="English">EN</span> },
      ]}
    />
  );
}
