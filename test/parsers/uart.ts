/** What a serial port reads of a line that was sent with other settings: bit by bit, as a UART samples it. */
import type { SerialSettings } from '../../parsers/detection/serial-line.ts';

const parityBit = (ones: number, parity: SerialSettings['parity']): readonly number[] => {
  switch (parity) {
    case 'none':
      return [];
    case 'even':
      return [ones % 2];
    case 'odd':
      return [1 - (ones % 2)];
    case 'mark':
      return [1];
    case 'space':
      return [0];
  }
};

/** The line's level for each bit time; idle is 1. */
export function sentBits(text: string, settings: SerialSettings, idleBits = 3): number[] {
  const bits: number[] = [1, 1, 1, 1];
  for (const character of text) {
    const data = Array.from({ length: settings.dataBits }, (_, bit) => (character.charCodeAt(0) >> bit) & 1);
    const ones = data.reduce((sum, bit) => sum + bit, 0);
    bits.push(0, ...data, ...parityBit(ones, settings.parity));
    for (let i = 0; i < settings.stopBits + idleBits; i += 1) bits.push(1);
  }
  bits.push(...Array<number>(40).fill(1));
  return bits;
}

/** Characters read; with `dropsBad` a character with a wrong parity or stop bit comes as NUL, as drivers give it. */
export function readBits(
  bits: readonly number[],
  sent: SerialSettings,
  port: SerialSettings,
  dropsBad = false,
): string {
  const step = sent.baudRate / port.baudRate;
  const level = (at: number): number => bits[Math.min(bits.length - 1, Math.floor(at))] ?? 1;
  let text = '';
  let at = 0;
  const frameBits = 1 + port.dataBits + (port.parity === 'none' ? 0 : 1) + 1;
  while (at < bits.length - frameBits * step) {
    const isEdge = level(at) === 0 && (at === 0 || level(at - 0.01) === 1);
    if (!isEdge) {
      at = Math.floor(at) + 1;
      continue;
    }
    const samples = Array.from({ length: frameBits }, (_, bit) => level(at + (bit + 0.5) * step));
    let code = 0;
    for (let bit = 0; bit < port.dataBits; bit += 1) code |= (samples[1 + bit] ?? 0) << bit;
    const ones = samples.slice(1, 1 + port.dataBits).reduce((sum, bit) => sum + bit, 0);
    const [wanted] = parityBit(ones, port.parity);
    const isGood = (wanted === undefined || samples[1 + port.dataBits] === wanted) && samples.at(-1) === 1;
    text += isGood || !dropsBad ? String.fromCharCode(code) : '\0';
    at = Math.ceil(at + (frameBits - 0.5) * step);
  }
  return text;
}
