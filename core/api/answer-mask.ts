/**
 * The one place where answers lose outside numbers for readers who must not see them. Which fields hold numbers is said by
 * their schema (contract/common.ts); this walks schema and answer together, so that no route can forget it.
 */
import { z } from 'zod';
import { createTranslate, type Language } from '../i18n/translate.ts';
import { digitsIn, maskNumber, maskNumbersIn } from '../model/masking.ts';
import { visibleNumberSearch } from '../privacy/number-search.ts';
import { MASK_KINDS, MASKED, type MaskKind } from './contract/common.ts';

export type Masker = (value: unknown, language: Language) => unknown;
type Maskers = Partial<Readonly<Record<MaskKind, Masker>>>;

const isMaskKind = (kind: unknown): kind is MaskKind => MASK_KINDS.some((known) => known === kind);

/** No office has extensions that long. */
const LONGEST_EXTENSION = 7;
/** Values of texts that are amounts of money, which have as many digits as numbers do. */
const AMOUNTS = new Set(['amount', 'price', 'charge', 'difference', 'limit', 'limitAmount', 'percent', 'from', 'day']);
const TIME = /^(\d{4}|X{4})-\d\d(-\d\d(T[\d:.]+Z?)?)?$|^T?\d\d:\d\d(:\d\d)?$/;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const ofText =
  (mask: (text: string) => string): Masker =>
  (value) =>
    typeof value === 'string' ? mask(value) : value;

function maskValues(value: unknown): unknown {
  if (!isObject(value)) return value;
  const masked = (key: string, one: unknown): unknown =>
    typeof one !== 'string' || AMOUNTS.has(key) || TIME.test(one) ? one : maskNumber(one);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, masked(key, one)]));
}

/** A parsed record: its texts are whatever the PBX printed there. */
function maskRecord(value: unknown): unknown {
  if (typeof value === 'string') return TIME.test(value) ? value : maskNumber(value);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, maskRecord(one)]));
}

function withoutSamples(value: unknown): unknown {
  if (!isObject(value)) return value;
  const { samples: _, ...rest } = value;
  return rest;
}

const OF_ANSWERS: Maskers = {
  number: ofText(maskNumber),
  extension: ofText((text) => (digitsIn(text) > LONGEST_EXTENSION ? maskNumber(text) : text)),
  prose: ofText(maskNumbersIn),
  raw: (value, language) => (typeof value === 'string' ? createTranslate(language)('privacy.withheld') : value),
  rawHex: ofText(() => ''),
  record: maskRecord,
  values: maskValues,
  definition: withoutSamples,
};

/** What readers of masked numbers may look for: the part that they see. */
const OF_QUESTIONS: Maskers = { search: ofText(visibleNumberSearch) };

type Fields = readonly (readonly [string, Masker])[];

function ofObject(fields: Fields): Masker | undefined {
  if (fields.length === 0) return undefined;
  return (value, language) => {
    if (!isObject(value)) return value;
    const changed = fields.flatMap(([key, mask]) => (key in value ? [[key, mask(value[key], language)] as const] : []));
    return { ...value, ...Object.fromEntries(changed) };
  };
}

/** Finds the masked fields of schemas and remembers what it found. */
class MaskFinder {
  readonly #maskers: Maskers;
  readonly #found = new WeakMap<object, Masker | 'nothing'>();

  constructor(maskers: Maskers) {
    this.#maskers = maskers;
  }

  find(schema: unknown): Masker | undefined {
    if (!(schema instanceof z.ZodType)) return undefined;
    const known = this.#found.get(schema);
    if (known !== undefined) return known === 'nothing' ? undefined : known;
    const masker = this.#build(schema);
    this.#found.set(schema, masker ?? 'nothing');
    return masker;
  }

  #build(schema: z.ZodType): Masker | undefined {
    const kind = schema.meta()?.[MASKED];
    if (isMaskKind(kind)) return this.#maskers[kind];
    if (schema instanceof z.ZodObject) {
      return ofObject(
        Object.entries(schema.shape).flatMap(([key, field]) => {
          const mask = this.find(field);
          return mask === undefined ? [] : [[key, mask] as const];
        }),
      );
    }
    if (schema instanceof z.ZodArray) return this.#ofEach(schema.element);
    if (schema instanceof z.ZodRecord) return this.#ofEach(schema.valueType);
    if (schema instanceof z.ZodUnion) return this.#ofAll(schema.options);
    if (schema instanceof z.ZodIntersection) return this.#ofAll([schema.def.left, schema.def.right]);
    if (schema instanceof z.ZodPipe) return this.find(schema.out);
    if (
      schema instanceof z.ZodOptional ||
      schema instanceof z.ZodNullable ||
      schema instanceof z.ZodDefault ||
      schema instanceof z.ZodReadonly
    ) {
      return this.find(schema.unwrap());
    }
    if (schema instanceof z.ZodTuple || schema instanceof z.ZodLazy) throw new Error('not masked: this kind of schema');
    return undefined;
  }

  /** All of them one after the other: what one of a union hides, no other may show. */
  #ofAll(schemas: readonly unknown[]): Masker | undefined {
    const maskers = schemas.flatMap((schema) => this.find(schema) ?? []);
    if (maskers.length === 0) return undefined;
    return (value, language) => maskers.reduce((masked, mask) => mask(masked, language), value);
  }

  #ofEach(schema: unknown): Masker | undefined {
    const mask = this.find(schema);
    if (mask === undefined) return undefined;
    return (value, language) => {
      if (Array.isArray(value)) return value.map((one) => mask(one, language));
      if (!isObject(value)) return value;
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mask(one, language)]));
    };
  }
}

const answers = new MaskFinder(OF_ANSWERS);
const questions = new MaskFinder(OF_QUESTIONS);

/** What hides the numbers of an answer of that shape; undefined where it can hold none. */
export const answerMaskOf = (schema: unknown): Masker | undefined => answers.find(schema);

/** What keeps a question of that shape to the visible part of numbers; refuses one that asks for more. */
export const questionMaskOf = (schema: unknown): Masker | undefined => questions.find(schema);
