/** Who is signed in, as their pages see it. */
import { z } from 'zod';
import { PERMISSIONS, ROLES } from '../../model/access.ts';

export const SessionInfo = z.object({
  /** Null: the owner of this computer. */
  userId: z.number().int().nullable(),
  /** Empty for the owner of this computer, who types a name where one is needed. */
  name: z.string(),
  role: z.enum(ROLES),
  permissions: z.array(z.enum(PERMISSIONS)),
  /** False: last digits of outside numbers are hidden. */
  seesNumbers: z.boolean(),
  seesCodes: z.boolean(),
  scope: z.enum(['all', 'departments', 'person']),
  /** Another password has to be chosen before anything else. */
  isPasswordDue: z.boolean(),
});
export type SessionInfo = z.infer<typeof SessionInfo>;
