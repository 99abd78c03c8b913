/** Notes the first time of what leaves no trace of its own: a price tried out, a test message that went out. */
import { FirstSteps, type RememberedStep } from '../store/first-steps.ts';
import type { RouteName } from './contract.ts';
import type { ApiParts } from './parts.ts';
import type { AnyHandler } from './register.ts';

interface Noted {
  readonly step: RememberedStep;
  isDone(answer: unknown): boolean;
}

const NOTED: Partial<Record<RouteName, Noted>> = {
  testCall: { step: 'tariff', isDone: () => true },
  testAlertDelivery: {
    step: 'alert-mail',
    isDone: (answer) => typeof answer === 'object' && answer !== null && 'isSent' in answer && answer.isSent === true,
  },
};

/** The handler of a route, which notes what it did. */
export function noted(parts: ApiParts, name: RouteName, handler: AnyHandler): AnyHandler {
  const known = NOTED[name];
  if (known === undefined) return handler;
  const steps = new FirstSteps(parts.deps.db);
  return async (input) => {
    const answer = await handler(input);
    if (known.isDone(answer)) steps.remember(known.step, parts.deps.nowMs());
    return answer;
  };
}
