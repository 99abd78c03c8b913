/** What a site may have to say about its Asterisk, and those texts compiled once per set of options. */
import { decodeText, decodeUtf8, hasHighBytes } from '../text.ts';
import type { FormatOptions, OptionDefinition } from '../types.ts';

export const ASTERISK_UNSURE = {
  en: 'Direction is concluded from the channel names; name the trunks where they are not called like a trunk. After Authenticate() the talk time includes keying the code.',
  vi: 'Chiều cuộc gọi được suy ra từ tên kênh; nên khai báo các trung kế nếu tên của chúng không gợi ra trung kế. Sau Authenticate(), thời gian đàm thoại gồm cả lúc bấm mã.',
} as const;

/** Default of `extensionDigits`: longer numbers are outside numbers. */
export const EXTENSION_DIGITS = 6;
const PERSONAL_CODE_PATTERN = '^\\d+$';
const DIAL_PATTERN = '*NN*CODE*NUMBER';
const OUTSIDE_CONTEXTS =
  '^(from-(?!internal|inside|phone|ext|user|office|local|device|staff)|incoming|inbound|ext-did|in[-_]|dids?$)|[-_]in$';
const INSIDE_CONTEXTS =
  '^(from-(internal|inside|phones|extensions|users|office)|internal|inside|phones|extensions|users|office|outgoing|outbound|local)';

export const ASTERISK_OPTIONS: readonly OptionDefinition[] = [
  {
    name: 'trunks',
    kind: 'text',
    help: {
      en: 'Names of the trunks as they stand in the channels (SIP/viettel, dongle0), separated by commas. Every other channel then counts as an extension.',
      vi: 'Tên các trung kế như trong tên kênh (SIP/viettel, dongle0), cách nhau bằng dấu phẩy. Khi đó mọi kênh khác được coi là máy nhánh.',
    },
  },
  {
    name: 'extensions',
    kind: 'text',
    help: {
      en: 'Regular expression that matches the names of telephones, e.g. ^1\\d\\d$. Every other channel then counts as a trunk.',
      vi: 'Biểu thức chính quy khớp với tên các máy điện thoại, ví dụ ^1\\d\\d$. Khi đó mọi kênh khác được coi là trung kế.',
    },
  },
  {
    name: 'extensionDigits',
    kind: 'number',
    default: String(EXTENSION_DIGITS),
    help: {
      en: 'The most digits an extension number has; a longer number is an outside number.',
      vi: 'Số chữ số tối đa của số máy nhánh; số dài hơn là số bên ngoài.',
    },
  },
  {
    name: 'outsideContexts',
    kind: 'text',
    default: OUTSIDE_CONTEXTS,
    help: {
      en: 'Regular expression for dialplan contexts that only calls from outside enter.',
      vi: 'Biểu thức chính quy cho các context trong dialplan mà chỉ cuộc gọi từ bên ngoài đi vào.',
    },
  },
  {
    name: 'insideContexts',
    kind: 'text',
    default: INSIDE_CONTEXTS,
    help: {
      en: 'Regular expression for dialplan contexts that telephones of the office start in.',
      vi: 'Biểu thức chính quy cho các context trong dialplan mà máy nhánh bắt đầu cuộc gọi.',
    },
  },
  {
    name: 'codeColumn',
    kind: 'choice',
    choices: ['accountcode', 'userfield', 'peeraccount', 'dialled'],
    default: 'accountcode',
    help: {
      en: 'Where the personal code stands when it is not dialled in front of the number. "dialled": only there.',
      vi: 'Cột chứa mã cá nhân khi mã không được bấm trước số cần gọi. "dialled": chỉ lấy mã bấm trước số.',
    },
  },
  {
    name: 'personalCodePattern',
    kind: 'text',
    default: PERSONAL_CODE_PATTERN,
    help: {
      en: 'Regular expression for account codes that are personal codes. Others (EXT110, a tenant name) stay in the record and book nothing.',
      vi: 'Biểu thức chính quy cho những mã tài khoản là mã cá nhân. Các mã khác (EXT110, tên khách thuê) vẫn nằm trong bản ghi nhưng không dùng để ghi cuộc gọi.',
    },
  },
  {
    name: 'dialPattern',
    kind: 'text',
    default: DIAL_PATTERN,
    help: {
      en: 'How a code is dialled in front of the number: N is one digit, CODE the personal code, NUMBER the rest. "off": never.',
      vi: 'Cách bấm mã trước số cần gọi: N là một chữ số, CODE là mã cá nhân, NUMBER là phần còn lại. "off": không dùng.',
    },
  },
  {
    name: 'promptSeconds',
    kind: 'number',
    default: '0',
    help: {
      en: 'Seconds to take off the talk time of calls that were answered by the code prompt; 0 takes off nothing.',
      vi: 'Số giây trừ khỏi thời gian đàm thoại của những cuộc gọi đi qua lời nhắc nhập mã; 0 là không trừ.',
    },
  },
];

