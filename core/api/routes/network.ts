/** The door to the network. */
import { readNetwork, writeNetwork } from '../../access/network.ts';
import type { Language } from '../../i18n/translate.ts';
import { AppError } from '../../model/errors.ts';
import type { Network } from '../contract.ts';
import type { ApiParts } from '../parts.ts';
import { problemOf } from '../problem.ts';
import type { Handlers } from '../register.ts';

export function networkRoutes({ deps, users, events }: ApiParts): Pick<Handlers, 'getNetwork' | 'putNetwork'> {
  const shown = (language: Language): Network => {
    const settings = readNetwork(deps.db);
    const state = deps.networkDoor?.state();
    return {
      settings: { ...settings, hostNames: [...settings.hostNames] },
      hasAdministrator: users.hasAdministrator(),
      isOpen: state?.isOpen ?? false,
      origins: [...(state?.origins ?? [])],
      problem: state === undefined || state.problem === null ? null : problemOf(state.problem, language),
    };
  };
  return {
    getNetwork: ({ language }) => shown(language),
    putNetwork: async ({ body, language }) => {
      if (body.isOpen && !users.hasAdministrator()) throw new AppError('network-needs-administrator');
      writeNetwork(deps.db, body);
      await deps.networkDoor?.apply(body);
      events.recheck();
      return shown(language);
    },
  };
}
