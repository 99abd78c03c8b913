/** Where alerts are sent, as the form holds it. Secrets that are stored are not known here: an untouched one stays. */
import type { AlertDelivery, AlertDeliveryInput } from '../../../core/api/contract.ts';

export interface SendingDraft extends Omit<AlertDelivery, 'email' | 'webhook'> {
  readonly email: Omit<AlertDelivery['email'], 'to'> & { readonly to: string };
  readonly webhook: AlertDelivery['webhook'] & { readonly secret: string };
}

export function sendingDraftOf({ email, webhook, ...rest }: AlertDelivery): SendingDraft {
  return {
    ...rest,
    email: { ...email, to: email.to.join(', ') },
    webhook: { ...webhook, secret: '' },
  };
}

const secretOf = (text: string): string | null => (text === '' ? null : text);

export function sendingInputOf({ email, webhook, ...rest }: SendingDraft): AlertDeliveryInput {
  const { hasSecret: _, secret, ...hook } = webhook;
  return {
    ...rest,
    email: { ...email, to: email.to.split(/[,;\s]+/).filter((part) => part !== '') },
    webhook: { ...hook, secret: secretOf(secret) },
  };
}
