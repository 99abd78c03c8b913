/** Remembers where the window stood, in a small file of the user's own folder. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

export interface WindowState {
  readonly width: number;
  readonly height: number;
  readonly x?: number;
  readonly y?: number;
  readonly isMaximized: boolean;
}

const FIRST: WindowState = { width: 1366, height: 820, isMaximized: false };

function isState(value: unknown): value is WindowState {
  if (typeof value !== 'object' || value === null) return false;
  const { width, height, x, y, isMaximized } = value as Record<keyof WindowState, unknown>;
  const isPlace = (n: unknown): boolean => n === undefined || Number.isInteger(n);
  return (
    Number.isInteger(width) && Number.isInteger(height) && isPlace(x) && isPlace(y) && typeof isMaximized === 'boolean'
  );
}

/** A missing or damaged file is no reason not to open: the first state is as good. */
export function readWindowState(file: string): WindowState {
  if (!existsSync(file)) return FIRST;
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isState(value) ? value : FIRST;
  } catch {
    return FIRST;
  }
}

export function writeWindowState(file: string, state: WindowState): void {
  writeFileSync(file, JSON.stringify(state));
}
