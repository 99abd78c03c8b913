/**
 * LG, GoldStar, iPECS and Vodavi: the start in whole minutes, a record a leg, printed when the leg ends. Lost calls print
 * who rang and how long. What a page has no place for (the caller on GDK, GHX and GPS-6A, the code on GPS-6A, calls inside
 * on the old systems) is missing from the truth too.
 */
import { type CallEncoder, type EncodedCall, endOf, fullTruth, type TrueCall } from '../encoder.ts';
import { type Cell, longDuration, minutesAndSeconds, placed, shortClock, shortDate } from '../printed.ts';
import type { SimulatedCall } from '../traffic.ts';

interface Leg {
  readonly serial: string;
  readonly station: string;
  readonly trunk: string;
  readonly seconds: number;
  readonly startLocalSeconds: number;
  /** Call type character. */
  readonly type: string;
  readonly number: string;
  readonly caller: string;
  readonly ringSeconds: number;
  readonly account: string;
}

interface Page {
  readonly stationWidth: number;
  readonly hasInternal: boolean;
  readonly hasAccount: boolean;
  readonly hasCaller: boolean;
  /** The caller of a lost call is printed too. */
  readonly hasLostCaller: boolean;
  /** Each record has a serial number of its own, not each call. */
  readonly isSerialPerRecord?: boolean;
  print(leg: Leg): string;
}

const ringText = (leg: Leg): string => `RING ${minutesAndSeconds(leg.ringSeconds)}`;

/** What LDK prints behind the type: the number dialled, the caller, or who rang for how long. */
function ldkDialled(leg: Leg): string {
  if (leg.type === 'R') return `R${leg.station} ${ringText(leg)}`;
  if (leg.type === 'I') return leg.caller === '' ? `I ${ringText(leg)}` : `I${leg.caller}`;
  return `${leg.type}${leg.number}`;
}

const gdkDialled = (leg: Leg): string => (leg.type === 'I' ? `I ${ringText(leg)}` : ldkDialled(leg));

const startOf = (leg: Leg, order: 'DMY' | 'MDY'): string =>
  `${shortDate(leg.startLocalSeconds, order)} ${shortClock(leg.startLocalSeconds)}`;

function gdkDuration(seconds: number): string {
  const text = seconds < 3600 ? minutesAndSeconds(seconds) : longDuration(seconds).replace(/^0/, '');
  return text.padStart(8);
}

const meter = (leg: Leg, cells: readonly Cell[]): readonly Cell[] => (/^[OT]$/.test(leg.type) ? cells : []);

const ipecs = (leg: Leg, at: { readonly station: number; readonly rest: number }): string =>
  placed(at.rest + 94, [
    ...(at.station === 6 ? [[1, leg.serial] as Cell] : []),
    [at.station, leg.station],
    [at.rest, leg.trunk === '' ? '' : leg.trunk.padStart(3, '0')],
    [at.rest + 4, longDuration(leg.seconds)],
    [at.rest + 13, startOf(leg, 'DMY')],
    [at.rest + 28, leg.type === 'R' ? ldkDialled(leg) : `${leg.type}${leg.number}`],
    ...meter(leg, [[at.rest + 50, '0']]),
    [at.rest + 62, leg.account],
    [at.rest + 74, leg.caller],
  ]);

const all = { hasInternal: true, hasAccount: true, hasCaller: true, hasLostCaller: true } as const;

const ucp4: Page = { ...all, stationWidth: 5, print: (leg) => `${ipecs(leg, { station: 1, rest: 7 })}\r\n` };

