/** Where alerts are sent, with what holds until someone sets it: nowhere but the screen and the desktop. */
import type { Severity } from '../model/alert.ts';
import type { QuietHours } from './delivery-times.ts';

interface ChannelBase {
  readonly isOn: boolean;
  /** Less grave alerts are not sent here. */
  readonly least: Severity;
}

/** Sent through the mail server of the whole site. */
export interface EmailSettings extends ChannelBase {
  readonly to: readonly string[];
}

export interface WebhookSettings extends ChannelBase {
  readonly url: string;
  /** Sealed; what the signature is made with. */
  readonly secret: string;
  /** Also to addresses by which machines tell about themselves. */
  readonly allowsMetadataAddresses: boolean;
}

export interface DeliverySettings {
  /** Of e-mails, webhooks and desktop notifications. */
  readonly language: 'vi' | 'en';
  /** The last digits of numbers are not sent. */
  readonly masksNumbers: boolean;
  readonly quiet: QuietHours;
  readonly desktop: ChannelBase;
  readonly email: EmailSettings;
  readonly webhook: WebhookSettings;
}

export const DEFAULT_DELIVERY: DeliverySettings = {
  language: 'vi',
  masksNumbers: true,
  quiet: { isOn: false, from: '22:00', to: '07:00', letsCriticalThrough: true },
  desktop: { isOn: true, least: 'warning' },
  email: { isOn: false, least: 'warning', to: [] },
  webhook: { isOn: false, least: 'notice', url: '', secret: '', allowsMetadataAddresses: false },
};

/** What was stored over the defaults. */
export function deliveryWithDefaults(stored: Partial<DeliverySettings>): DeliverySettings {
  return {
    ...DEFAULT_DELIVERY,
    ...stored,
    quiet: { ...DEFAULT_DELIVERY.quiet, ...stored.quiet },
    desktop: { ...DEFAULT_DELIVERY.desktop, ...stored.desktop },
    email: { ...DEFAULT_DELIVERY.email, ...stored.email },
    webhook: { ...DEFAULT_DELIVERY.webhook, ...stored.webhook },
  };
}
