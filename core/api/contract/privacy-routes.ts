/** Routes about numbers that are shown for a reason. */
import { route } from '../route.ts';
import { idParams } from './common.ts';
import { UnmaskedCall, UnmaskInput, UnmaskingState } from './privacy.ts';

export const privacyRoutes = {
  unmaskCall: route({
    method: 'POST',
    path: '/api/calls/:id/unmask',
    access: 'unmask-numbers',
    summary: 'The numbers of one call in full, for a reason that is kept',
    params: idParams,
    body: UnmaskInput,
    response: UnmaskedCall,
  }),
  unmaskList: route({
    method: 'POST',
    path: '/api/calls/unmask',
    access: 'unmask-numbers',
    summary: 'Show numbers in full in this session for ten minutes, for a reason that is kept',
    body: UnmaskInput,
    response: UnmaskingState,
  }),
  getUnmasking: route({
    method: 'GET',
    path: '/api/calls/unmask',
    access: 'self',
    summary: 'Until when numbers are shown in full in this session',
    response: UnmaskingState,
  }),
  endUnmasking: route({
    method: 'DELETE',
    path: '/api/calls/unmask',
    access: 'unmask-numbers',
    summary: 'Mask numbers again at once',
    response: UnmaskingState,
  }),
} as const;