const pages: Readonly<Record<string, Page>> = {
  'lg-ldk': {
    ...all,
    stationWidth: 5,
    hasLostCaller: false,
    print: (leg) =>
      `\r${placed(93, [
        [1, leg.serial],
        [6, leg.station],
        [12, leg.trunk === '' ? '' : leg.trunk.padStart(3, '0')],
        [16, longDuration(leg.seconds)],
        [25, startOf(leg, 'DMY')],
        [40, ldkDialled(leg)],
        ...meter(leg, [
          [60, '**'],
          [67, '0'],
          [79, '0'],
        ]),
        [82, leg.account],
      ])}\n`,
  },
  'lg-gdk': {
    stationWidth: 4,
    hasInternal: false,
    hasAccount: true,
    hasCaller: false,
    hasLostCaller: false,
    print: (leg) =>
      `${placed(92, [
        [1, leg.serial],
        [6, leg.station.padStart(4)],
        [11, leg.trunk],
        [14, gdkDuration(leg.seconds)],
        [23, startOf(leg, 'MDY')],
        [38, gdkDialled(leg)],
        ...meter(leg, [
          [58, '**'],
          [66, '0'],
          [77, '0'],
        ]),
        [80, leg.account],
      ]).trimEnd()}\r\n`,
  },
  'lg-ghx': {
    stationWidth: 3,
    hasInternal: false,
    hasAccount: true,
    hasCaller: false,
    hasLostCaller: false,
    print: (leg) =>
      `${placed(66, [
        [1, leg.station],
        [5, leg.trunk],
        [8, longDuration(leg.seconds).slice(1)],
        [16, shortClock(leg.startLocalSeconds)],
        [22, shortDate(leg.startLocalSeconds, 'MDY')],
        [31, leg.type],
        [33, leg.number],
        [52, leg.account],
      ])}\r\r\n`,
  },
  'lg-gps6a': {
    stationWidth: 3,
    hasInternal: false,
    hasAccount: false,
    hasCaller: false,
    hasLostCaller: false,
    isSerialPerRecord: true,
    print: (leg) =>
      `${placed(60, [
        [2, leg.serial],
        [8, leg.station],
        [13, leg.trunk],
        [17, minutesAndSeconds(leg.seconds)],
        [23, startOf(leg, 'MDY')],
        [39, `${leg.type}${leg.number}`],
      ])}\r\n`,
  },
  'ipecs-ucp4': ucp4,
  'ipecs-lik': ucp4,
  'ipecs-ucp8': { ...all, stationWidth: 9, print: (leg) => `${ipecs(leg, { station: 6, rest: 16 })}\r\n` },
  vodavi: {
    ...all,
    stationWidth: 5,
    hasInternal: false,
    print: (leg) => {
      const rest = /^[IR]$/.test(leg.type) ? `9000 ** **9000 ${leg.caller}` : `${leg.number} ${leg.account}`.trim();
      const head = [leg.station, leg.trunk.padStart(3, '0'), longDuration(leg.seconds)].join(' ');
      const start = `${shortClock(leg.startLocalSeconds)} ${shortDate(leg.startLocalSeconds, 'MDY')}`;
      return `${head} ${start} ${leg.type}${rest} \r\n`;
    },
  },
};

const headings: Readonly<Record<string, string>> = {
  'lg-ldk': [
    ' NO   STA   CO  TIME     START          DIALED             ACT  CNT   COST       ACCOUNT CODE',
    '---- ----- --- -------- -------------- ------------------- --- ----- ----------- ------------',
    '',
  ].join('\n\r'),
  'lg-gdk': [
    ' NO   STA CO   TIME       START            DIALED        ACT  CNT      COST    ACCOUNT CODE',
    '---- ---- -- -------- -------------- ------------------- --- ------ ---------- ------------',
    '',
  ].join('\r\n'),
};

const SERIALS = 10_000;

function truthOf(call: SimulatedCall, page: Page): TrueCall {
  const truth: TrueCall = { ...fullTruth(call), extension: call.extension.slice(0, page.stationWidth) };
  const isCallerPrinted = call.isAnswered ? page.hasCaller : page.hasLostCaller;
  if (call.direction === 'incoming' && !isCallerPrinted) return { ...truth, outsideNumber: '' };
  if (page.hasAccount || call.codeDialled === '') return truth;
  return { ...truth, code: '', person: call.extensionOwner };
}

function encode(call: SimulatedCall, page: Page): EncodedCall {
  const truth = truthOf(call, page);
  if (call.direction === 'internal' && !page.hasInternal) return { records: [], truth };
  const serial = (record: number): string =>
    String((page.isSerialPerRecord === true ? 2 * call.serial + record : call.serial) % SERIALS).padStart(4, '0');
  const isIncoming = call.direction === 'incoming';
  const end = endOf(call);
  const leg: Leg = {
    serial: serial(0),
    station: truth.extension,
    trunk: call.direction === 'internal' ? '' : call.trunk,
    seconds: call.talkSeconds,
    startLocalSeconds: call.startLocalSeconds,
    type: call.direction === 'internal' ? 'E' : isIncoming ? (call.isAnswered ? 'I' : 'R') : 'O',
    number: isIncoming ? '' : call.direction === 'internal' ? call.insideNumber : call.outsideNumber,
    caller: isIncoming ? truth.outsideNumber : '',
    ringSeconds: call.ringSeconds,
    account: truth.code,
  };
  const { transfer } = call;
  if (transfer === undefined) return { records: [{ text: page.print(leg), atLocalSeconds: end }], truth };
  const movedAt = end - transfer.talkSeconds;
  const first = { ...leg, seconds: call.talkSeconds - transfer.talkSeconds };
  const second = {
    ...leg,
    serial: serial(1),
    station: transfer.extension.slice(0, page.stationWidth),
    seconds: transfer.talkSeconds,
    startLocalSeconds: movedAt,
    type: 'T',
    account: '',
  };
  return {
    records: [
      { text: page.print(first), atLocalSeconds: movedAt },
      { text: page.print(second), atLocalSeconds: end },
    ],
    truth,
  };
}

export const lgEncoder: CallEncoder = {
  formatIds: Object.keys(pages),
  heading: (formatId) => headings[formatId] ?? '',
  encode(call, formatId) {
    const page = pages[formatId];
    if (page === undefined) throw new Error(`no page layout for ${formatId}`);
    return encode(call, page);
  },
};
