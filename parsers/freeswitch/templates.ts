/** The templates of mod_cdr_csv, by the names of their variables. A site may write its own (option `fields`). */

const FIRST_THIRTEEN = [
  'caller_id_name',
  'caller_id_number',
  'destination_number',
  'context',
  'start_stamp',
  'answer_stamp',
  'end_stamp',
  'duration',
  'billsec',
  'hangup_cause',
  'uuid',
  'bleg_uuid',
  'accountcode',
] as const;
const EXAMPLE = [...FIRST_THIRTEEN, 'read_codec', 'write_codec'] as const;

export const TEMPLATES = {
  'built-in': FIRST_THIRTEEN,
  sql: FIRST_THIRTEEN,
  example: EXAMPLE,
  linksys: [...EXAMPLE, 'sip_user_agent', 'sip_p_rtp_stat'],
  snom: [...EXAMPLE, 'sip_user_agent', 'call_clientcode', 'sip_rtp_rxstat', 'sip_rtp_txstat', 'record_file'],
  asterisk: [
    'accountcode',
    'caller_id_number',
    'destination_number',
    'context',
    'caller_id',
    'channel_name',
    'bridge_channel',
    'last_app',
    'last_arg',
    'start_stamp',
    'answer_stamp',
    'end_stamp',
    'duration',
    'billsec',
    'hangup_cause',
    'amaflags',
    'uuid',
    'userfield',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Variables that may hold what also separates the fields, the likeliest first. */
const FREE_TEXTS = ['caller_id_name', 'last_arg', 'caller_id', 'sip_user_agent'] as const;

export interface Template {
  readonly names: readonly string[];
  /** Index of the field that takes surplus separators; -1: none may. */
  readonly free: number;
  readonly start: number;
}

export function templateOf(names: readonly string[]): Template {
  const free = FREE_TEXTS.find((name) => names.includes(name));
  return { names, free: free === undefined ? -1 : names.indexOf(free), start: names.indexOf('start_stamp') };
}

const EXAMPLE_LIKE = [TEMPLATES['built-in'], TEMPLATES.example, TEMPLATES.linksys, TEMPLATES.snom].map(templateOf);
const ASTERISK = templateOf(TEMPLATES.asterisk);

const UUID_LENGTH = 36;
const UUID_DASHES: ReadonlySet<number> = new Set([8, 13, 18, 23]);
const DASH = 0x2d;
const isHexDigit = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66);

export function isUuid(text: string): boolean {
  if (text.length !== UUID_LENGTH) return false;
  for (let i = 0; i < UUID_LENGTH; i++) {
    const code = text.charCodeAt(i);
    if (code === DASH ? !UUID_DASHES.has(i) : !isHexDigit(code)) return false;
  }
  return true;
}

/** From start_stamp to the uuid. */
const UUID_BEHIND_START = 6;

/** Which template wrote these cells; `start` is where their first time stands. */
export function templateFor(cells: readonly string[], start: number): Template | undefined {
  const fields = cells.length - start;
  if (isUuid(cells[start + UUID_BEHIND_START] ?? '')) {
    return EXAMPLE_LIKE.find((template) => fields === template.names.length - template.start);
  }
  // The flag stands between the cause and the uuid.
  const isAsterisk = isUuid(cells[start + UUID_BEHIND_START + 1] ?? '');
  return isAsterisk && fields === ASTERISK.names.length - ASTERISK.start ? ASTERISK : undefined;
}

/** One cell for each field; undefined when there are too few or nothing may take the surplus. */
export function fitted(cells: readonly string[], { names, free }: Template): readonly string[] | undefined {
  const surplus = cells.length - names.length;
  if (surplus === 0) return cells;
  if (surplus < 0 || free < 0) return undefined;
  return [
    ...cells.slice(0, free),
    cells.slice(free, free + surplus + 1).join('","'),
    ...cells.slice(free + surplus + 1),
  ];
}
