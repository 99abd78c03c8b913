/** Sending of alerts as part of the API: begins with what was left waiting, and goes on with every new alert. */
import type { AlertNames } from '../delivery/alert-text.ts';
import { Deliverer } from '../delivery/deliverer.ts';
import { departmentName, personName } from '../store/names.ts';
import type { ApiParts } from './parts.ts';

export interface AlertSending {
  readonly deliverer: Deliverer;
  readonly names: AlertNames;
  close(): void;
}

export function startAlertSending(parts: ApiParts): AlertSending {
  const { deps } = parts;
  const names: AlertNames = {
    person: (id) => personName(deps.db, id),
    department: (id) => departmentName(deps.db, id),
  };
  const deliverer = new Deliverer({
    db: deps.db,
    secretBox: deps.secretBox,
    nowMs: deps.nowMs,
    names,
    holdBack: () => deps.ingest.holdBack(),
    notifyDesktop: deps.notifyDesktop,
    onChange: () => parts.changed('alerts'),
    onError: (error) => deps.log.error({ err: error }, 'alerts could not be sent'),
  });
  const stop = deps.ingest.onEvent((event) => {
    if (event.type === 'alerts') deliverer.poke();
  });
  // Once everything stands: what is sent needs the rest of the program.
  const start = setImmediate(() => deliverer.poke());
  return {
    deliverer,
    names,
    close() {
      clearImmediate(start);
      stop();
      deliverer.close();
    },
  };
}
