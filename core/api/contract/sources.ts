/** Sources, formats, raw lines, imports and quarantine. */
import { z } from 'zod';
import type { SourceConfig as StoredSourceConfig } from '../../model/source-config.ts';
import { Problem, parsedRecord, prose, rawText, textValues } from './common.ts';

export const LOGIN_STEPS_LIMIT = 20;
/** A login dialogue: wait for a text, then send one. `\r`, `\n`, `\t` and `\xNN` are understood in both. */
export const LoginStep = z.object({
  expect: z.string().max(200),
  send: z.string().max(200),
  isSecret: z.boolean().default(false),
});
export type LoginStep = z.infer<typeof LoginStep>;

export const port = z.number().int().min(1).max(65535);
export const host = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .regex(/^[\w.:%-]+$/, { error: 'address' });
const BIND_ADDRESSES = [z.ipv4(), z.ipv6(), z.literal('localhost')];
const ADDRESSES = [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()];
/** An IP address, with a prefix length where a whole block is meant. */
export const addressOrBlock = z
  .string()
  .trim()
  .max(64)
  .refine((text) => ADDRESSES.some((address) => address.safeParse(text).success), { error: 'allowedHost' });
/** One of this computer's own; empty: all of them. */
const bindAddress = z
  .string()
  .trim()
  .max(64)
  .refine((text) => text === '' || BIND_ADDRESSES.some((address) => address.safeParse(text).success), {
    error: 'address',
  })
  .default('0.0.0.0');
