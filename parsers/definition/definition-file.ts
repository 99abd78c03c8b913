/**
 * A format said in JSON: what a person writes, exports and shares, and what the format editor makes. compile.ts turns it
 * into a format of the same engine that the built-in ones use. docs/format-definitions.md explains it with examples;
 * core/formats/definition-schema.ts checks it.
 */
import type { CodeField } from '../../core/model/call.ts';
import type { RecordDirection } from '../../core/model/call-record.ts';
import type { CommonOptions, Confidence, DateOrder, Transport } from '../types.ts';

/** Grows when a file of today would be read differently. */
export const DEFINITION_VERSION = 1;

/** What a word, a filled or an empty field says about the call. */
export interface Effects {
  readonly direction?: RecordDirection | undefined;
  readonly answered?: boolean | undefined;
  readonly transferred?: boolean | undefined;
  /** Kept with the call's details under these names. */
  readonly extra?: Readonly<Record<string, string>> | undefined;
}

/** Longer words are compared without regard to case and to Cyrillic letters that look Latin; single letters exactly. */
export interface Word extends Effects {
  readonly text: string;
  /** The word stands in front, and what follows is the field's value: `<I>0912345678`. */
  readonly isPrefix?: boolean | undefined;
}

/** Columns: first column from 1, width, and the line from 1 where a record has several. */
export interface ColumnPlace {
  readonly start: number;
  readonly width: number;
  readonly line?: number | undefined;
}
/** Separated: number of the cell, from 1. */
export interface CellPlace {
  readonly cell: number;
}
/** Pattern: a named group. */
export interface GroupPlace {
  readonly group: string;
}
export type Place = ColumnPlace | CellPlace | GroupPlace;

interface FieldCommon {
  readonly at: Place;
  /** An empty field makes the line malformed. Dates and times are required unless this says `false`. */
  readonly isRequired?: boolean | undefined;
  /** Characters that only fill the field, cut at both ends. */
  readonly pad?: string | undefined;
  /** Texts that are cut when they stand in front. */
  readonly cut?: readonly string[] | undefined;
  readonly whenCut?: Effects | undefined;
  readonly words?: readonly Word[] | undefined;
  /** The field is filled with something that is none of the words. */
  readonly otherwise?: Effects | undefined;
  readonly whenBlank?: Effects | undefined;
}

/** Which moment of the call a time is; without it the option `timeIs` decides. */
export type Moment = 'start' | 'answer' | 'end';
/** `arrival`: when a logger in between received the line; it dates the other times and is none of the call's. */
export type MomentOrArrival = Moment | 'arrival';

export interface DateField extends FieldCommon {
  readonly means: 'date';
  readonly of?: MomentOrArrival | undefined;
  /** Only where it must not be an option. */
  readonly order?: DateOrder | undefined;
  /** Twelve names as printed; without it the English ones. */
  readonly months?: readonly string[] | undefined;
}
export interface TimeField extends FieldCommon {
  readonly means: 'time';
  readonly of?: MomentOrArrival | undefined;
  /** Words of the first and the second half of the day; without them `AM`, `PM` and their Russian and Vietnamese kin. */
  readonly am?: readonly string[] | undefined;
  readonly pm?: readonly string[] | undefined;
}
/** The word for the half of the day where it has a field of its own. */
export interface HalfField extends FieldCommon {
  readonly means: 'half';
  readonly of?: MomentOrArrival | undefined;
  readonly am?: readonly string[] | undefined;
  readonly pm?: readonly string[] | undefined;
}
export interface DateTimeField extends FieldCommon {
  readonly means: 'dateTime';
  readonly of?: MomentOrArrival | undefined;
  /** `printed`: ISO, or a date and a time one after the other. `epoch`: seconds since 1970 UTC. */
  readonly form?: 'printed' | 'epoch' | 'epoch-ms' | undefined;
  readonly order?: DateOrder | undefined;
  readonly months?: readonly string[] | undefined;
  readonly am?: readonly string[] | undefined;
  readonly pm?: readonly string[] | undefined;
}

/**
 * `clock`: parts with any mark between them: `hh:mm:ss`, `h:mm.ss`, `hh:mm'ss"`, `mm:ss`, `m'ss`. `clock-3` and `clock-2`
 * fix how many parts there are. `hours-minutes`: `hh:mm`. `digits`: `hmmss`, `mmss` without marks. `units`: `1h02m03s`,
 * `41s`. `tenths`: tenths of a minute. Fields of one meaning add up: hours, minutes and seconds may have a field each.
 */
export const DURATION_FORMS = [
  'clock',
  'clock-3',
  'clock-2',
  'hours-minutes',
  'digits',
  'units',
  'hours',
  'seconds',
  'milliseconds',
  'tenths',
  'minutes',
] as const;
export type DurationForm = (typeof DURATION_FORMS)[number];

export interface DurationField extends FieldCommon {
  readonly means: 'talk' | 'ring' | 'hold' | 'park';
  readonly form: DurationForm;
}

/**
 * What a field of text is. `number` is the caller's or the dialled one, by the call's direction; `from` and `to` are who
 * called and who was called, of which the direction tells the inside one.
 */
export const TEXT_MEANINGS = [
  'extension',
  'number',
  'from',
  'to',
  'dialled',
  'caller',
  'callerName',
  'trunk',
  'trunkOut',
  'account',
  'authorization',
  'condition',
  'currency',
  'callId',
  'linkedId',
] as const;
export type TextMeaning = (typeof TEXT_MEANINGS)[number];

