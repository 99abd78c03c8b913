/** Users, their sessions, one's own account, and the door to the network. */
import { z } from 'zod';
import { ROLES, USER_STATES } from '../../model/access.ts';
import { Problem } from './common.ts';

/** Longer ones are no passwords that anybody types; checked more closely where one is chosen. */
export const typedPassword = z.string().min(1).max(1000);
/** What one chooses; its rules are core/access/password-rules.ts. */
export const login = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[\p{L}\p{N}._@\\-]+$/u, { error: 'login' });

export const UserInput = z.object({
  login,
  name: z.string().trim().min(1).max(100),
  role: z.enum(ROLES),
  state: z.enum(USER_STATES),
  /** Whose calls are this user's own. */
  personId: z.number().int().positive().nullable(),
  /** Of managers: these and all below them. */
  departmentIds: z.array(z.number().int().positive()).max(500),
  seesNumbers: z.boolean(),
  seesCodes: z.boolean(),
});
export type UserInput = z.infer<typeof UserInput>;

export const User = z.object({
  ...UserInput.shape,
  login: z.string(),
  id: z.number().int(),
  origin: z.enum(['here', 'directory']),
  personName: z.string().nullable(),
  mustChangePassword: z.boolean(),
  hasSecondFactor: z.boolean(),
  /** Until the next attempt to sign in is looked at, after too many wrong ones; 0: none. */
  waitSeconds: z.number().int(),
  createdAtMs: z.number().int(),
  signedInAtMs: z.number().int().nullable(),
});
export type User = z.infer<typeof User>;

export const SessionEntry = z.object({
  id: z.number().int(),
  /** Null: the owner of this computer. */
  userId: z.number().int().nullable(),
  name: z.string(),
  createdAtMs: z.number().int(),
  seenAtMs: z.number().int(),
  expiresAtMs: z.number().int(),
  address: z.string(),
  /** As the browser calls itself. */
  browser: z.string(),
  /** The session that asks. */
  isThis: z.boolean(),
});
export type SessionEntry = z.infer<typeof SessionEntry>;

export const Account = z.object({
  login: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  origin: z.enum(['here', 'directory']),
  personName: z.string().nullable(),
  hasSecondFactor: z.boolean(),
  recoveryCodesLeft: z.number().int(),
});

/** `account` null: the owner of this computer, who needs none. */
export const AccountPage = z.object({ account: Account.nullable(), sessions: z.array(SessionEntry) });
export type AccountPage = z.infer<typeof AccountPage>;

export const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });

const filePath = z.string().trim().max(1000);
const hostName = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, { error: 'address' });

export const NetworkInput = z
  .object({
    isOpen: z.boolean(),
    address: z.union([z.ipv4(), z.ipv6()], { error: 'ipAddress' }),
    port: z.number().int().min(1).max(65_535),
    hostNames: z.array(hostName).max(20),
    certificateFile: filePath,
    keyFile: filePath,
  })
  .refine((network) => (network.certificateFile === '') === (network.keyFile === ''), {
    path: ['keyFile'],
    error: 'keyAndCertificate',
  });
export type NetworkInput = z.infer<typeof NetworkInput>;

export const Network = z.object({
  settings: NetworkInput,
  /** Somebody can sign in who may administer; without one the door stays closed. */
  hasAdministrator: z.boolean(),
  isOpen: z.boolean(),
  /** What others type into their browser. */
  origins: z.array(z.string()),
  problem: Problem.nullable(),
});
export type Network = z.infer<typeof Network>;
