/** Party devices: `E<extension>`, `T<9000 + line>`, `V<9500 + channel>` voicemail, `V<1><conference><channel>`, `V8000` a tone. */

export const DEVICE = /^[ETV]\d+$/;

export type DeviceKind = 'extension' | 'trunk' | 'voicemail' | 'conference' | 'tone' | 'none';

export function deviceKind(device: string | undefined): DeviceKind {
  if (device === undefined || !DEVICE.test(device)) return 'none';
  if (device.startsWith('E')) return 'extension';
  if (device.startsWith('T')) return 'trunk';
  if (/^V1\d{4}$/.test(device)) return 'conference';
  return /^V9[5-9]\d\d$/.test(device) ? 'voicemail' : 'tone';
}