export interface AsteriskSettings {
  readonly trunks: readonly string[];
  readonly extensions: RegExp | undefined;
  readonly extensionDigits: number;
  readonly outsideContexts: RegExp;
  /** The site named its outside contexts itself. */
  readonly isOutsideTold: boolean;
  readonly insideContexts: RegExp;
  readonly codeColumn: string;
  readonly personalCode: RegExp;
  /** Groups `code` and `number`. */
  readonly dialPattern: RegExp | undefined;
  readonly promptSeconds: number;
}

/** A text that is no regular expression must not stop capture: the default serves, and the form refuses it where it is typed. */
function regexOf(text: string | undefined): RegExp | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  try {
    return new RegExp(text.trim(), 'i');
  } catch {
    return undefined;
  }
}

const regexOr = (text: string | undefined, fallback: string): RegExp => regexOf(text) ?? new RegExp(fallback, 'i');

function dialRegex(template: string): RegExp | undefined {
  if (!template.includes('CODE') || !template.includes('NUMBER')) return undefined;
  const source = template.replace(/CODE|NUMBER|N|[^A-Za-z0-9]/g, (part) => {
    if (part === 'CODE') return '(?<code>\\d+)';
    if (part === 'NUMBER') return '(?<number>[\\d+*#]+)';
    return part === 'N' ? '\\d' : `\\${part}`;
  });
  return new RegExp(`^${source}$`);
}

function numberOr(text: string | undefined, fallback: number): number {
  return text !== undefined && /^\d{1,5}$/.test(text.trim()) ? Number(text) : fallback;
}

function compile(options: FormatOptions): AsteriskSettings {
  return {
    trunks: (options['trunks'] ?? '')
      .split(',')
      .map((name) => name.trim().toLowerCase())
      .filter((name) => name !== ''),
    extensions: regexOf(options['extensions']),
    extensionDigits: numberOr(options['extensionDigits'], EXTENSION_DIGITS),
    outsideContexts: regexOr(options['outsideContexts'], OUTSIDE_CONTEXTS),
    isOutsideTold: (options['outsideContexts'] ?? OUTSIDE_CONTEXTS) !== OUTSIDE_CONTEXTS,
    insideContexts: regexOr(options['insideContexts'], INSIDE_CONTEXTS),
    codeColumn: options['codeColumn'] ?? 'accountcode',
    personalCode: regexOr(options['personalCodePattern'], PERSONAL_CODE_PATTERN),
    dialPattern: dialRegex(options['dialPattern'] ?? DIAL_PATTERN),
    promptSeconds: numberOr(options['promptSeconds'], 0),
  };
}

const compiled = new WeakMap<FormatOptions, AsteriskSettings>();

export function settingsOf(options: FormatOptions): AsteriskSettings {
  const known = compiled.get(options);
  if (known !== undefined) return known;
  const made = compile(options);
  compiled.set(options, made);
  return made;
}

type Decode = (text: string) => string;
const asIs: Decode = (text) => text;

/**
 * How the fields of a frame are decoded. Names come in whatever the telephones sent: UTF-8 where it is valid, else byte
 * for byte, unless the site says.
 */
export function textDecoder(options: FormatOptions): (frame: string) => Decode {
  const encoding = options['encoding'];
  const decode: Decode =
    encoding !== undefined && encoding.toLowerCase() !== 'utf-8'
      ? (text) => decodeText(text, encoding)
      : (text) => decodeUtf8(text) ?? text;
  return (frame) => (hasHighBytes(frame) ? decode : asIs);
}
