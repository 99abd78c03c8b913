/**
 * Channel names `TECH/peer-id`: is the peer a telephone, an outside line or a relay inside Asterisk? Every record of a
 * call adds evidence on each peer, and the strongest wins, so that a transferred outside line in an inside context stays a line.
 */
import type { CallRecord } from '../../core/model/call-record.ts';
import type { AsteriskSettings } from './options.ts';

export interface Channel {
  /** The whole name without the half of a Local channel (`;1`, `;2`). */
  readonly name: string;
  readonly tech: string;
  readonly peer: string;
  /** `TECH/peer`, what evidence is gathered on. */
  readonly device: string;
  readonly isRelay: boolean;
  /** Of a Local channel: `1` is the half that was dialled, `2` the one that walks the dialplan. */
  readonly half: '1' | '2' | undefined;
  /** True when the id is used by one channel only until Asterisk restarts (hexadecimal counter of eight digits). */
  readonly isUnique: boolean;
}

export type PeerKind = 'extension' | 'trunk';

export interface Evidence {
  readonly kind: PeerKind;
  readonly weight: number;
}

/** Below this a side is guessed, and the call says so. */
export const SURE = 50;

const WEIGHTS = {
  told: 100,
  line: 90,
  numberDialledOverIt: 80,
  sameAsNumber: 75,
  toldContext: 95,
  outsideContext: 72,
  extensionDigits: 70,
  dialledDirectly: 65,
  outsideNumber: 60,
  queueMember: 58,
  insideContext: 50,
  phoneName: 30,
  name: 20,
} as const;

/** Drivers of Asterisk's own inner channels. */
export const RELAY_TECHS = new Set([
  'local',
  'surrogate',
  'message',
  'cbann',
  'cbrec',
  'recorder',
  'announcer',
  'snoop',
]);
/** Drivers that only ever carry outside lines. */
const LINE_TECHS = new Set(['ooh323', 'h323', 'dongle', 'quectel', 'capi', 'khomp', 'ss7', 'unicall', 'motif']);
const LINE_NAME =
  /trunk|line|gateway|gw|pstn|provider|carrier|telco|isp|viettel|vnpt|fpt|vina|mobi|gsm|sip|(?<![a-z])e1|isdn|^out|^in/i;

/** A word and an extension number. */
const PHONE_NAME = /^(ext|extension|phone|tel|sipp?|user|agent|desk|softphone|handset|ip|nv|may)[_.-]?\d{2,6}$/i;

/** Names a channel bears while it is moved by a transfer: `AsyncGoto/PJSIP/line1-00000002`, `SIP/110-0000000a<ZOMBIE>`. */
const WRAPPED = /^(AsyncGoto|Transfered|Parked)\//;

/** Digits of the id in `line1-0000002a`; 0 where there is none. */
function hexDigitsAtEnd(text: string): number {
  const dash = text.lastIndexOf('-');
  if (dash === -1 || dash === text.length - 1) return 0;
  for (let i = dash + 1; i < text.length; i += 1) {
    const code = text.charCodeAt(i) | 0x20;
    if (!((code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x66))) return 0;
  }
  return text.length - dash - 1;
}

export function channelOf(text: string | undefined): Channel | undefined {
  if (text === undefined || text === '') return undefined;
  const bare = text.endsWith('>') ? text.replace(/<[A-Z]+>$/, '') : text;
  const whole = WRAPPED.test(bare) ? bare.replace(WRAPPED, '') : bare;
  const half = whole.endsWith(';1') ? '1' : whole.endsWith(';2') ? '2' : undefined;
  const name = half === undefined ? whole : whole.slice(0, -2);
  const slash = name.indexOf('/');
  const tech = (slash === -1 ? name : name.slice(0, slash)).toLowerCase();
  const rest = slash === -1 ? '' : name.slice(slash + 1);
  const idDigits = hexDigitsAtEnd(rest);
  const peer = idDigits === 0 ? rest : rest.slice(0, -idDigits - 1);
  return {
    name,
    tech,
    peer,
    device: `${tech}/${peer.toLowerCase()}`,
    isRelay: RELAY_TECHS.has(tech),
    half,
    isUnique: idDigits >= 8,
  };
}

