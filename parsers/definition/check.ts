/** What is wrong with a definition whose shape is right: places that overlap, patterns that may not be used, lines without a time. */
import {
  type DefinitionField,
  type DefinitionFile,
  type LineShape,
  LONGEST_LINE_BYTES,
  type Place,
} from './definition-file.ts';
import { groupsOf, type PatternProblem, patternProblem } from './safe-pattern.ts';

export type DefinitionProblemKind =
  | `pattern-${PatternProblem}`
  | 'wrong-place'
  | 'no-such-group'
  | 'places-overlap'
  | 'no-time'
  | 'place-too-far'
  | 'lines-need-columns'
  | 'line-beyond-record'
  | 'words-needed'
  | 'no-date-group'
  | 'code-field-missing'
  | 'continuation-first';

export interface DefinitionProblem {
  /** As in `layouts.0.fields.2.at`. */
  readonly path: string;
  readonly kind: DefinitionProblemKind;
  readonly values: Readonly<Record<string, string | number>>;
}

type Report = (path: string, kind: DefinitionProblemKind, values?: DefinitionProblem['values']) => void;

function checkPattern(report: Report, path: string, pattern: string | undefined, isWhole = false): void {
  const problem = pattern === undefined ? undefined : patternProblem(pattern, isWhole);
  if (problem !== undefined) report(path, `pattern-${problem}`);
}

const PLACE_OF = { columns: 'start', separated: 'cell', pattern: 'group' } as const;

function checkPlace(report: Report, path: string, place: Place, shape: LineShape, file: DefinitionFile): void {
  if (!(PLACE_OF[shape.kind] in place)) report(path, 'wrong-place', { wanted: PLACE_OF[shape.kind] });
  if ('group' in place && shape.kind === 'pattern' && !groupsOf(shape.pattern).includes(place.group)) {
    report(path, 'no-such-group', { group: place.group });
  }
  if (!('start' in place)) return;
  const most = file.record?.maxBytes ?? LONGEST_LINE_BYTES;
  if (place.start + place.width - 1 > Math.min(most, LONGEST_LINE_BYTES)) {
    report(path, 'place-too-far', { most: Math.min(most, LONGEST_LINE_BYTES) });
  }
  const lines = file.record?.kind === 'lines' ? file.record.count : 1;
  if ((place.line ?? 1) > lines) report(path, 'line-beyond-record', { lines });
}

function overlaps(a: Place, b: Place): boolean {
  if ('start' in a && 'start' in b) {
    return (a.line ?? 1) === (b.line ?? 1) && a.start < b.start + b.width && b.start < a.start + a.width;
  }
  if ('cell' in a && 'cell' in b) return a.cell === b.cell;
  return 'group' in a && 'group' in b && a.group === b.group;
}

const TELLS_TIME: readonly DefinitionField['means'][] = ['time', 'dateTime', 'talk'];

function checkShape(report: Report, path: string, shape: LineShape, file: DefinitionFile): void {
  checkPattern(report, `${path}.matches`, shape.matches);
  if (shape.kind === 'pattern') checkPattern(report, `${path}.pattern`, shape.pattern, true);
  if (file.record?.kind === 'lines' && shape.kind !== 'columns') report(`${path}.kind`, 'lines-need-columns');
  shape.fields.forEach((field, index) => {
    const at = `${path}.fields.${index}`;
    checkPlace(report, `${at}.at`, field.at, shape, file);
    const other = shape.fields.findIndex((one, place) => place < index && overlaps(one.at, field.at));
    if (other >= 0) report(`${at}.at`, 'places-overlap', { other: other + 1 });
    const hasWords = field.words !== undefined || field.otherwise !== undefined || field.whenBlank !== undefined;
    if (field.means === 'direction' && !hasWords) report(`${at}.words`, 'words-needed');
  });
  (shape.when ?? []).forEach(({ at }, index) => {
    checkPlace(report, `${path}.when.${index}.at`, at, shape, file);
  });
  if (!shape.fields.some(({ means }) => TELLS_TIME.includes(means))) report(`${path}.fields`, 'no-time');
}

const CODE_MEANING = { account: 'account', authorization: 'authorization', verification: 'authorization' } as const;

/** Empty when the definition can be used. */
export function problemsOf(file: DefinitionFile): readonly DefinitionProblem[] {
  const problems: DefinitionProblem[] = [];
  const report: Report = (path, kind, values = {}) => problems.push({ path, kind, values });
  file.layouts.forEach((shape, index) => {
    checkShape(report, `layouts.${index}`, shape, file);
  });
  if (file.layouts.every((shape) => shape.isContinuation === true)) report('layouts', 'continuation-first');
  (file.skip ?? []).forEach((rule, index) => {
    if ('pattern' in rule) checkPattern(report, `skip.${index}.pattern`, rule.pattern);
  });
  (file.dateLines ?? []).forEach((line, index) => {
    if (!('pattern' in line)) return;
    const { pattern } = line;
    checkPattern(report, `dateLines.${index}.pattern`, pattern);
    if (!groupsOf(pattern).includes('date')) report(`dateLines.${index}.pattern`, 'no-date-group');
  });
  if (file.record?.kind === 'lines') checkPattern(report, 'record.first', file.record.first);
  const means = new Set(file.layouts.flatMap((shape) => shape.fields.map((field) => field.means)));
  file.codeFields.forEach((field, index) => {
    if (field === 'dialled' || means.has(CODE_MEANING[field])) return;
    report(`codeFields.${index}`, 'code-field-missing', { field });
  });
  return problems;
}
