/** Short messages about what just happened. */
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import type { Alert } from '../core/api/contract.ts';
import { ApiFailure } from './api.ts';

/** The sentence for a failure: the service's own words, or that it did not answer. */
export function failureText(error: unknown): string {
  if (error instanceof ApiFailure) return error.problem?.title ?? i18next.t('app:failure.offline');
  return i18next.t('app:failure.unexpected');
}

const closeButton = () => ({ closeButtonProps: { 'aria-label': i18next.t('app:action.close') } });

export function showDone(message: string): void {
  notifications.show({ message, color: 'ledger', autoClose: 4000, withBorder: true, ...closeButton() });
}

/** An alert as it comes; a grave one stays until it is closed. */
export function showAlert({ title, text, severity }: Pick<Alert, 'title' | 'text' | 'severity'>): void {
  notifications.show({
    title,
    message: text,
    color: severity === 'critical' ? 'red' : severity === 'warning' ? 'orange' : 'gray',
    autoClose: severity === 'critical' ? false : 12_000,
    withBorder: true,
    ...closeButton(),
  });
}

export function showFailure(error: unknown): void {
  notifications.show({
    title: i18next.t('app:failure.title'),
    message: failureText(error),
    color: 'red',
    autoClose: 9000,
    withBorder: true,
    ...closeButton(),
  });
}
