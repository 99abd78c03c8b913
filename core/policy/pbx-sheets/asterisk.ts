/**
 * Code rules as a dialplan fragment for Asterisk: `tollbook-rules.conf`, to be included from extensions.conf. It decides by
 * band and telephone whether a code is asked for with Authenticate(), which puts the code into the record's account field,
 * and looks up what the code may call. The codes stand in another file, so that the rules can be shown around.
 */
import type { Band } from '../../model/call.ts';
import {
  bandsOf,
  type CallingRight,
  type CodePolicy,
  type CodeRule,
  type ExtensionSpan,
  type PolicyGroup,
  type RightHours,
} from '../../model/code-policy.ts';
import type { MaskCode } from '../../model/masking.ts';
import type { SheetLimit } from '../../model/pbx-requests.ts';
import type { LocalDay } from '../../model/time.ts';
import type { NumberPatterns } from './number-patterns.ts';
import { isAlways, isWholeDay, mayReach, type SheetCode } from './sheet-codes.ts';

/** `file`: text files of codes, one for each band; `database`: AstDB, which also keeps to hours. */
export type CodeStore = 'file' | 'database';

export interface AsteriskInput {
  readonly day: LocalDay;
  readonly policy: CodePolicy;
  /** Groups of other sources are left out. */
  readonly sourceId: number | undefined;
  readonly codes: readonly SheetCode[];
  readonly numbers: NumberPatterns;
  readonly outsideDigits: readonly string[];
  readonly store: CodeStore;
  /** How codes are written: in full, or masked for the screen. */
  readonly write: MaskCode;
}

export interface SheetFile {
  readonly name: string;
  readonly text: string;
  readonly hasCodes: boolean;
}

export interface AsteriskSheet {
  readonly files: readonly SheetFile[];
  readonly limits: readonly SheetLimit[];
}

const RULES_FILE = 'tollbook-rules.conf';
const FOLDER = '/etc/asterisk';
const FAMILY = 'tollbook-code';
/** Of the names of telephones; a hyphen would make a range here, so it is left out on both sides. */
const NAME_CHARACTERS = '0-9A-Za-z*#_.';
const KEYABLE = /^[0-9*]{1,32}$/;
/** Bands in the order of the files; a number that no pattern knows needs a right that reaches abroad. */
const PLAN_BANDS = [
  'local',
  'national',
  'mobile',
  'international',
  'service',
  'premium',
  'free',
  'emergency',
  'unknown',
] as const;
type PlanBand = (typeof PLAN_BANDS)[number];
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** A variable or function of the dialplan, as it is read: `\${name}`. */
const read = (name: string): string => `\${${name}}`;
const NUMBER = read('TOLLBOOK_NUMBER');
const BAND = read('TOLLBOOK_BAND');
const FREE = read('TOLLBOOK_FREE');
const TELEPHONE = read('TOLLBOOK_TELEPHONE');
const RETURNED = read('GOSUB_RETVAL');
const EXTEN = read('EXTEN');

export function asteriskSheet(input: AsteriskInput): AsteriskSheet {
  const codes = input.codes.filter(({ code }) => KEYABLE.test(code));
  const files = [
    { name: RULES_FILE, text: rulesText({ ...input, codes }), hasCodes: false },
    ...(input.store === 'database' ? [databaseFile(input, codes)] : bandFiles(codes, input.write)),
  ];
  return { files, limits: limitsOf(input, codes.length) };
}

function limitsOf({ policy, store, numbers, codes }: AsteriskInput, keyable: number): readonly SheetLimit[] {
  const hours = policy.rights.flatMap((right) => right.hours);
  return [
    ...(store === 'file' && !hours.every(isAlways) ? (['hours-not-in-files'] as const) : []),
    ...(store === 'database' && hours.some(({ holidays }) => holidays !== 'as-usual')
      ? (['holidays-unknown'] as const)
      : []),
    ...(numbers.knowsMobiles ? [] : (['numbers-by-prefix'] as const)),
    ...(codes.length > keyable ? (['codes-left-out'] as const) : []),
  ];
}

/** A number whose band is unknown is asked for what reaches farthest. */
function reachesAs(band: PlanBand): Band {
  return band === 'unknown' ? 'international' : band;
}

function rulesText(input: AsteriskInput): string {
  return [
    ...heading(input),
    ...entrance(input.outsideDigits, input.numbers),
    ...callContext(input),
    ...bandContext(input),
    ...telephoneContext(input),
    ...(input.store === 'database' ? rightContexts(input.policy) : []),
    ...lineContext(),
    '',
  ].join('\n');
}

function heading({ day, store }: AsteriskInput): readonly string[] {
  const codes = store === 'database' ? 'run tollbook-codes.sh on the PBX' : `put tollbook-codes-*.txt into ${FOLDER}`;
  return [
    `; Code rules as of ${day}, written by Tollbook.`,
    ';',
    `; 1. Put this file into ${FOLDER}, and the line   #include ${RULES_FILE}   at the end of extensions.conf.`,
    '; 2. In the context of the telephones, put   include => tollbook-outside   in the place of the outside calls.',
    '; 3. Name your outside line in [tollbook-line] at the end of this file.',
    `; 4. The codes: ${codes}.`,
    '; 5. asterisk -rx "dialplan reload"',
  ];
}

