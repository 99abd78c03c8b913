/** The demo PBX. */
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';
import { requireSource, sourceOf } from '../source-view.ts';

export function demoRoutes(parts: ApiParts): Pick<Handlers, 'startDemo' | 'stopDemo'> {
  const tellAll = (): void => {
    for (const what of ['sources', 'people', 'calls'] as const) parts.changed(what);
  };
  return {
    startDemo: async ({ language }) => {
      const id = await parts.deps.demo.start();
      tellAll();
      return sourceOf(parts, requireSource(parts, id), language);
    },
    stopDemo: async () => {
      await parts.deps.demo.stop();
      tellAll();
      return undefined;
    },
  };
}
