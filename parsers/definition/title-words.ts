/** What column titles, keys (`ext=`) and labels in front of a value name. Only a proposal to a person: nothing is read by it. */

export const HINTED = [
  'date',
  'time',
  'talk',
  'ring',
  'extension',
  'trunk',
  'number',
  'dialled',
  'caller',
  'account',
  'direction',
  'condition',
  'cost',
  'currency',
  'callId',
  'from',
  'to',
  'note',
] as const;
export type Hint = (typeof HINTED)[number];

/** Titles without marks, in capitals; the first that fits wins. */
const TITLES: readonly (readonly [Hint, RegExp])[] = [
  ['direction', /^(?:WAY|DIR|DIRECTION|IN ?\/ ?OUT|I ?\/ ?O|TYPE|RICHTUNG|HUONG|CHIEU|SENS)$/],
  ['ring', /^(?:RING|RING(?:ING)? ?\w*|WAIT|ANS DELAY|DO CHUONG|CHUONG)$/],
  [
    'talk',
    /^(?:DUR|DURATION|LEN|LENGTH|TALK ?\w*|SECS?|SECONDS|MINS?|MINUTES|BILLSEC|DAUER|DUREE|DURACION|THOI LUONG|ELAPSED|LASTING|FOR)$/,
  ],
  ['date', /^(?:DATE|DATUM|FECHA|NGAY|DAY ?[./]?MON(?:TH)?)$/],
  ['time', /^(?:TIME|START ?\w*|CLOCK|END ?\w*|ANSWER ?TIME|UHRZEIT|HEURE|HORA|GIO|BEGIN)$/],
  ['extension', /^(?:EXT|EXTN|EXTENSION|STN|STA|STATION|NEBENSTELLE|POSTE|INTERNO|MAY LE|MAY NHANH|SO NOI BO|NOI BO)$/],
  ['trunk', /^(?:TRK|TRUNK|LINE|CO|VIA|LTG|AMT|TRUNG KE|DUONG DAY)$/],
  ['caller', /^(?:CALLER ?(?:NO|NUMBER|ID)?|CALLING(?: \w+)?|CLI|CID|INCOMING|SRC|SOURCE|SO GOI DEN)$/],
  ['dialled', /^(?:DIAL(?:L?ED)?(?: \w+)?|CALLED(?: \w+)?|OUTGOING|DST|DESTINATION|DIGITS|SO GOI DI|SO BI GOI)$/],
  ['from', /^(?:FROM|FM|VON|DE|TU)$/],
  ['to', /^(?:TO|NACH|DEN)$/],
  ['number', /^(?:NUMBER\b.*|NUM|PHONE ?\w*|TEL(?:EPHONE)? ?\w*|RUFNUMMER|NUMERO|SO DIEN THOAI|SO DT)$/],
  ['account', /^(?:ACC|ACCT|ACCOUNT|ACCOUNT CODE|PIN|CODE|KOSTENSTELLE|MA|MA SO|MA CA NHAN)$/],
  ['condition', /^(?:STATUS|STATE|RES|RESULT|DISP|DISPOSITION|KET QUA|TRANG THAI)$/],
  ['cost', /^(?:COST|PRICE|AMOUNT|CHARGE|BETRAG|PREIS|PRIX|COSTE|CUOC|CUOC PHI|TIEN|THANH TIEN)$/],
  ['currency', /^(?:CUR|CURR|CURRENCY|CCY|WAEHRUNG|WAHRUNG|TIEN TE)$/],
  ['callId', /^(?:NO|NR|SN|SEQ|SERIAL|ID|CALL ID|CALL|REC|RECORD|STT)$/],
  ['note', /^(?:NAME|USER|UNITS?|EINHEITEN|TEN|NOTE|REMARKS?|PULSES?|GHI CHU)$/],
];

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toUpperCase()
    .replace(/^["'\s]+|["'.:=\s]+$/g, '')
    .replace(/[_\s]+/g, ' ');

/** Undefined for a text that is no title known. */
export function hintOf(title: string): Hint | undefined {
  const text = plain(title);
  return TITLES.find(([, pattern]) => pattern.test(text))?.[0];
}