/**
 * Waits until dialling is over (`.`), also where digits come one by one. Without an outside digit the patterns themselves are
 * the entrance, so that extensions stay reachable.
 */
function entrance(outsideDigits: readonly string[], numbers: NumberPatterns): readonly string[] {
  const digits = outsideDigits.filter((one) => one !== '');
  const patterns =
    digits.length > 0
      ? digits.map((one) => ({ pattern: `${one}X!`, cut: one.length }))
      : [
          ...numbers.patterns.filter(({ band }) => band !== 'unknown').map(({ pattern }) => ({ pattern, cut: 0 })),
          ...numbers.carrierCodes.map((code) => ({ pattern: `${code}${numbers.trunkPrefix}X!`, cut: 0 })),
        ];
  return [
    '',
    '[tollbook-outside]',
    ...patterns.flatMap(({ pattern, cut }) => [
      `exten => ${extenOf(pattern.replace('!', '.'))},1,Set(TOLLBOOK_NUMBER=${read(`FILTER(0-9*#,${read(`EXTEN:${cut}`)})`)})`,
      ' same => n,Goto(tollbook-call,s,1)',
    ]),
  ];
}

function extenOf(pattern: string): string {
  return /[X!.[]/.test(pattern) ? `_${pattern}` : pattern;
}

function callContext({ store, codes }: AsteriskInput): readonly string[] {
  const ask = store === 'database' ? [`/${FAMILY}`, 'da'] : [`${FOLDER}/tollbook-codes-${BAND}.txt`, 'a'];
  const [length, ...others] = new Set(codes.map(({ code }) => code.length));
  // Codes of one length need no # behind them.
  const question = [...ask, ...(length !== undefined && others.length === 0 ? [String(length)] : [])].join(',');
  return [
    '',
    '[tollbook-call]',
    `exten => s,1,Gosub(tollbook-band,${NUMBER},1)`,
    ` same => n,Set(TOLLBOOK_BAND=${RETURNED})`,
    ` same => n,GotoIf($["${BAND}" = "exempt"]?line)`,
    ' same => n,Gosub(tollbook-telephone,s,1)',
    ` same => n,Set(TOLLBOOK_FREE=${RETURNED})`,
    ` same => n,GotoIf($["${FREE}" = "all"]?line)`,
    ` same => n,GotoIf($["${FREE}" =~ "/${BAND}/"]?line)`,
    '; The code becomes the account code of the record.',
    ` same => n,Authenticate(${question})`,
    ...(store === 'database'
      ? [
          ` same => n,Gosub(tollbook-right-${read(`DB(${FAMILY}/${read('CHANNEL(accountcode)')})`)},${BAND},1)`,
          ` same => n,GotoIf($["${RETURNED}" = "yes"]?line)`,
          ' same => n,Playback(ss-noservice)',
          ' same => n,Hangup(21)',
        ]
      : []),
    ` same => n(line),Goto(tollbook-line,${NUMBER},1)`,
  ];
}

function bandContext({ policy, numbers }: AsteriskInput): readonly string[] {
  const { emergency, free } = policy.exceptions;
  const word = (band: Band): string =>
    (band === 'emergency' && emergency) || (band === 'free' && free) ? 'exempt' : band;
  return [
    '',
    '; What kind of number it is; the most exact pattern decides.',
    '[tollbook-band]',
    ...numbers.patterns.map(({ pattern, band }) => `exten => ${extenOf(pattern)},1,Return(${word(band)})`),
    ...numbers.carrierCodes.map(
      (code) => `exten => _${code}${numbers.trunkPrefix}X!,1,Goto(${read(`EXTEN:${code.length}`)},1)`,
    ),
  ];
}

function telephoneContext({ policy, sourceId }: AsteriskInput): readonly string[] {
  const groups = policy.groups.filter(
    ({ sourceIds }) => sourceIds.length === 0 || (sourceId !== undefined && sourceIds.includes(sourceId)),
  );
  return [
    '',
    '; What a telephone may call without a code, by its number (the caller ID that the PBX gives it).',
    '[tollbook-telephone]',
    `exten => s,1,Set(TOLLBOOK_TELEPHONE=${read(`FILTER(${NAME_CHARACTERS},${read('CALLERID(num)')})`)})`,
    ...groups.flatMap((group, i) => [`; ${i + 1}: ${commentOf(group.name)}`, ...groupLines(group, `g${i + 1}`)]),
    ` same => n,Return(${freeOf(policy.others)})`,
    ...groups.map((group, i) => ` same => n(g${i + 1}),Return(${freeOf(group)})`),
  ];
}

const commentOf = (text: string): string => text.replaceAll(/[\r\n;]+/g, ' ');

function groupLines({ extensions }: PolicyGroup, label: string): readonly string[] {
  if (extensions.length === 0) return [` same => n,Goto(${label})`];
  return extensions.map((span) => ` same => n,GotoIf($[${spanTest(span)}]?${label})`);
}

function spanTest({ first, last }: ExtensionSpan): string {
  if (last === null) return `"${TELEPHONE}" = "${first.replaceAll('-', '')}"`;
  const digits = read(`FILTER(0-9,${TELEPHONE})`);
  const length = `${read(`LEN(${TELEPHONE})`)} = ${first.length} & ${read(`LEN(${digits})`)} = ${first.length}`;
  // Something must stand there to be compared, also where the name has no digits.
  return `${length} & 0${digits} >= ${first} & 0${digits} <= ${last}`;
}

/** `/local/service/`: what may be called without a code. */
function freeOf({ mode, withoutCode }: CodeRule): string {
  if (mode === 'none') return 'all';
  const bands = mode === 'restricted' ? bandsOf(withoutCode).filter((band) => band !== 'internal') : [];
  return bands.length === 0 ? 'nothing' : `/${bands.join('/')}/`;
}

/** What each right allows: `yes` or `no` by band and hour. */
function rightContexts({ rights }: CodePolicy): readonly string[] {
  return [
    ...rights.flatMap((right, i) => [
      '',
      `; ${commentOf(right.name)}`,
      `[tollbook-right-${rightKey(i)}]`,
      ...PLAN_BANDS.flatMap((band) => bandOfRight(right, band)),
    ]),
    '',
    '; Codes without a limit',
    `[tollbook-right-${NO_LIMIT}]`,
    ...PLAN_BANDS.map((band) => `exten => ${band},1,Return(yes)`),
  ];
}

const NO_LIMIT = 'all';
const rightKey = (place: number): string => `r${place + 1}`;

function bandOfRight(right: CallingRight, band: PlanBand): readonly string[] {
  const hours = right.hours.filter((one) => one.holidays !== 'only' && bandsOf(one).includes(reachesAs(band)));
  if (hours.some(isAlways)) return [`exten => ${band},1,Return(yes)`];
  const times = hours.flatMap(timesOf);
  if (times.length === 0) return [`exten => ${band},1,Return(no)`];
  return [
    ...times.map((time, i) => `${i === 0 ? `exten => ${band},1` : ' same => n'},GotoIfTime(${time},*,*?yes)`),
    ' same => n,Return(no)',
    ' same => n(yes),Return(yes)',
  ];
}

/** `08:00-17:29,mon&tue`. Asterisk counts whole minutes, the last one included, and knows the weekday of the hour only. */
function timesOf(hours: RightHours): readonly string[] {
  const { from, to } = hours;
  const days = (moved: number): string =>
    [...new Set(hours.weekdays.map((day) => ((day - 1 + moved) % 7) + 1))]
      .sort((a, b) => a - b)
      .map((day) => WEEKDAYS[day - 1] ?? '')
      .join('&');
  if (isWholeDay(hours) && from === '00:00') return [`*,${days(0)}`];
  if (from < to) return [`${from}-${minuteBefore(to)},${days(0)}`];
  return [`${from}-23:59,${days(0)}`, ...(to === '00:00' ? [] : [`00:00-${minuteBefore(to)},${days(1)}`])];
}

function minuteBefore(clock: string): string {
  const minute = Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)) - 1;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

function lineContext(): readonly string[] {
  return [
    '',
    `; Your outside line: the number is in ${EXTEN}, without the outside digit. Change this line only.`,
    '[tollbook-line]',
    `exten => _[0-9*#]!,1,Dial(PJSIP/${EXTEN}@outside-line)`,
    ' same => n,Hangup()',
  ];
}

function databaseFile({ day, policy, write }: AsteriskInput, codes: readonly SheetCode[]): SheetFile {
  const keys = new Map(policy.rights.map((right, i) => [right.id, rightKey(i)]));
  const lines = [
    '#!/bin/sh',
    `# The codes as of ${day}, written by Tollbook. Secret: run it as root on the PBX, then delete it.`,
    `asterisk -rx 'database deltree ${FAMILY}'`,
    ...codes.map(
      ({ code, right }) =>
        `asterisk -rx 'database put ${FAMILY} ${write(code)} ${right === undefined ? NO_LIMIT : (keys.get(right.id) ?? NO_LIMIT)}'`,
    ),
  ];
  return { name: 'tollbook-codes.sh', text: `${lines.join('\n')}\n`, hasCodes: true };
}

/** A code stands in the file of each band that it may call at some hour. */
function bandFiles(codes: readonly SheetCode[], write: MaskCode): readonly SheetFile[] {
  return PLAN_BANDS.map((band) => {
    const reaching = codes.filter(({ right }) => mayReach(right, reachesAs(band)));
    return {
      name: `tollbook-codes-${band}.txt`,
      text: reaching.map(({ code }) => `${write(code)}\n`).join(''),
      hasCodes: true,
    };
  });
}
