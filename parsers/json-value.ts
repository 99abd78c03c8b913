/** Reading frames of JSON (json-framer.ts). Nothing here throws on input. */

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function objectIn(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Text and numbers without blanks around them; anything else is empty. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
}

const LIST_HEAD = /^(?:\{.*)?\[$/s;
const LIST_TAIL = /^"[^"]*"\s*:.*\}$/s;
const EMPTY_LIST = /^(?:\{\s*"[^"]*"\s*:\s*)?\[\s*\]?$/;

/** What stands around the elements of a list: the text before them, members behind them, a list of nothing. */
export function isListFrame(text: string): boolean {
  return LIST_HEAD.test(text) || EMPTY_LIST.test(text.replace(/\}$/, '')) || LIST_TAIL.test(text);
}
