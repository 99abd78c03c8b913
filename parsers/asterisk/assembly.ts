/**
 * The call that some Asterisk records are. What is an outside call is decided by the channels: a line that was dialled
 * over makes an outgoing call, a line that came in an incoming one, and a record that never reached a second channel
 * (a wrong code, a hang-up at the prompt, a feature code) is no call at all, whatever number stands in `dst`.
 */

import type { AssembledCall, CallDirection, CallLeg, CodeField } from '../../core/model/call.ts';
import type { CallRecord, Doubt } from '../../core/model/call-record.ts';
import { comparableSeconds } from '../../core/model/time.ts';
import type { Assembly, AssemblyRecord, FormatOptions } from '../types.ts';
import { type Channel, isOutsideNumber, leadingDigits, lineContext, trailingDigits } from './channel.ts';
import {
  Devices,
  isAttaching,
  isDeadEndRelay,
  type Leg,
  lastApp,
  leadsOutside,
  legsInOrder,
  relayNumber,
  talkedSeconds,
  withoutCode,
} from './legs.ts';
import { type AsteriskSettings, settingsOf } from './options.ts';
import { asteriskJoins, asteriskKeys } from './ties.ts';

/** Applications that a caller without a second party has really talked to. */
const ANSWERING_APP = /^(VoiceMail(Main)?|ConfBridge|MeetMe|Record|Directory|Page|DISA|MixMonitor|Echo)$/i;

/** After Authenticate() the record is answered from its first second. */
const PROMPT_ANSWER_SECONDS = 1;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface Scene {
  readonly legs: readonly Leg[];
  readonly devices: Devices;
  readonly settings: AsteriskSettings;
  /** Names of outside channels this call dialled out over. */
  readonly dialled: ReadonlySet<string>;
  /** Names of outside channels that came in. */
  readonly arrived: ReadonlySet<string>;
}

/** A call from outside that reaches the dialplan by a Local channel which no telephone dialled. */
function isArrivedRelay(leg: Leg, legs: readonly Leg[], settings: AsteriskSettings, isLineDialled: boolean): boolean {
  const { from, record } = leg;
  if (from?.isRelay !== true || leg.isFarHalf || !isOutsideNumber(record.callerNumber, settings)) return false;
  if (legs.some((other) => other !== leg && !other.isFarHalf && other.to?.name === from.name)) return false;
  return settings.outsideContexts.test(record.extra?.['dcontext'] ?? '') || !isLineDialled;
}

function sceneOf(records: readonly AssemblyRecord[], settings: AsteriskSettings): Scene {
  const legs = legsInOrder(records);
  const devices = new Devices(legs, settings);
  const dialled = new Set<string>();
  const arrived = new Set<string>();
  for (const leg of legs) {
    const line = leg.isFarHalf ? leg.from : leg.to;
    if (devices.isTrunk(line) && (leg.isFarHalf || !isAttaching(leg))) dialled.add(line.name);
    if (leg.to !== undefined && leadsOutside(leg, legs, settings)) dialled.add(leg.to.name);
  }
  for (const leg of legs) {
    for (const line of leg.isFarHalf ? [] : isAttaching(leg) ? [leg.from, leg.to] : [leg.from]) {
      if (devices.isTrunk(line) && !dialled.has(line.name)) arrived.add(line.name);
    }
    if (isArrivedRelay(leg, legs, settings, dialled.size > 0)) arrived.add(leg.from?.name ?? '');
  }
  return { legs, devices, settings, dialled, arrived };
}

interface Part {
  readonly direction: CallDirection;
  readonly principal: Leg;
  readonly extension: string | undefined;
  readonly trunk: string | undefined;
  readonly trunkOut?: string | undefined;
  readonly outsideNumber: string | undefined;
  readonly talkLegs: readonly Leg[];
  readonly isAnswered: boolean;
  readonly isTransferred: boolean;
  readonly isGuessed: boolean;
}

/** `SIP/line1`; of an ISDN channel `DAHDI/i1/912345678-5` the span. */
function trunkName(channel: Channel | undefined): string | undefined {
  if (channel === undefined) return undefined;
  if (channel.isRelay) {
    const context = lineContext(channel);
    return context === undefined ? undefined : `Local/${context}`;
  }
  const device = channel.name.replace(/-[0-9a-fA-F]+$/, '');
  return channel.tech === 'dahdi' || channel.tech === 'zap' ? device.split('/').slice(0, 2).join('/') : device;
}

function extensionOf(channel: Channel, number: string | undefined, settings: AsteriskSettings): string {
  const digits = leadingDigits(channel.peer);
  if (digits !== '') return digits;
  const isInside = number !== undefined && /^\d+$/.test(number) && !isOutsideNumber(number, settings);
  const named = trailingDigits(channel.peer);
  if (named.length > 1 && named !== number) return named;
  return isInside ? number : channel.peer;
}

