/** Getting in and out. */
import { z } from 'zod';
import { route } from '../route.ts';
import { SessionInfo } from './session.ts';

export const sessionRoutes = {
  getSession: route({
    method: 'GET',
    path: '/api/session',
    access: 'self',
    summary: 'Who is signed in, and what they may do',
    response: SessionInfo,
  }),
  signInWithLink: route({
    method: 'POST',
    path: '/api/session',
    access: 'open',
    summary: 'Turn a one-time link token into a session cookie',
    body: z.object({ token: z.string().max(200) }),
    response: z.object({ expiresAtMs: z.number().int() }),
  }),
  signOut: route({ method: 'DELETE', path: '/api/session', access: 'self', summary: 'End this session' }),
} as const;
