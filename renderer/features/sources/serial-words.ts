/** Settings of a serial port as they are written on PBXs and in manuals. */
import type { SerialSettings } from '../../../core/api/contract.ts';

const LETTER = { none: 'N', even: 'E', odd: 'O', mark: 'M', space: 'S' } as const;

/** `9600 baud, 7E1`. */
export function serialWords({ baudRate, dataBits, parity, stopBits }: SerialSettings): string {
  return `${baudRate} baud, ${dataBits}${LETTER[parity]}${stopBits}`;
}
