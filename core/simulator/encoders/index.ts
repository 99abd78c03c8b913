/** Every PBX family the simulator can speak for. A test holds this list against the formats Tollbook reads. */
import type { CallEncoder } from '../encoder.ts';
import { threeCxEncoder } from './3cx.ts';
import { alcatelEncoder } from './alcatel.ts';
import { asteriskEncoder } from './asterisk.ts';
import { avayaEncoder } from './avaya.ts';
import { avayaCmEncoder } from './avaya-cm.ts';
import { ciscoEncoder } from './cisco.ts';
import { comdialEncoder } from './comdial.ts';
import { freeswitchEncoder } from './freeswitch.ts';
import { grandstreamEncoder } from './grandstream.ts';
import { karelEncoder } from './karel.ts';
import { lgEncoder } from './lg.ts';
import { matrixEncoder } from './matrix.ts';
import { mitelEncoder } from './mitel.ts';
import { mxoneEncoder } from './mxone.ts';
import { necEncoder } from './nec.ts';
import { nortelEncoder } from './nortel.ts';
import { panasonicEncoder } from './panasonic.ts';
import { panasonicKeySystemEncoder } from './panasonic-key-systems.ts';
import { samsungEncoder } from './samsung.ts';
import { shoretelEncoder } from './shoretel.ts';
import { toshibaEncoder } from './toshiba.ts';
import { unifyEncoder } from './unify.ts';
import { yeastarEncoder } from './yeastar.ts';

export const encoders: readonly CallEncoder[] = [
  panasonicEncoder,
  panasonicKeySystemEncoder,
  avayaEncoder,
  asteriskEncoder,
  lgEncoder,
  mitelEncoder,
  ciscoEncoder,
  avayaCmEncoder,
  karelEncoder,
  matrixEncoder,
  nortelEncoder,
  shoretelEncoder,
  comdialEncoder,
  alcatelEncoder,
  mxoneEncoder,
  unifyEncoder,
  necEncoder,
  samsungEncoder,
  toshibaEncoder,
  threeCxEncoder,
  yeastarEncoder,
  grandstreamEncoder,
  freeswitchEncoder,
];

export function encoderFor(formatId: string): CallEncoder {
  const found = encoders.find((encoder) => encoder.formatIds.includes(formatId));
  if (found === undefined) throw new Error(`the simulator has no encoder for ${formatId}`);
  return found;
}