/** Which characters a field takes; anything else makes the line malformed. */
export const ACCEPTED = ['digits', 'number', 'word', 'anything'] as const;
export type Accepted = (typeof ACCEPTED)[number];

export interface TextField extends FieldCommon {
  readonly means: TextMeaning;
  readonly accepts?: Accepted | undefined;
}
export interface CostField extends FieldCommon {
  readonly means: 'cost';
}
/** Says things by its words and is not kept; a word that is not listed makes the line malformed. */
export interface DirectionField extends FieldCommon {
  readonly means: 'direction';
}
/** Kept with the call's details under a name of its own. */
export interface ExtraField extends FieldCommon {
  readonly means: 'extra';
  readonly name: string;
  readonly accepts?: Accepted | undefined;
}
/** Known to stand there, and of no use. With words it must be one of them. */
export interface IgnoredField extends FieldCommon {
  readonly means: 'ignore';
}
export type DefinitionField =
  | DateField
  | TimeField
  | HalfField
  | DateTimeField
  | DurationField
  | TextField
  | CostField
  | DirectionField
  | ExtraField
  | IgnoredField;

/** How a line shape is recognised: what stands at a place must (or must not) be one of these texts; `''` is empty. */
export interface Recognition {
  readonly at: Place;
  readonly is?: readonly string[] | undefined;
  readonly isNot?: readonly string[] | undefined;
}

interface LayoutCommon {
  readonly name?: string | undefined;
  /** All must hold, else the next layout is tried. */
  readonly when?: readonly Recognition[] | undefined;
  /** A regular expression the line must match, besides. */
  readonly matches?: string | undefined;
  /** True on every line of this shape. */
  readonly always?: Effects | undefined;
  /** The line goes on with the call of the line before. */
  readonly isContinuation?: boolean | undefined;
  /** Talk time is the end less the answer or the start. */
  readonly isTalkFromTimes?: boolean | undefined;
  /** The printed talk time begins with the ringing. */
  readonly isRingInTalk?: boolean | undefined;
  /** Where nothing tells the direction: of `from` and `to`, a number of at most so many digits is an extension. */
  readonly longestExtension?: number | undefined;
  readonly fields: readonly DefinitionField[];
}
export interface ColumnsShape extends LayoutCommon {
  readonly kind: 'columns';
  /** Text outside every field is of no interest. Otherwise it makes the line malformed. */
  readonly isLeftoverAllowed?: boolean | undefined;
}
export interface SeparatedShape extends LayoutCommon {
  readonly kind: 'separated';
  /** A text, or `blanks` for one or more blanks. */
  readonly separator: string;
  readonly isQuoted?: boolean | undefined;
  readonly minCells?: number | undefined;
  readonly isLeftoverAllowed?: boolean | undefined;
}
export interface PatternShape extends LayoutCommon {
  readonly kind: 'pattern';
  /** For the whole line; named groups are the fields. */
  readonly pattern: string;
}
export type LineShape = ColumnsShape | SeparatedShape | PatternShape;

/** A known line that is no call. */
export type SkipRule =
  | { readonly name: string; readonly pattern: string }
  /** Lines of the same shape as this example: other numbers, other runs of blanks. */
  | { readonly name: string; readonly like: string }
  | { readonly name: string; readonly startsWith: string }
  | { readonly name: string; readonly contains: string };

/**
 * A line that gives the date of the records after it: its pattern with the group `date`, or an example with the place of
 * the date in it.
 */
export type DateLine = DateLineForm & {
  readonly order?: DateOrder | undefined;
  readonly months?: readonly string[] | undefined;
};
type DateLineForm =
  | { readonly pattern: string }
  | { readonly like: string; readonly start: number; readonly width: number };

export type RecordShape =
  | { readonly kind: 'line'; readonly maxBytes?: number | undefined }
  /** Always so many lines, the first of which is told by `first`; empty lines do not count. */
  | {
      readonly kind: 'lines';
      readonly count: number;
      readonly first: string;
      readonly maxBytes?: number | undefined;
    };

/** Lines kept with the definition, and what they gave when it was saved. */
export interface SampleLine {
  readonly text: string;
  readonly outcome: 'call' | 'part' | 'noise' | 'malformed' | 'incomplete';
  readonly reason?: string | undefined;
  readonly record?: Readonly<Record<string, unknown>> | undefined;
}

export interface DefinitionFile {
  readonly formatVersion: typeof DEFINITION_VERSION;
  readonly id: string;
  readonly aliases?: readonly string[] | undefined;
  readonly vendor: string;
  readonly title: string;
  readonly models: readonly string[];
  readonly transports: readonly Transport[];
  readonly confidence: Confidence;
  readonly unsure?: { readonly en: string; readonly vi: string } | undefined;
  readonly confusableWith?: readonly string[] | undefined;
  readonly record?: RecordShape | undefined;
  /** Characters taken away in front of a line. */
  readonly strip?: string | undefined;
  readonly skip?: readonly SkipRule[] | undefined;
  readonly dateLines?: readonly DateLine[] | undefined;
  readonly layouts: readonly LineShape[];
  readonly defaults: { readonly [K in keyof CommonOptions]?: CommonOptions[K] | undefined };
  readonly codeFields: readonly CodeField[];
  readonly samples?: readonly SampleLine[] | undefined;
}

export const DEFAULT_LINE_BYTES = 512;
/** A pattern's work grows with the line (safe-pattern.ts). */
export const LONGEST_LINE_BYTES = 2048;
