/** Where code rules are broken: by source, extension and verdict, with examples and with what the PBX is to be asked. */
import type { Language } from '../i18n/translate.ts';
import { storedJudge } from '../ingest/load-judge.ts';
import { makerFamily, requestFor } from '../model/pbx-requests.ts';
import { localText } from '../model/time.ts';
import {
  type BreachRow,
  breachesByExtension,
  type DaySpan,
  judgedBySource,
  newestBreaches,
} from '../store/policies.ts';
import { isVerdictInDoubt, rulingOf } from './call-ruling.ts';
import { callOf } from './call-view.ts';
import type { Breach, BreachReport } from './contract.ts';
import type { ApiParts } from './parts.ts';

const SHOWN_BREACHES = 400;
const EXAMPLES = 3;

export function breachReport(parts: ApiParts, days: DaySpan, language: Language): BreachReport {
  const { deps, formats } = parts;
  const judge = storedJudge(deps.db);
  const mask = parts.mask();
  const sources = new Map(
    parts.sources.listAll().map((source) => [source.id, { ...source, format: formats.byId(source.formatId) }]),
  );
  const breachOf = (row: BreachRow): Breach => {
    const { firstLocalS, lastLocalS, ...counts } = row;
    const source = sources.get(row.sourceId);
    const examples = newestBreaches(deps.db, row, EXAMPLES).flatMap((id) => parts.calls.get(id) ?? []);
    const [newest] = examples;
    return {
      ...counts,
      sourceName: source?.name ?? `#${row.sourceId}`,
      isInDoubt: isVerdictInDoubt(row.verdict, source?.format),
      firstLocal: localText(firstLocalS),
      lastLocal: localText(lastLocalS),
      ruling: newest === undefined ? null : rulingOf(deps.db, judge, newest),
      examples: examples.map((call) => callOf(call, mask, language)),
      request: requestFor(row.verdict),
      family: makerFamily(source?.format),
    };
  };
  const rows = breachesByExtension(deps.db, days);
  return {
    breaches: rows.slice(0, SHOWN_BREACHES).map(breachOf),
    leftOut: Math.max(0, rows.length - SHOWN_BREACHES),
    sources: judgedBySource(deps.db, days).map((row) => ({
      ...row,
      name: sources.get(row.sourceId)?.name ?? `#${row.sourceId}`,
      hasCodeField: sources.get(row.sourceId)?.format?.codeFields.length !== 0,
    })),
  };
}
