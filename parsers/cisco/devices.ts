/**
 * What a CUCM device is, by its name: telephones are named by kind and address (`SEP` and a MAC), MGCP and H.323 gateways by
 * a port and a host or an address; SIP trunks have the name somebody gave them. So what is nothing known counts as a trunk,
 * unless the site names its trunks.
 */
import type { FormatOptions, OptionDefinition } from '../types.ts';

export const PHONES = '^(SEP|ATA|CSF|TCT|BOT|TAB|VGP|UDP|AN[0-9A-F]{8})';

export const deviceOptions: readonly OptionDefinition[] = [
  {
    name: 'phones',
    kind: 'text',
    default: PHONES,
    help: {
      en: 'Regular expression for the names of telephones (origDeviceName, destDeviceName).',
      vi: 'Biểu thức chính quy cho tên các máy điện thoại (origDeviceName, destDeviceName).',
    },
  },
  {
    name: 'trunks',
    kind: 'text',
    help: {
      en: 'Names of the gateways and trunks, separated by commas. Every other device then counts as inside. Empty: what is no telephone and no conference bridge is a trunk.',
      vi: 'Tên các gateway và trung kế, cách nhau bằng dấu phẩy. Khi đó mọi thiết bị khác được coi là bên trong. Để trống: thiết bị nào không phải máy điện thoại hay cầu hội nghị là trung kế.',
    },
  },
];

export type DeviceKind = 'inside' | 'trunk' | 'none';

/** Bridges, announcements, parking and voicemail ports: inside, whatever they are named like. */
const RESOURCE = /^(?:CFB|MTP|MOH|ANN|XCODE|IVR)[_\d]|^CTI|^ParkingLotDevice$|-VI\d+$/i;
const GATEWAY = /@|\/|^\d{1,3}(?:\.\d{1,3}){3}$/;

function phonePattern(text: string | undefined): RegExp {
  try {
    return new RegExp(text ?? PHONES, 'i');
  } catch {
    // A text that is no regular expression must not stop capture: the default serves.
    return new RegExp(PHONES, 'i');
  }
}

export interface Devices {
  /** `partition` is undefined for the called side, where it says nothing. */
  kindOf(name: string, partition: string | undefined): DeviceKind;
}

const MOST_REMEMBERED = 5000;

export function devicesOf(options: FormatOptions): Devices {
  const phones = phonePattern(options['phones']);
  const trunks = (options['trunks'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const known = new Map<string, 'phone' | 'trunk' | 'inside' | 'free'>();
  const classify = (name: string): 'phone' | 'trunk' | 'inside' | 'free' => {
    if (trunks.length > 0) return trunks.includes(name.toLowerCase()) ? 'trunk' : 'inside';
    if (phones.test(name)) return 'phone';
    if (RESOURCE.test(name)) return 'inside';
    return GATEWAY.test(name) ? 'trunk' : 'free';
  };
  return {
    kindOf(name, partition) {
      if (name === '') return 'none';
      let kind = known.get(name);
      if (kind === undefined) {
        kind = classify(name);
        if (known.size < MOST_REMEMBERED) known.set(name, kind);
      }
      if (kind === 'trunk') return 'trunk';
      // A caller in a partition did not come through a gateway: a CTI port or a route point.
      return kind === 'free' && (partition === undefined || partition === '') ? 'trunk' : 'inside';
    },
  };
}
