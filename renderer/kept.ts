/** What a half-done piece of work needs to go on after the page was loaded anew; gone with the window. */
import { useState } from 'react';
import type { z } from 'zod';

function read<T>(place: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.safeParse(JSON.parse(sessionStorage.getItem(place) ?? 'null')).data;
  } catch {
    return undefined;
  }
}

/** Like a state, kept under that name until it is set to `undefined`. */
export function useKept<T>(
  name: string,
  schema: z.ZodType<T>,
): readonly [T | undefined, (value: T | undefined) => void] {
  const place = `tollbook.kept.${name}`;
  const [value, setValue] = useState(() => read(place, schema));
  const keep = (next: T | undefined): void => {
    if (next === undefined) sessionStorage.removeItem(place);
    else sessionStorage.setItem(place, JSON.stringify(next));
    setValue(next);
  };
  return [value, keep];
}