/** Addresses or CIDR blocks that may connect; empty: this computer and private networks only. */
const allowedHosts = z.array(addressOrBlock).max(100).default([]);
const filePath = z.string().trim().max(1000);
const fileChoice = {
  /** `*` and `?`; empty: every file. */
  patterns: z.array(z.string().trim().min(1).max(200)).max(50).default([]),
  isRecursive: z.boolean().default(false),
  order: z.enum(['name', 'time']).default('name'),
};
export const SourceConfig = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('tcp-client'),
    host,
    port,
    login: z.array(LoginStep).max(LOGIN_STEPS_LIMIT).default([]),
    /** A text that means the PBX refused the login. */
    loginRejected: z.string().max(200).default(''),
    keepAliveSeconds: z.number().int().min(0).max(3600).default(60),
  }),
  z.object({
    kind: z.literal('tcp-listener'),
    port,
    bindAddress,
    allowedHosts,
    maxConnections: z.number().int().min(1).max(64).default(8),
  }),
  z.object({
    kind: z.literal('serial'),
    path: z.string().trim().min(1).max(300),
    baudRate: z.number().int().min(300).max(115200).default(9600),
    dataBits: z.union([z.literal(7), z.literal(8)]).default(8),
    parity: z.enum(['none', 'even', 'odd', 'mark', 'space']).default('none'),
    stopBits: z.union([z.literal(1), z.literal(2)]).default(1),
    flowControl: z.enum(['none', 'rts-cts', 'xon-xoff']).default('none'),
  }),
  z.object({
    kind: z.literal('followed-file'),
    path: z.string().trim().min(1).max(1000),
    fromStart: z.boolean().default(true),
  }),
  /** Files are handed to it one by one; it opens nothing by itself. */
  z.object({ kind: z.literal('file-import') }),
  z.object({
    kind: z.literal('ami'),
    host,
    port: port.default(5038),
    username: z.string().min(1).max(100),
    secret: z.string().max(200),
  }),
  z.object({
    kind: z.literal('nec-link'),
    host,
    port: port.default(60010),
    pollSeconds: z.number().int().min(1).max(3600).default(5),
    isParityChecked: z.boolean().default(true),
  }),
  z.object({
    kind: z.literal('mitel-5000-link'),
    host,
    port: port.default(4000),
    password: z.string().max(15).default(''),
  }),
  z
    .object({
      kind: z.literal('http-push'),
      port: port.default(8260),
      bindAddress,
      allowedHosts,
      path: z
        .string()
        .trim()
        .max(200)
        .regex(/^\/[^\s?#]*$/, { error: 'webPath' })
        .default('/'),
      auth: z.enum(['none', 'basic', 'bearer', 'path']).default('none'),
      username: z.string().max(100).default(''),
      secret: z.string().max(200).default(''),
      maxBodyKib: z.number().int().min(1).max(4096).default(256),
      certificatePath: filePath.default(''),
      keyPath: filePath.default(''),
    })
    .refine((config) => config.auth === 'none' || config.secret !== '', { path: ['secret'], error: 'required' }),
  z.object({ kind: z.literal('udp-listener'), port: port.default(514), bindAddress, allowedHosts }),
  z.object({
    kind: z.literal('folder'),
    path: filePath.min(1),
    ...fileChoice,
    stableSeconds: z.number().int().min(0).max(3600).default(5),
    afterwards: z.enum(['remember', 'move']).default('remember'),
    /** Below the folder. */
    doneFolder: z
      .string()
      .trim()
      .max(200)
      .regex(/^(?!\.{1,2}$)[^/\\:*?"<>|]+$/, { error: 'folderName' })
      .default('done'),
  }),
  z
    .object({
      kind: z.literal('sftp-pull'),
      host,
      port: port.default(22),
      username: z.string().trim().min(1).max(100),
      password: z.string().max(200).default(''),
      /** In PEM or OpenSSH form. */
      privateKey: z.string().max(20_000).default(''),
      passphrase: z.string().max(200).default(''),
      hostKey: z
        .string()
        .trim()
        .regex(/^(SHA256:[\w+/]{43})?$/, { error: 'hostKey' })
        .default(''),
      path: z.string().trim().min(1).max(1000),
      ...fileChoice,
      pollSeconds: z.number().int().min(5).max(86_400).default(60),
    })
    .refine((config) => config.password !== '' || config.privateKey !== '', { path: ['password'], error: 'required' }),
  z
    .object({
      kind: z.literal('sftp-drop'),
      port: port.default(2222),
      bindAddress,
      allowedHosts,
      username: z.string().trim().min(1).max(100),
      password: z.string().max(200).default(''),
      /** One line in OpenSSH form. */
      publicKey: z
        .string()
        .trim()
        .max(5000)
        // Above all no private key: this is stored and shown as it is.
        .regex(/^((ssh|ecdsa|sk)-[\w@.-]+ [A-Za-z\d+/]+=*( .*)?)?$/, { error: 'publicKey' })
        .default(''),
      maxFileMib: z.number().int().min(1).max(4096).default(100),
    })
    .refine((config) => config.password !== '' || config.publicKey !== '', { path: ['password'], error: 'required' }),
  z.object({
    kind: z.literal('database'),
    engine: z.enum(['postgresql', 'mysql']),
    host,
    port,
    database: z.string().trim().min(1).max(128),
    username: z.string().trim().min(1).max(128),
    password: z.string().max(200).default(''),
    tls: z.enum(['off', 'encrypted', 'verified']).default('off'),
    table: z
      .string()
      .trim()
      .max(200)
      .regex(/^[A-Za-z_][\w$]*(\.[A-Za-z_][\w$]*)?$/, { error: 'tableName' }),
    keyColumn: z
      .string()
      .trim()
      .max(100)
      .regex(/^[A-Za-z_][\w$]*$/, { error: 'columnName' }),
    pollSeconds: z.number().int().min(1).max(86_400).default(10),
    fromStart: z.boolean().default(true),
  }),
]);
SourceConfig satisfies z.ZodType<StoredSourceConfig>;
export type SourceConfig = z.infer<typeof SourceConfig>;
export type SourceKind = SourceConfig['kind'];

export const SourceInput = z.object({
  name: z.string().trim().min(1).max(100),
  config: SourceConfig,
  formatId: z.string().min(1).max(100),
  formatOptions: z.record(z.string(), z.string().max(500)).default({}),
  isEnabled: z.boolean().default(true),
});
export type SourceInput = z.infer<typeof SourceInput>;

export const SOURCE_STATES = ['disabled', 'paused', 'opening', 'open', 'waiting', 'failed', 'idle'] as const;
export const SourceStatus = z.object({
  sourceId: z.number().int(),
  /** `waiting`: closed by the other side or failed, to be opened again at `retryAtMs`; `idle`: has nothing to open. */
  state: z.enum(SOURCE_STATES),
  problem: Problem.nullable(),
  retryAtMs: z.number().int().nullable(),
  connections: z.number().int(),
  lastByteAtMs: z.number().int().nullable(),
  lastRecordAtMs: z.number().int().nullable(),
  bytesTotal: z.number().int(),
  bytesPerMinute: z.number(),
  recordsPerMinute: z.number(),
  /** Nothing came for longer than the site's hours make likely. */
  isQuiet: z.boolean(),
  quietSinceMs: z.number().int().nullable(),
  /** Fingerprint of the SSH host key: of the server that files are fetched from, or of the drop folder itself. */
  hostKey: z.string().nullable(),
  counts: z.object({
    call: z.number().int(),
    part: z.number().int(),
    noise: z.number().int(),
    malformed: z.number().int(),
  }),
});
export type SourceStatus = z.infer<typeof SourceStatus>;

export const Source = z.object({
  id: z.number().int(),
  name: z.string(),
  /** Secrets (login texts, passwords, private keys) come back as `••••`; sending that back keeps what is stored. */
  config: SourceConfig,
  formatId: z.string(),
  formatTitle: z.string(),
  formatOptions: z.record(z.string(), z.string()),
  isEnabled: z.boolean(),
  isDemo: z.boolean(),
  status: SourceStatus,
});
export type Source = z.infer<typeof Source>;

export const FormatOptionInfo = z.object({
  name: z.string(),
  kind: z.enum(['choice', 'text', 'number', 'boolean']),
  choices: z.array(z.string()).optional(),
  default: z.string().optional(),
  help: z.object({ en: z.string(), vi: z.string() }),
});
export const Format = z.object({
  id: z.string(),
  vendor: z.string(),
  title: z.string(),
  models: z.array(z.string()),
  transports: z.array(z.string()),
  confidence: z.enum(['proved', 'documented', 'unconfirmed']),
  unsure: z.object({ en: z.string(), vi: z.string() }).nullable(),
  options: z.array(FormatOptionInfo),
  codeFields: z.array(z.string()),
  /** Described here, in the format editor. */
  isOwn: z.boolean(),
  /** Said in JSON, so that it can be copied and changed. */
  isDefinition: z.boolean(),
});
export type Format = z.infer<typeof Format>;

/** A reason in words: `detect.<kind>` translates it. */
export const DetectionReason = z.object({
  kind: z.string(),
  values: textValues,
});
export const Detection = z.object({
  linesSeen: z.number().int(),
  /** Best first. `isSure` is false when the best is not clearly ahead or too few lines were seen. */
  isSure: z.boolean(),
  candidates: z.array(
    z.object({
      formatId: z.string(),
      title: z.string(),
      /** 0..1 */
      confidence: z.number(),
      reasons: z.array(DetectionReason),
      /** Options that the lines prove or suggest. */
      options: z.record(z.string(), z.string()),
      /** What the lines leave open, and what would decide it. */
      openQuestions: z.array(DetectionReason),
    }),
  ),
  /** The bytes say that a serial port is set otherwise than the PBX. */
  lineFault: DetectionReason.nullable(),
});
export type Detection = z.infer<typeof Detection>;

export const SerialSettings = z.object({
  baudRate: z.number().int(),
  dataBits: z.union([z.literal(7), z.literal(8)]),
  parity: z.enum(['none', 'even', 'odd', 'mark', 'space']),
  stopBits: z.union([z.literal(1), z.literal(2)]),
});
export type SerialSettings = z.infer<typeof SerialSettings>;

export const SourceDetection = Detection.extend({
  /** Best first; empty where nothing is wrong with the line, or it is no serial one. */
  settingsToTry: z.array(SerialSettings),
});
export type SourceDetection = z.infer<typeof SourceDetection>;

/** How the newest records differ from those before them. */
export const SourceDrift = z.object({
  /** `sources.drift.<kind>` says it in words; `values.field` is one of `sources.drift.fields`. Empty: they do not. */
  signs: z.array(DetectionReason),
  /** Newest lines that no rule could read. */
  examples: z.array(rawText),
  /** What a wrongly set serial port did (`detect.<kind>`), and what to set instead, best first. */
  lineFault: DetectionReason.nullable(),
  settingsToTry: z.array(SerialSettings),
});
export type SourceDrift = z.infer<typeof SourceDrift>;

export const RawLine = z.object({
  sourceOffset: z.number().int(),
  receivedAtMs: z.number().int(),
  text: rawText,
  outcome: z.enum(['call', 'part', 'noise', 'malformed', 'incomplete']),
  reason: z.string().nullable(),
  record: parsedRecord.nullable(),
});
export type RawLine = z.infer<typeof RawLine>;

export const ImportJob = z.object({
  id: z.string(),
  sourceId: z.number().int(),
  fileName: prose,
  /** `done`: every byte is stored and read; the counts are final. */
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  bytesTotal: z.number().int(),
  /** Stored in the journal. */
  bytesDone: z.number().int(),
  /** Made into calls. */
  bytesRead: z.number().int(),
  counts: z.object({
    call: z.number().int(),
    part: z.number().int(),
    noise: z.number().int(),
    malformed: z.number().int(),
  }),
  problem: Problem.nullable(),
});
export type ImportJob = z.infer<typeof ImportJob>;

export const QuarantinedFrame = z.object({
  id: z.number().int(),
  sourceId: z.number().int(),
  sourceName: z.string(),
  receivedAtMs: z.number().int(),
  formatId: z.string(),
  reason: z.string(),
  detail: prose.nullable(),
  text: rawText,
});
export type QuarantinedFrame = z.infer<typeof QuarantinedFrame>;
