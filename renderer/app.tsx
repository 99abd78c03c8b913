/** Providers around the routes. */
import { MantineProvider } from '@mantine/core';
import { DatesProvider } from '@mantine/dates';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { RouterProvider } from 'react-router/dom';
import { useLanguage } from './language.ts';
import { queryClient } from './query-client.ts';
import { router } from './routes.tsx';
import { cssVariables, withCloseLabel } from './theme.ts';

export function App() {
  const language = useLanguage();
  const { t } = useTranslation();
  const closeLabel = t('action.close');
  const themed = useMemo(() => withCloseLabel(closeLabel), [closeLabel]);
  return (
    <MantineProvider theme={themed} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <DatesProvider settings={{ locale: language, firstDayOfWeek: 1 }}>
        <QueryClientProvider client={queryClient}>
          <Notifications position="bottom-center" />
          <RouterProvider router={router} />
        </QueryClientProvider>
      </DatesProvider>
    </MantineProvider>
  );
}