const DIALLED_NUMBER = /^\+?[\d*#]{2,}$/;

function outsideNumberOf(leg: Leg, settings: AsteriskSettings): string | undefined {
  const number = withoutCode(leg.record.dialedNumber, settings);
  if (number !== undefined && DIALLED_NUMBER.test(number)) return number;
  return leg.dials.find((dialled) => dialled.number !== undefined)?.number;
}

/** Who dialled over a line: the calling telephone, behind a Local channel the telephone on its other side. */
function dialler(principal: Leg, scene: Scene): string | undefined {
  const { legs, devices, settings } = scene;
  const { from } = principal;
  const channelName = from?.name;
  if (devices.isExtension(from)) return extensionOf(from, principal.record.callerNumber, settings);
  const before = legs.find(
    (leg) => leg.to !== undefined && leg.to.name === channelName && devices.isExtension(leg.from),
  );
  if (before?.from !== undefined) return extensionOf(before.from, before.record.callerNumber, settings);
  const beside = legs.find(
    (leg) =>
      leg !== principal &&
      leg.from?.name === channelName &&
      leg.from?.half !== principal.from?.half &&
      devices.isExtension(leg.to),
  );
  if (beside?.to !== undefined) return extensionOf(beside.to, beside.record.dialedNumber, settings);
  const src = principal.record.callerNumber;
  return src !== undefined && /^\d+$/.test(src) && !isOutsideNumber(src, settings) ? src : undefined;
}

function outgoing(scene: Scene): Part | undefined {
  const { legs, devices, dialled, arrived } = scene;
  const isSeizure = (leg: Leg): boolean => !leg.isFarHalf && leg.to !== undefined && dialled.has(leg.to.name);
  const seizures = legs.filter(isSeizure);
  // A dialled line goes on after a transfer, to a telephone or into a queue, and is paid for until it is released.
  const isOn = (leg: Leg): boolean =>
    (leg.from !== undefined && dialled.has(leg.from.name) && leg.from.half !== '2') ||
    (leg.isFarHalf && leg.to !== undefined && dialled.has(leg.to.name));
  const rest = legs.filter((leg) => leg.isAnswered && leg.billsec > 0 && isOn(leg));
  const principal = seizures.find((leg) => leg.isAnswered) ?? seizures.at(-1);
  if (principal === undefined) {
    // Only the far side's record is here. Talk over a dialled line to a telephone is the rest of a call whose first record is lost.
    const orphan = rest.find((leg) => devices.isExtension(leg.to));
    if (orphan === undefined) return undefined;
    return {
      direction: 'outgoing',
      principal: orphan,
      extension: orphan.to === undefined ? undefined : extensionOf(orphan.to, undefined, scene.settings),
      trunk: trunkName(orphan.from),
      outsideNumber: orphan.record.callerNumber,
      talkLegs: rest,
      isAnswered: true,
      isTransferred: true,
      isGuessed: true,
    };
  }
  const cameIn = legs.find((leg) => leg.from !== undefined && arrived.has(leg.from.name));
  const talkLegs = [...new Set([...seizures, ...rest])];
  const common = {
    principal,
    outsideNumber: outsideNumberOf(principal, scene.settings),
    talkLegs,
    isAnswered: talkLegs.some((leg) => leg.isAnswered),
    isTransferred: rest.length > 0 || seizures.filter((leg) => leg.isAnswered).length > 1,
    isGuessed: devices.isTrunk(principal.to) ? !devices.isSure(principal.to) : true,
  };
  if (cameIn !== undefined) {
    return {
      ...common,
      direction: 'tandem',
      extension: undefined,
      trunk: trunkName(cameIn.from),
      trunkOut: trunkName(principal.to),
    };
  }
  return { ...common, direction: 'outgoing', extension: dialler(principal, scene), trunk: trunkName(principal.to) };
}

/** The telephone a leg rang, also behind a relay whose other half left no record. */
function rungExtension(leg: Leg, scene: Scene): string | undefined {
  if (leg.isFarHalf || leg.to === undefined) return undefined;
  const { devices, legs, settings } = scene;
  if (devices.isExtension(leg.to)) return extensionOf(leg.to, leg.record.dialedNumber, settings);
  return isDeadEndRelay(leg, legs) && /^\d+$/.test(relayNumber(leg.to)) ? relayNumber(leg.to) : undefined;
}

function incoming(scene: Scene): Part | undefined {
  const { legs, devices, arrived } = scene;
  const first = legs.find(
    (leg) =>
      (leg.from !== undefined && arrived.has(leg.from.name)) || (leg.to !== undefined && arrived.has(leg.to.name)),
  );
  if (first === undefined) return undefined;
  const line = first.from !== undefined && arrived.has(first.from.name) ? first.from : first.to;
  const rung = legs.filter((leg) => rungExtension(leg, scene) !== undefined);
  const taken = rung.filter((leg) => leg.isAnswered);
  // A machine that answered (queue, menu) has not taken the call; one that was talked to has.
  const talkedTo = legs.filter((leg) => leg.isAnswered && leg.to === undefined && ANSWERING_APP.test(lastApp(leg)));
  const principal = taken[0] ?? rung[0] ?? talkedTo[0] ?? first;
  const picker = line === first.to && first.from !== undefined ? first.from : undefined;
  return {
    direction: 'incoming',
    principal,
    extension:
      picker === undefined
        ? rungExtension(principal, scene)
        : extensionOf(picker, first.record.callerNumber, scene.settings),
    trunk: trunkName(line),
    outsideNumber: picker === undefined ? first.record.callerNumber : undefined,
    talkLegs: taken.length > 0 ? taken : picker === undefined ? talkedTo : [first],
    isAnswered: taken.length > 0 || talkedTo.length > 0 || (picker !== undefined && first.isAnswered),
    isTransferred: new Set(taken.map((leg) => leg.to?.name)).size > 1,
    isGuessed: line?.isRelay === true || !devices.isSure(line),
  };
}

function inside(scene: Scene): Part | undefined {
  const { legs, devices } = scene;
  const rung = legs.filter((leg) => rungExtension(leg, scene) !== undefined);
  const taken = rung.filter((leg) => leg.isAnswered);
  const principal = taken[0] ?? rung[0];
  if (principal === undefined) return undefined;
  return {
    direction: 'internal',
    principal,
    extension: dialler(principal, scene),
    trunk: undefined,
    outsideNumber: undefined,
    talkLegs: taken,
    isAnswered: taken.length > 0,
    isTransferred: new Set(taken.map((leg) => leg.to?.name)).size > 1,
    isGuessed: principal.from?.isRelay !== true && (!devices.isSure(principal.from) || !devices.isSure(principal.to)),
  };
}

function nothing(scene: Scene, principal: Leg): Part {
  const { devices, settings } = scene;
  const { from, record } = principal;
  return {
    direction: 'none',
    principal,
    extension:
      !principal.isFarHalf && devices.isExtension(from) ? extensionOf(from, record.callerNumber, settings) : undefined,
    trunk: undefined,
    outsideNumber: undefined,
    talkLegs: [],
    isAnswered: false,
    isTransferred: false,
    isGuessed: false,
  };
}

/** A code in front of the number needs no prompt. */
function isCodeDialled(leg: Leg, settings: AsteriskSettings): boolean {
  return withoutCode(leg.record.dialedNumber, settings) !== leg.record.dialedNumber;
}

interface Code {
  readonly code: string;
  readonly field: CodeField;
}

/** The personal code in the site's column. In a bridge the user fields of both sides are joined by `;`. */
function printedCode(record: CallRecord, settings: AsteriskSettings): string | undefined {
  const { codeColumn, personalCode } = settings;
  const printed = codeColumn === 'accountcode' ? record.accountCode : record.extra?.[codeColumn];
  const codes = codeColumn === 'userfield' ? printed?.split(';') : [printed];
  return codes?.find((code) => code !== undefined && personalCode.test(code));
}

/** The keyed code: a code dialled in front of the number stands before a telephone's fixed account code. */
function codeOf(part: Part, scene: Scene): Code | undefined {
  if (part.direction === 'incoming' || part.direction === 'none') return undefined;
  const { settings, legs } = scene;
  const others = legs.filter((leg) => leg !== part.principal && !leg.isFarHalf);
  const order = [part.principal, ...part.talkLegs.filter((leg) => leg !== part.principal && !leg.isFarHalf), ...others];
  const dialled = order
    .map((leg) => settings.dialPattern?.exec(leg.record.dialedNumber ?? '')?.groups?.['code'])
    .find((code) => code !== undefined);
  const account = order.map((leg) => printedCode(leg.record, settings)).find((code) => code !== undefined);
  if (account !== undefined && (dialled === undefined || dialled === account))
    return { code: account, field: 'account' };
  return dialled === undefined ? undefined : { code: dialled, field: 'dialled' };
}

function callLegs(part: Part, scene: Scene): readonly CallLeg[] {
  const { legs, devices, settings } = scene;
  const real = legs.filter(
    (leg) => part.talkLegs.includes(leg) || (!leg.isFarHalf && leg.to !== undefined && !leg.to.isRelay),
  );
  const kept = real.length > 0 ? real : legs;
  return kept.map((leg): CallLeg => {
    const { record, item, from, to } = leg;
    const line = devices.isTrunk(to) ? to : devices.isTrunk(from) ? from : undefined;
    const rung = rungExtension(leg, scene);
    const caller = devices.isExtension(from) ? extensionOf(from, record.callerNumber, settings) : undefined;
    const extension = part.direction === 'incoming' ? (rung ?? caller) : (caller ?? rung);
    const trunk = trunkName(line);
    const number = withoutCode(record.dialedNumber, settings);
    return {
      sourceOffset: item.sourceOffset,
      byteLength: item.byteLength,
      ...(extension === undefined ? {} : { extension }),
      ...(trunk === undefined ? {} : { trunk }),
      ...(record.callerNumber === undefined ? {} : { callerNumber: record.callerNumber }),
      ...(number === undefined ? {} : { dialedNumber: number }),
      durationSeconds: leg.billsec,
      ...(record.conditionCode === undefined ? {} : { conditionCode: record.conditionCode }),
      answered: leg.isAnswered && to !== undefined,
      ...(from !== undefined && scene.dialled.has(from.name) && to !== undefined ? { transferred: true } : {}),
    };
  });
}

/** Seconds from start to answer; of a call nobody took, to its end. */
function ringSecondsOf(leg: Leg, isAnswered: boolean): number | undefined {
  const duration = Number(leg.record.extra?.['duration'] ?? 0);
  if (!isAnswered) return duration;
  // The database's table prints neither answer nor end.
  if (leg.record.answer === undefined && leg.record.end === undefined) return Math.max(0, duration - leg.billsec);
  const [start, answer] = [leg.start, comparableSeconds(leg.record.answer)];
  return start === undefined || answer === undefined ? undefined : Math.max(0, answer - start);
}

function combinedRecord(part: Part, scene: Scene, talkSeconds: number): CallRecord {
  const { principal, direction } = part;
  const { settings, legs } = scene;
  const record: Mutable<CallRecord> = { ...principal.record };
  const start = legs.find((leg) => !leg.isFarHalf && leg.record.start !== undefined)?.record.start;
  const last = legs.reduce((latest, leg) => ((leg.end ?? 0) > (latest.end ?? 0) ? leg : latest), principal);
  const number = withoutCode(record.dialedNumber, settings);
  if (start !== undefined) record.start = start;
  if (last.record.end !== undefined) record.end = last.record.end;
  if (number !== undefined) record.dialedNumber = number;
  if (part.extension !== undefined) record.extension = part.extension;
  if (part.trunk !== undefined) record.trunk = part.trunk;
  if (part.trunkOut !== undefined) record.trunkOut = part.trunkOut;
  if (direction !== 'none') {
    record.durationSeconds = talkSeconds;
    record.direction = direction;
  }
  if (direction === 'incoming' && part.outsideNumber !== undefined) record.callerNumber = part.outsideNumber;
  record.answered = part.isAnswered;
  if (part.isTransferred) record.transferred = true;
  return record;
}

function combine(records: readonly AssemblyRecord[], options: FormatOptions): AssembledCall {
  const settings = settingsOf(options);
  const scene = sceneOf(records, settings);
  const first = scene.legs.find((leg) => !leg.isFarHalf) ?? scene.legs[0];
  if (first === undefined) throw new RangeError('a call has at least one record');
  const part = outgoing(scene) ?? incoming(scene) ?? inside(scene) ?? nothing(scene, first);
  const code = codeOf(part, scene);
  const printedTalk = talkedSeconds(part.talkLegs);
  const ring = ringSecondsOf(part.principal, part.isAnswered);
  const isPrompted =
    (part.direction === 'outgoing' || part.direction === 'tandem') &&
    code?.field === 'account' &&
    !isCodeDialled(part.principal, settings) &&
    printedTalk > 0 &&
    ring !== undefined &&
    ring <= PROMPT_ANSWER_SECONDS;
  const isPromptInside =
    isPrompted && scene.legs.find((leg) => leg.from?.name === part.principal.from?.name) === part.principal;
  const doubts = new Set<Doubt>(records.flatMap((item) => item.doubts));
  if (part.isGuessed) doubts.add('direction-guessed');
  if (isPrompted) doubts.add('talk-includes-code-prompt');
  return {
    record: combinedRecord(part, scene, printedTalk),
    direction: part.direction,
    answered: part.isAnswered,
    talkSeconds: Math.max(0, printedTalk - (isPromptInside ? settings.promptSeconds : 0)),
    ringSeconds: isPrompted ? undefined : ring,
    code: code?.code,
    codeField: code?.field,
    outsideNumber: part.outsideNumber,
    legs: callLegs(part, scene),
    doubts: [...doubts],
  };
}

export const asteriskAssembly: Assembly = {
  // Records are written at hang-up, so the parts of a long call may lie hours apart.
  windowSeconds: 12 * 3600,
  keys: asteriskKeys,
  joins: asteriskJoins,
  combine,
};
