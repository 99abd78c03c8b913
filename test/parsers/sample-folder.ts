/** Samples of every vendor: a byte-exact `.raw` and the `.json` that says where it is from and what it must give. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseText } from '../../parsers/parse-stream.ts';
import { formatById } from '../../parsers/registry.ts';
import type { ParseOutcome } from '../../parsers/types.ts';

const ROOT = fileURLToPath(new URL('../../parsers/', import.meta.url));

export interface ExpectedOutcome {
  readonly outcome: string;
  /** Reason of a malformed frame, or the noise rule. */
  readonly reason?: string;
  readonly rule?: string;
  readonly doubts?: readonly string[];
  readonly record?: Readonly<Record<string, unknown>>;
}

export interface Sample {
  readonly vendor: string;
  readonly name: string;
  readonly raw: string;
  readonly origin: Readonly<Record<string, unknown>>;
  readonly format: string;
  readonly options: Readonly<Record<string, string>>;
  readonly outcomes: readonly ExpectedOutcome[];
  /** The outcomes hold every key of the records. */
  readonly isExact?: boolean;
}

/**
 * Every sample under parsers/<vendor>/samples. A `.raw` without its `.json` fails here. That each format has a sample is
 * the catalogue test's business: a folder without any holds no format.
 */
export function allSamples(): Sample[] {
  const samples: Sample[] = [];
  for (const vendor of readdirSync(ROOT, { withFileTypes: true })) {
    if (!vendor.isDirectory() || vendor.name.startsWith('_')) continue;
    const folder = `${ROOT}${vendor.name}/samples/`;
    if (!existsSync(folder)) continue;
    for (const file of readdirSync(folder).sort()) {
      if (!file.endsWith('.raw')) continue;
      const sidecar = JSON.parse(readFileSync(`${folder}${file.slice(0, -4)}.json`, 'utf8')) as Omit<
        Sample,
        'vendor' | 'name' | 'raw'
      >;
      samples.push({
        ...sidecar,
        vendor: vendor.name,
        name: file.slice(0, -4),
        raw: readFileSync(`${folder}${file}`, 'latin1'),
      });
    }
  }
  return samples;
}

/** An outcome in the words of the sidecar. */
export function inWords(outcome: ParseOutcome): ExpectedOutcome {
  switch (outcome.kind) {
    case 'call':
    case 'part':
      return {
        outcome: outcome.kind,
        record: { ...outcome.record },
        ...(outcome.doubts === undefined ? {} : { doubts: outcome.doubts }),
      };
    case 'noise':
      return { outcome: 'noise', reason: outcome.rule };
    case 'malformed':
      return { outcome: 'malformed', reason: outcome.reason };
    case 'incomplete':
      return { outcome: 'incomplete' };
  }
}

/** JSON with sorted keys, so that equal values are equal texts. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => a.localeCompare(b)))
      : inner,
  );
}

/**
 * How the sample's bytes read differently from what its sidecar says; empty when they agree. Only what the sidecar gives
 * is compared, unless it calls itself exact: then nothing more may be in the outcome.
 */
export function differences(sample: Sample): string[] {
  const format = formatById(sample.format);
  if (format === undefined) return [`no format ${sample.format}`];
  const got = parseText(format, sample.options, sample.raw).map(({ outcome }) => inWords(outcome));
  const found: string[] = [];
  if (got.length !== sample.outcomes.length) found.push(`${got.length} frames, not ${sample.outcomes.length}`);
  sample.outcomes.forEach(({ rule, ...given }, index) => {
    const wanted = rule === undefined ? given : { ...given, reason: rule };
    const whole = got[index];
    const shown =
      sample.isExact === true || whole === undefined
        ? whole
        : {
            ...Object.fromEntries(Object.entries(whole).filter(([key]) => key in wanted)),
            ...(wanted.record === undefined || whole.record === undefined
              ? {}
              : {
                  record: Object.fromEntries(
                    Object.entries(whole.record).filter(([key]) => key in (wanted.record ?? {})),
                  ),
                }),
          };
    if (inOrder(shown) !== inOrder(wanted))
      found.push(`frame ${index + 1}: ${inOrder(whole)} is not ${inOrder(wanted)}`);
  });
  return found;
}
