/** Whether the service accepts this window. */
import { observable } from './observable.ts';

export const session = observable<'signed-in' | 'signed-out'>('signed-in');
