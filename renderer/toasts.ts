/** Short messages about what just happened. */
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { createElement } from 'react';
import type { Alert } from '../core/api/contract.ts';
import { ApiFailure, tellUndoable } from './api.ts';
import { UndoMessage } from './components/undo-message.tsx';
import { noticeUndoable, takeWaitingStep, wantedUndo } from './undoable.ts';

/** The sentence for a failure: the service's own words, or that it did not answer. */
export function failureText(error: unknown): string {
  if (error instanceof ApiFailure) return error.problem?.title ?? i18next.t('app:failure.offline');
  return i18next.t('app:failure.unexpected');
}

/** Long enough to see on the next page what the change did. */
const UNDO_SHOWN_MS = 15_000;

const closeButton = () => ({ closeButtonProps: { 'aria-label': i18next.t('app:action.close') } });

/** With a way back where the change can be taken back. */
export function showDone(message: string): void {
  const step = takeWaitingStep();
  if (step !== undefined) showUndoable(message, step);
  else notifications.show({ message, color: 'ledger', autoClose: 4000, withBorder: true, ...closeButton() });
}

function showUndoable(message: string, step: number): void {
  const id = `undo-${step}`;
  const undo = (): void => {
    notifications.hide(id);
    wantedUndo.set(step);
  };
  notifications.show({
    id,
    message: createElement(UndoMessage, { message, onUndo: undo }),
    color: 'ledger',
    autoClose: UNDO_SHOWN_MS,
    withBorder: true,
    ...closeButton(),
  });
}

tellUndoable((step) => noticeUndoable(step, () => showUndoable(i18next.t('app:saved'), step)));

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
  showRefused(failureText(error));
}

export function showRefused(message: string): void {
  notifications.show({
    title: i18next.t('app:failure.title'),
    message,
    color: 'red',
    autoClose: 9000,
    withBorder: true,
    ...closeButton(),
  });
}