/** Digits in front of a peer's name: `101`, `101-desk`, `101_mobile`. */
export function leadingDigits(peer: string): string {
  return /^\d+(?=[_.-]|$)/.exec(peer)?.[0] ?? '';
}

/** Digits behind a name: `phone101`, `ext-101`. */
export function trailingDigits(peer: string): string {
  return /^[A-Za-z_.-]+(\d+)$/.exec(peer)?.[1] ?? '';
}

const isNumber = (text: string): boolean => /^\+?[\d*#]+$/.test(text);

/** A number no telephone of the office has. */
export function isOutsideNumber(text: string | undefined, settings: AsteriskSettings): boolean {
  return text !== undefined && isNumber(text) && text.replace(/\D/g, '').length > settings.extensionDigits;
}

export interface DialString {
  readonly tech: string;
  readonly peer: string;
  /** The number sent over the peer; undefined when the peer itself was called. */
  readonly number: string | undefined;
}

/** What `Dial()` was told: `PJSIP/912345678@line1,60`, `SIP/line1/912345678`, `PJSIP/101&PJSIP/102,20`. */
export function dialStrings(lastData: string | undefined): readonly DialString[] {
  const devices = (lastData ?? '').split(/[,|]/)[0] ?? '';
  const found: DialString[] = [];
  for (const device of devices.split('&')) {
    const m = /^([A-Za-z0-9_]+)\/(.+)$/.exec(device);
    if (m === null) continue;
    const tech = (m[1] ?? '').toLowerCase();
    const rest = m[2] ?? '';
    const at = /^(\+?[\d*#]+)@(.+)$/.exec(rest);
    const slash = /^([^/]+)\/(?:sips?:)?([^@]+)(@.*)?$/.exec(rest);
    if (at !== null) found.push({ tech, peer: at[2] ?? '', number: at[1] === at[2] ? undefined : at[1] });
    else if (slash !== null) {
      // IAX2 may name a user before the peer: `IAX2/user:secret@peer/912345678`.
      const [peer, user] = [(slash[1] ?? '').replace(/^.*@/, ''), slash[2] ?? ''];
      found.push({ tech, peer, number: user !== peer && isNumber(user) ? user : undefined });
    } else found.push({ tech, peer: rest, number: undefined });
  }
  return found;
}

function toldBySite(channel: Channel, settings: AsteriskSettings): Evidence | undefined {
  const peer = channel.peer.toLowerCase();
  if (settings.extensions?.test(channel.peer)) return { kind: 'extension', weight: WEIGHTS.told };
  if (settings.trunks.some((name) => (name.includes('/') ? channel.device.startsWith(name) : peer === name))) {
    return { kind: 'trunk', weight: WEIGHTS.told };
  }
  if (settings.extensions !== undefined) return { kind: 'trunk', weight: WEIGHTS.told - 1 };
  return settings.trunks.length > 0 ? { kind: 'extension', weight: WEIGHTS.told - 1 } : undefined;
}

/** What the name alone says. */
export function byDevice(channel: Channel, settings: Pick<AsteriskSettings, 'extensionDigits'>): Evidence {
  // A span of ISDN or SS7 (`DAHDI/i1/0912345678-5`) is a line; a bare port (`DAHDI/4-1`) may be either.
  const isDahdi = channel.tech === 'dahdi' || channel.tech === 'zap';
  if (LINE_TECHS.has(channel.tech) || (isDahdi && channel.peer.includes('/'))) {
    return { kind: 'trunk', weight: WEIGHTS.line };
  }
  if (isDahdi) return { kind: 'trunk', weight: WEIGHTS.name - 1 };
  if (channel.tech === 'console') return { kind: 'extension', weight: WEIGHTS.line };
  const digits = leadingDigits(channel.peer);
  if (digits !== '' && digits.length <= settings.extensionDigits) {
    return { kind: 'extension', weight: WEIGHTS.extensionDigits };
  }
  if (/^\+?\d+$/.test(channel.peer)) return { kind: 'trunk', weight: WEIGHTS.outsideNumber };
  if (PHONE_NAME.test(channel.peer)) return { kind: 'extension', weight: WEIGHTS.phoneName };
  return { kind: LINE_NAME.test(channel.peer) ? 'trunk' : 'extension', weight: WEIGHTS.name };
}

/** The context of `Local/912345678@carrier` where it is called like a line: a line that is walked inside the dialplan. */
export function lineContext(relay: Channel): string | undefined {
  const context = relay.peer.slice(relay.peer.indexOf('@') + 1);
  return context !== relay.peer && LINE_NAME.test(context) ? context : undefined;
}

const isNamedAfter = (peer: string, number: string | undefined): boolean =>
  number !== undefined &&
  number !== '' &&
  (peer === number || leadingDigits(peer) === number || (number.length > 1 && trailingDigits(peer) === number));

function byRecordOfCaller(channel: Channel, record: CallRecord, settings: AsteriskSettings): Evidence[] {
  const found: Evidence[] = [];
  const src = record.callerNumber;
  const context = record.extra?.['dcontext'] ?? '';
  if (isNamedAfter(channel.peer, src)) found.push({ kind: 'extension', weight: WEIGHTS.sameAsNumber });
  if (settings.outsideContexts.test(context)) {
    found.push({ kind: 'trunk', weight: settings.isOutsideTold ? WEIGHTS.toldContext : WEIGHTS.outsideContext });
  }
  const isNamed = leadingDigits(channel.peer) === '';
  if (isNamed && isOutsideNumber(src, settings)) found.push({ kind: 'trunk', weight: WEIGHTS.outsideNumber });
  if (settings.insideContexts.test(context)) {
    found.push({ kind: 'extension', weight: WEIGHTS.insideContext });
  }
  const isDahdiPort = channel.tech === 'dahdi' || channel.tech === 'zap';
  if (isDahdiPort && src !== undefined && isNumber(src)) {
    const isOutside = isOutsideNumber(src, settings);
    found.push({ kind: isOutside ? 'trunk' : 'extension', weight: isOutside ? WEIGHTS.outsideNumber : WEIGHTS.name });
  }
  return found;
}

function byRecordOfCalled(
  channel: Channel,
  record: CallRecord,
  dials: readonly DialString[],
  settings: AsteriskSettings,
): Evidence[] {
  const found: Evidence[] = [];
  const isOutside = isOutsideNumber(record.dialedNumber, settings);
  if (isNamedAfter(channel.peer, record.dialedNumber) && !isOutside) {
    found.push({ kind: 'extension', weight: WEIGHTS.sameAsNumber });
  }
  // A telephone dials an outside number only over a line; from outside, the number dialled is the office's own.
  const callerIsInside = isNumber(record.callerNumber ?? '') && !isOutsideNumber(record.callerNumber, settings);
  const strings = dials.filter((dialled) => dialled.tech === channel.tech);
  const isDahdi = channel.tech === 'dahdi' || channel.tech === 'zap';
  const own = strings.find((dialled) => dialled.peer.toLowerCase() === channel.peer.toLowerCase());
  const dialled = own ?? (isDahdi && strings.length === 1 ? strings[0] : undefined);
  if (dialled?.number !== undefined) found.push({ kind: 'trunk', weight: WEIGHTS.numberDialledOverIt });
  else if (dialled !== undefined && !(isOutside && callerIsInside)) {
    found.push({ kind: 'extension', weight: WEIGHTS.dialledDirectly });
  }
  if (/queue/i.test(record.extra?.['lastapp'] ?? '')) {
    found.push({ kind: 'extension', weight: WEIGHTS.queueMember });
  } else if (isOutside && leadingDigits(channel.peer) === '' && own?.number === undefined) {
    found.push({ kind: 'trunk', weight: callerIsInside ? WEIGHTS.outsideNumber : WEIGHTS.name });
  }
  return found;
}

/** What one record says about a peer, as the calling (`caller`) or the called side. Best evidence of that record. */
export function evidenceOn(
  channel: Channel,
  side: 'caller' | 'called',
  record: CallRecord,
  dials: readonly DialString[],
  settings: AsteriskSettings,
): Evidence {
  const told = toldBySite(channel, settings);
  if (told !== undefined) return told;
  const byRecord =
    side === 'caller'
      ? byRecordOfCaller(channel, record, settings)
      : byRecordOfCalled(channel, record, dials, settings);
  return byRecord.reduce((best, next) => (next.weight > best.weight ? next : best), byDevice(channel, settings));
}
