/** The mail server that alerts, reports and statements are sent through. */
import { z } from 'zod';
import { MAIL_LOGINS, MAIL_SECURITIES } from '../../model/mail.ts';
import { emailAddress, newSecret } from './common.ts';

const fields = {
  host: z.string().trim().max(253),
  port: z.number().int().min(1).max(65_535),
  security: z.enum(MAIL_SECURITIES),
  login: z.enum(MAIL_LOGINS),
  user: z.string().trim().max(254),
  clientId: z.string().trim().max(500),
  tokenUrl: z
    .string()
    .trim()
    .max(2000)
    .refine((text) => text === '' || (URL.canParse(text) && /^https?:\/\//.test(text)), { error: 'webAddress' }),
  from: z.union([z.literal(''), emailAddress], { error: 'email' }),
  replyTo: z.union([z.literal(''), emailAddress], { error: 'email' }),
  certificate: z.string().max(20_000),
};

export const MailInput = z.object({
  ...fields,
  password: newSecret,
  clientSecret: newSecret,
  refreshToken: z.string().max(4000).nullable().optional(),
});
export type MailInput = z.input<typeof MailInput>;

export const Mail = z.object({
  ...fields,
  hasPassword: z.boolean(),
  hasClientSecret: z.boolean(),
  hasRefreshToken: z.boolean(),
  /** Host and sender are known. */
  isSetUp: z.boolean(),
});
export type Mail = z.infer<typeof Mail>;

/** With settings as a form has them; nothing of them is stored. */
export const MailTest = z.object({ settings: MailInput, to: emailAddress });
