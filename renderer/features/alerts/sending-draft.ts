/** Where alerts are sent, as the form holds it. Secrets that are stored are not known here: an untouched one stays. */
import type { AlertDelivery, AlertDeliveryInput } from '../../../core/api/contract.ts';

export interface SendingDraft extends Omit<AlertDelivery, 'email' | 'webhook'> {
  readonly email: Omit<AlertDelivery['email'], 'to'> & { readonly to: string; readonly password: string };
  readonly webhook: AlertDelivery['webhook'] & { readonly secret: string };
}

export function sendingDraftOf({ email, webhook, ...rest }: AlertDelivery): SendingDraft {
  return {
    ...rest,
    email: { ...email, to: email.to.join(', '), password: '' },
    webhook: { ...webhook, secret: '' },
  };
}

const secretOf = (text: string): string | null => (text === '' ? null : text);

export function sendingInputOf({ email, webhook, ...rest }: SendingDraft): AlertDeliveryInput {
  const { hasPassword: _, password, to, ...mail } = email;
  const { hasSecret: __, secret, ...hook } = webhook;
  return {
    ...rest,
    email: { ...mail, to: to.split(/[,;\s]+/).filter((part) => part !== ''), password: secretOf(password) },
    webhook: { ...hook, secret: secretOf(secret) },
  };
}
