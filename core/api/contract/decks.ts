/**
 * Price lists (decks) from files: how their columns are read, what is open, what they change in a tariff, and what a careful
 * person would look at. A file is uploaded once and stays for some hours; nothing is stored before it is confirmed.
 */
import { z } from 'zod';
import { DECK_CHECKS } from '../../decks/checks.ts';
import { DECK_FIELDS } from '../../decks/deck-fields.ts';
import { DECK_SETTINGS, SETTING_REASONS } from '../../decks/deck-layout.ts';
import { CHANGE_KINDS, DECK_MODES } from '../../decks/difference.ts';
import { day } from './common.ts';
import { TariffRate, TariffVersion } from './tariffs.ts';

export { DECK_FIELDS, DECK_MODES, DECK_SETTINGS };

export const DeckField = z.enum(DECK_FIELDS);
export type DeckField = z.infer<typeof DeckField>;
export const DeckSetting = z.enum(DECK_SETTINGS);
export type DeckSetting = z.infer<typeof DeckSetting>;
export const DeckMode = z.enum(DECK_MODES);
export type DeckMode = z.infer<typeof DeckMode>;
export const DeckChangeKind = z.enum(CHANGE_KINDS);
export type DeckChangeKind = z.infer<typeof DeckChangeKind>;

const MOST_COLUMNS = 200;
const name = z.string().trim().min(1).max(200);

export const DeckLayout = z.object({
  /** Name of a built-in layout; null for columns chosen by hand. */
  preset: z.string().max(40).nullable(),
  headingRow: z.number().int().nullable(),
  /** Meaning of each column; null: not read. */
  columns: z.array(DeckField.nullable()).max(MOST_COLUMNS),
  answers: z.partialRecord(DeckSetting, z.string().max(60)),
});
export type DeckLayout = z.infer<typeof DeckLayout>;

const Sample = z.object({ rowNumber: z.number().int(), text: z.string(), read: z.string() });

export const DeckSettingState = z.object({
  setting: DeckSetting,
  /** `open`: it must be answered before anything is read. */
  reason: z.enum(SETTING_REASONS),
  value: z.string().nullable(),
  /** Each with some cells as it would read them; none: any text of the right form. */
  choices: z.array(z.object({ value: z.string(), samples: z.array(Sample) })),
});
export type DeckSettingState = z.infer<typeof DeckSettingState>;

export const DeckProblem = z.object({
  /** Null where it is not of one row. */
  rowNumber: z.number().int().nullable(),
  column: z.string(),
  message: z.string(),
});
export type DeckProblem = z.infer<typeof DeckProblem>;

export const DeckSampleRow = z.object({
  rowNumber: z.number().int(),
  cells: z.array(z.string()),
  rates: z.array(TariffRate),
  problems: z.array(z.string()),
});
export type DeckSampleRow = z.infer<typeof DeckSampleRow>;

export const Deck = z.object({
  deckId: z.string(),
  files: z.array(z.string()),
  layout: DeckLayout,
  /** Name of the layout that was known by its headings: of a program, or one that was kept. */
  knownAs: z.string().nullable(),
  headings: z.array(z.string()),
  settings: z.array(DeckSettingState),
  /** Fields without which there is no rate, and which no column has. */
  missing: z.array(DeckField),
  currency: z.string().nullable(),
  counts: z.object({
    rows: z.number().int(),
    rates: z.number().int(),
    problems: z.number().int(),
    skipped: z.number().int(),
    shadowed: z.number().int(),
  }),
  sample: z.array(DeckSampleRow),
  /** The first of them. */
  problems: z.array(DeckProblem),
  unreadColumns: z.array(z.string()),
  /** The first rows that a program of which the first row counts never reaches. */
  shadowedRows: z.array(z.object({ rowNumber: z.number().int(), byRow: z.number().int() })),
});
export type Deck = z.infer<typeof Deck>;

export const DeckReadInput = z.object({ layout: DeckLayout, tariffId: z.number().int().nullable() });
export type DeckReadInput = z.infer<typeof DeckReadInput>;

export const DeckWarning = z.object({
  check: z.enum(DECK_CHECKS),
  title: z.string(),
  count: z.number().int(),
  /** The first of them. */
  rows: z.array(
    z.object({ prefix: z.string(), name: z.string(), rowNumber: z.number().int().nullable(), text: z.string() }),
  ),
});
export type DeckWarning = z.infer<typeof DeckWarning>;

export const DeckChange = z.object({
  kind: DeckChangeKind,
  rowNumber: z.number().int().nullable(),
  prefix: z.string(),
  before: TariffRate.nullable(),
  after: TariffRate.nullable(),
  fields: z.array(z.object({ key: z.string(), before: z.string(), after: z.string() })),
});
export type DeckChange = z.infer<typeof DeckChange>;

export const DeckChangePage = z.object({ changes: z.array(DeckChange), found: z.number().int() });
export type DeckChangePage = z.infer<typeof DeckChangePage>;

export const DeckPreviewInput = DeckReadInput.extend({
  mode: DeckMode,
  /** Rows that cannot be read are left out; otherwise they stop the import. */
  leaveOut: z.boolean().default(false),
  effectiveFrom: day.nullable().default(null),
});
export type DeckPreviewInput = z.infer<typeof DeckPreviewInput>;

export const DeckPreview = z.object({
  /** The version that it is compared with; null for a new tariff. */
  comparedWith: TariffVersion.nullable(),
  counts: z.record(DeckChangeKind, z.number().int()),
  rateCount: z.number().int(),
  currency: z.string(),
  /** Keys of the tariff beside its rates that change, as JSON. */
  terms: z.array(z.object({ key: z.string(), before: z.string(), after: z.string() })),
  warnings: z.array(DeckWarning),
  problemCount: z.number().int(),
  problems: z.array(DeckProblem),
  /** It can be confirmed as it is. */
  isReady: z.boolean(),
});
export type DeckPreview = z.infer<typeof DeckPreview>;

export const DeckConfirmation = z.object({
  /** Of a new tariff. */
  name: name.optional(),
  note: z.string().max(2000).default(''),
  effectiveFrom: day.nullable().default(null),
  /** Who publishes it; absent: it stays a draft. */
  publishBy: z.string().trim().min(1).max(100).optional(),
  /** Calls that nothing else is chosen for are priced with it. */
  makeDefault: z.boolean().default(false),
});
export type DeckConfirmation = z.infer<typeof DeckConfirmation>;

export const DeckPresetInput = z.object({
  name,
  headings: z.array(z.string().max(300)).max(MOST_COLUMNS),
  layout: DeckLayout,
});
export type DeckPresetInput = z.infer<typeof DeckPresetInput>;

export const DeckPresets = z.object({
  builtIn: z.array(z.object({ id: z.string(), title: z.string() })),
  own: z.array(DeckPresetInput.extend({ id: z.number().int() })),
});
export type DeckPresets = z.infer<typeof DeckPresets>;

export const DeckFit = z.object({
  /** Layouts that a version can be written in. */
  layouts: z.array(z.object({ id: z.string(), title: z.string() })),
  fitting: z.number().int(),
  misfitCount: z.number().int(),
  /** The first of them, with the keys that the layout has no place for. */
  misfits: z.array(
    z.object({ index: z.number().int(), prefix: z.string(), name: z.string(), keys: z.array(z.string()) }),
  ),
  /** Keys of the tariff beside its rates that the file does not carry. */
  lostTerms: z.array(z.string()),
});
export type DeckFit = z.infer<typeof DeckFit>;
