/**
 * For whom an answer is being made. What masks codes looks here, however deep in a route it stands, so that no route can
 * forget to pass it on. Outside of a request (what the program does by itself) there is nobody.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Viewer } from '../model/access.ts';

const present = new AsyncLocalStorage<Viewer>();

export function viewingAs<T>(viewer: Viewer, work: () => T): T {
  return present.run(viewer, work);
}

export function presentViewer(): Viewer | undefined {
  return present.getStore();
}
