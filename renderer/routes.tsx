/** Addresses of the pages. Each page is loaded when it is first opened. */
import type { ComponentType } from 'react';
import { createBrowserRouter } from 'react-router';
import { ErrorPage } from './layout/error-page.tsx';
import { LoadingPage } from './layout/loading-page.tsx';
import { NotFoundPage } from './layout/not-found-page.tsx';
import { Shell } from './layout/shell.tsx';
import { SignedInGate } from './layout/signed-in-gate.tsx';

type Page = Promise<ComponentType>;

function lazy(load: () => Page) {
  return async () => ({ Component: await load() });
}

export const router = createBrowserRouter([
  {
    path: '/enter',
    lazy: lazy(async () => (await import('./features/sign-in/enter-page.tsx')).EnterPage),
    HydrateFallback: LoadingPage,
    ErrorBoundary: ErrorPage,
  },
  {
    path: '/acknowledge',
    lazy: lazy(async () => (await import('./features/acknowledge/acknowledge-page.tsx')).AcknowledgePage),
    HydrateFallback: LoadingPage,
    ErrorBoundary: ErrorPage,
  },
  {
    Component: SignedInGate,
    ErrorBoundary: ErrorPage,
    HydrateFallback: LoadingPage,
    children: [
      {
        path: '/print/month',
        lazy: lazy(async () => (await import('./features/print/month-paper-page.tsx')).MonthPaperPage),
      },
      {
        path: '/print/report/:id',
        lazy: lazy(async () => (await import('./features/reports/report-paper-page.tsx')).ReportPaperPage),
      },
      { path: '/start', lazy: lazy(async () => (await import('./features/wizard/wizard-page.tsx')).WizardPage) },
      {
        path: '/wallboard',
        lazy: lazy(async () => (await import('./features/wallboard/wallboard-page.tsx')).WallboardPage),
      },
      {
        Component: Shell,
        children: [
          {
            ErrorBoundary: ErrorPage,
            children: [
              {
                index: true,
                lazy: lazy(async () => (await import('./features/dashboard/dashboard-page.tsx')).DashboardPage),
              },
              { path: 'live', lazy: lazy(async () => (await import('./features/live/live-page.tsx')).LivePage) },
              { path: 'audit', lazy: lazy(async () => (await import('./features/audit/audit-page.tsx')).AuditPage) },
              { path: 'calls', lazy: lazy(async () => (await import('./features/calls/calls-page.tsx')).CallsPage) },
              {
                path: 'lookup',
                lazy: lazy(async () => (await import('./features/lookup/lookup-page.tsx')).LookupPage),
              },
              {
                path: 'print/statements',
                lazy: lazy(async () => (await import('./features/print/statements-page.tsx')).StatementsPage),
              },
              {
                path: 'reports',
                lazy: lazy(async () => (await import('./features/reports/reports-page.tsx')).ReportsPage),
              },
              {
                path: 'reports/:id',
                lazy: lazy(async () => (await import('./features/reports/report-page.tsx')).ReportPage),
              },
              { path: 'month', lazy: lazy(async () => (await import('./features/month/month-page.tsx')).MonthPage) },
              {
                path: 'people',
                lazy: lazy(async () => (await import('./features/people/people-page.tsx')).PeoplePage),
              },
              {
                path: 'policy',
                lazy: lazy(async () => (await import('./features/policy/policy-page.tsx')).PolicyPage),
              },
              {
                path: 'policy/work-order',
                lazy: lazy(async () => (await import('./features/policy/work-order-page.tsx')).WorkOrderPage),
              },
              { path: 'codes', lazy: lazy(async () => (await import('./features/codes/codes-page.tsx')).CodesPage) },
              {
                path: 'codes/renewal',
                lazy: lazy(async () => (await import('./features/codes/renewal-page.tsx')).RenewalPage),
              },
              {
                path: 'codes/slips',
                lazy: lazy(async () => (await import('./features/codes/slips-page.tsx')).SlipsPage),
              },
              {
                path: 'sources',
                lazy: lazy(async () => (await import('./features/sources/sources-page.tsx')).SourcesPage),
              },
              {
                path: 'sources/:id/reread',
                lazy: lazy(async () => (await import('./features/reread/reread-page.tsx')).RereadPage),
              },
              {
                path: 'formats',
                lazy: lazy(async () => (await import('./features/formats/formats-page.tsx')).FormatsPage),
              },
              {
                path: 'formats/editor',
                lazy: lazy(async () => (await import('./features/format-editor/editor-page.tsx')).FormatEditorPage),
              },
              {
                path: 'formats/opened/:id',
                lazy: lazy(async () => (await import('./features/formats/opened-format-page.tsx')).OpenedFormatPage),
              },
              {
                path: 'quarantine',
                lazy: lazy(async () => (await import('./features/quarantine/quarantine-page.tsx')).QuarantinePage),
              },
              {
                path: 'tariffs',
                lazy: lazy(async () => (await import('./features/tariffs/tariffs-page.tsx')).TariffsPage),
              },
              {
                path: 'tariffs/test',
                lazy: lazy(async () => (await import('./features/tariffs/test-page.tsx')).TestCallPage),
              },
              {
                path: 'tariffs/opened/:id',
                lazy: lazy(async () => (await import('./features/tariffs/opened-tariff-page.tsx')).OpenedTariffPage),
              },
              ...['tariffs/import', 'tariffs/:id/import'].map((path) => ({
                path,
                lazy: lazy(async () => (await import('./features/deck-import/import-page.tsx')).DeckImportPage),
              })),
              {
                path: 'tariffs/rerate',
                lazy: lazy(async () => (await import('./features/rerate/rerate-page.tsx')).RerateTab),
              },
              {
                path: 'tariffs/compare',
                lazy: lazy(async () => (await import('./features/rerate/rerate-page.tsx')).CompareTab),
              },
              {
                path: 'tariffs/:id/versions/:versionId',
                lazy: lazy(async () => (await import('./features/tariffs/version-page.tsx')).VersionPage),
              },
              {
                path: 'settings',
                lazy: lazy(async () => (await import('./features/settings/settings-page.tsx')).SettingsPage),
              },
              {
                path: 'backup',
                lazy: lazy(async () => (await import('./features/backup/backup-page.tsx')).BackupPage),
              },
              {
                path: 'budgets',
                lazy: lazy(async () => (await import('./features/budgets/budgets-page.tsx')).BudgetsPage),
              },
              {
                path: 'alerts',
                lazy: lazy(async () => (await import('./features/alerts/alerts-page.tsx')).AlertsPage),
              },
              {
                path: 'alerts/settings',
                lazy: lazy(async () => (await import('./features/alerts/alert-settings-page.tsx')).AlertSettingsPage),
              },
              ...['help', 'help/:topic'].map((path) => ({
                path,
                lazy: lazy(async () => (await import('./features/help/help-page.tsx')).HelpPage),
              })),
              {
                path: 'first-week',
                lazy: lazy(async () => (await import('./features/first-week/first-week-page.tsx')).FirstWeekPage),
              },
              { path: 'users', lazy: lazy(async () => (await import('./features/users/users-page.tsx')).UsersPage) },
              {
                path: 'users/directory',
                lazy: lazy(async () => (await import('./features/users/directory-page.tsx')).DirectoryPage),
              },
              {
                path: 'account',
                lazy: lazy(async () => (await import('./features/account/account-page.tsx')).AccountPage),
              },
              {
                path: 'schedules',
                lazy: lazy(async () => (await import('./features/schedules/schedules-page.tsx')).SchedulesPage),
              },
              {
                path: 'statements',
                lazy: lazy(async () => (await import('./features/statements/statements-page.tsx')).StatementsPage),
              },
              { path: '*', Component: NotFoundPage },
            ],
          },
        ],
      },
    ],
  },
]);
