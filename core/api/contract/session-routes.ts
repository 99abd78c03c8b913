/** Getting in and out. */
import { z } from 'zod';
import { route } from '../route.ts';
import { SessionInfo } from './session.ts';
import { typedPassword } from './users.ts';

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
  getSignIn: route({
    method: 'GET',
    path: '/api/sign-in',
    access: 'open',
    summary: 'How one gets in from here: by a password, by a link, or both',
    response: z.object({ hasUsers: z.boolean(), takesLinks: z.boolean() }),
  }),
  signInWithPassword: route({
    method: 'POST',
    path: '/api/sign-in',
    access: 'open',
    summary: 'Name and password, and a code where a second factor is set up, for a session cookie',
    body: z.object({
      login: z.string().trim().min(1).max(200),
      password: typedPassword,
      code: z.string().max(50).optional(),
    }),
    response: z.object({ expiresAtMs: z.number().int() }),
  }),
  signOut: route({ method: 'DELETE', path: '/api/session', access: 'self', summary: 'End this session' }),
} as const;
