/** The changes made in this window that can be taken back. */
import { observable } from './observable.ts';

/** How long a message of the page that made the change is waited for. */
const MESSAGE_WITHIN_MS = 500;

let waiting: number | undefined;
let steps: readonly number[] = [];

/** What somebody asked to take back; layout/undo-keeper does it. */
export const wantedUndo = observable<number | undefined>(undefined);

/** To be called when an answer says that its change can be undone; `onSilent` runs where no page says anything about it. */
export function noticeUndoable(step: number, onSilent: (step: number) => void): void {
  waiting = step;
  steps = [...steps, step];
  setTimeout(() => {
    if (takeWaitingStep() !== undefined) onSilent(step);
  }, MESSAGE_WITHIN_MS);
}

/** The change that the message to be shown is about. */
export function takeWaitingStep(): number | undefined {
  const step = waiting;
  waiting = undefined;
  return step;
}

export function forgetStep(step: number): void {
  steps = steps.filter((other) => other !== step);
}

export function lastStep(): number | undefined {
  return steps.at(-1);
}
