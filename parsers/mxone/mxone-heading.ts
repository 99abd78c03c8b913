/**
 * The order of MX-ONE's fields: as its heading names them, else as usual. A `valid` column belongs to the field before it.
 */
import type { StreamContext } from '../types.ts';

export const USUAL_ORDER: readonly string[] = [
  'startUtc',
  'stopUtc',
  'start',
  'stop',
  'duration',
  'calling',
  'callingType',
  'callingValid',
  'accessCode1',
  'accessCode2',
  'dialled',
  'connected',
  'condition',
  'callCase',
  'charged',
  'account',
  'accountValid',
  'pulses',
  'pulsesValid',
  'cil',
  'cilValid',
  'tns',
  'tnsValid',
  'osa',
  'osaValid',
  'trunkOut',
  'trunkQueue',
  'trunkQueueValid',
  'operatorQueue',
  'operatorQueueValid',
  'flex1',
  'flex2',
  'flex3',
  'ring',
  'queue',
  'queueValid',
  'equ',
  'equValid',
  'eventLevel',
  'mobileLogging',
  'trunkIn',
  'trunkInValid',
  'sequence',
  'sequenceLimit',
  'reference',
];

/** Words of a heading's cell, without blanks and marks; the first rule that fits names it. */
const RULES: readonly (readonly [name: string, words: RegExp])[] = [
  ['valid', /valid/],
  ['startUtc', /start.*utc|utc.*start/],
  ['stopUtc', /(?:stop|end).*utc|utc.*(?:stop|end)/],
  ['start', /start/],
  ['stop', /stop|end.*time/],
  ['duration', /duration/],
  ['callingType', /calling.*type|numbertype|typeofcalling/],
  ['calling', /calling/],
  ['accessCode1', /access.*1/],
  ['accessCode2', /access.*2/],
  ['dialled', /dial/],
  ['connected', /connected/],
  ['condition', /condition/],
  ['callCase', /case/],
  ['charged', /charged/],
  ['account', /account/],
  ['pulses', /tax|pulse/],
  ['cil', /cil/],
  ['tns', /tns/],
  ['osa', /osa/],
  ['trunkQueue', /trunk.*queue/],
  ['operatorQueue', /operator.*queue/],
  ['trunkOut', /outgoing.*trunk|trunk.*out/],
  ['trunkIn', /incoming.*trunk|trunk.*in/],
  ['ring', /ring/],
  ['queue', /queue/],
  ['equ', /^equ/],
  ['eventLevel', /event/],
  ['mobileLogging', /mobile/],
  ['sequenceLimit', /sequence.*limit/],
  ['sequence', /sequence/],
  ['reference', /callref|reference/],
];

const NEEDED: readonly string[] = ['duration', 'calling', 'dialled', 'condition', 'account'];

function orderOf(heading: string): readonly string[] | undefined {
  const order: string[] = [];
  for (const [index, cell] of heading.replace(/^#+/, '').split(',').entries()) {
    const words = cell.toLowerCase().replace(/[^a-z\d]/g, '');
    const found = RULES.find(([, rule]) => rule.test(words))?.[0] ?? `other${index}`;
    const name = found === 'valid' ? `${order.at(-1) ?? ''}Valid` : found;
    order.push(order.includes(name) ? `${name}Again${index}` : name);
  }
  const isWhole =
    NEEDED.every((name) => order.includes(name)) && (order.includes('startUtc') || order.includes('start'));
  return isWhole ? order : undefined;
}

const KEY = 'mxoneOrder';

/** Remembers what a comment line says about the order of the fields. */
export function observeHeading(line: string, context: StreamContext): void {
  if (line.charCodeAt(0) !== 0x23 || !line.includes(',')) return;
  const order = orderOf(line);
  if (order !== undefined) context[KEY] = order.join(',');
}

export function observedOrder(context: StreamContext): string | undefined {
  return context[KEY];
}
