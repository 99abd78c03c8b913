/** One code on two telephones at the same time, or at two sites sooner than anybody travels. */
import type { CodedCall, Telephones } from './coded-call.ts';
import { Evidence, type Finding, findingOf } from './finding.ts';
import type { HygieneSettings } from './settings.ts';

const SECONDS_PER_MINUTE = 60;
/** A line that was never hung up stays for a while; more calls of one code at a time are not looked at. */
const OPEN_LIMIT = 50;
/** So many calls are remembered as counted; more of one code may be counted twice. */
const COUNTED_LIMIT = 1000;

interface Open {
  readonly call: CodedCall;
  readonly telephone: number;
  /** Seconds of the universal clock: sites may be in different zones. */
  readonly startS: number;
  readonly endS: number;
}

interface Pairs {
  readonly personId: number;
  readonly evidence: Evidence;
  readonly ids: Set<number>;
  readonly telephones: Set<number>;
  pairs: number;
  /** The longest overlap, or the shortest way between two sites. */
  extremeSeconds: number;
}

export class TwoPlaces {
  readonly #open = new Map<string, Open[]>();
  readonly #atOnce = new Map<string, Pairs>();
  readonly #travels = new Map<string, Pairs>();
  readonly #settings: HygieneSettings;

  constructor(settings: HygieneSettings) {
    this.#settings = settings;
  }

  add(call: CodedCall, telephone: number, personId: number): void {
    if (!call.isOutbound || call.isJoined || !call.isTimeSure || call.talkSeconds <= 0) return;
    const startS = call.startLocalS - call.utcOffsetMin * SECONDS_PER_MINUTE;
    const one: Open = { call, telephone, startS, endS: startS + call.talkSeconds };
    const open = this.#open.get(call.code);
    if (open === undefined) {
      this.#open.set(call.code, [one]);
      return;
    }
    const forgottenS = startS - this.#settings.travelMinutes * SECONDS_PER_MINUTE;
    let kept = 0;
    for (const other of open) {
      if (other.endS <= forgottenS) continue;
      this.#compare(other, one, personId);
      open[kept] = other;
      kept += 1;
    }
    open.length = kept;
    open.push(one);
    if (open.length > OPEN_LIMIT) open.shift();
  }

  findings(telephones: Telephones): Finding[] {
    const found: Finding[] = [];
    for (const [code, pairs] of this.#travels) {
      found.push(
        findingOf({
          kind: 'two-places',
          severity: 'alarm',
          ...common(code, pairs),
          values: {
            pairs: pairs.pairs,
            gapMinutes: Math.max(0, Math.floor(pairs.extremeSeconds / SECONDS_PER_MINUTE)),
            minutes: this.#settings.travelMinutes,
            places: placesOf(pairs, telephones, this.#settings).join(', '),
          },
        }),
      );
    }
    for (const [code, pairs] of this.#atOnce) {
      found.push(
        findingOf({
          kind: 'two-telephones',
          severity: 'warning',
          ...common(code, pairs),
          values: {
            pairs: pairs.pairs,
            overlapSeconds: pairs.extremeSeconds,
            seconds: this.#settings.overlapSeconds,
            extensions: [...pairs.telephones].map((number) => telephones.at(number)?.extension ?? '').join(', '),
          },
        }),
      );
    }
    return found;
  }

  #compare(a: Open, b: Open, personId: number): void {
    if (a.telephone === b.telephone) return;
    const { overlapSeconds, clockSeconds, travelMinutes } = this.#settings;
    const [placeA, placeB] = [this.#placeOf(a.call.sourceId), this.#placeOf(b.call.sourceId)];
    if (placeA !== placeB) {
      const gap = b.startS - a.endS;
      if (gap < travelMinutes * SECONDS_PER_MINUTE) note(this.#travels, a, b, personId, gap, Math.min);
      return;
    }
    const overlap = Math.min(a.endS, b.endS) - b.startS;
    const tolerated = a.call.sourceId === b.call.sourceId ? overlapSeconds : Math.max(overlapSeconds, clockSeconds);
    if (overlap > tolerated) note(this.#atOnce, a, b, personId, overlap, Math.max);
  }

  #placeOf(sourceId: number): string {
    return placeName(sourceId, this.#settings);
  }
}

function placeName(sourceId: number, settings: HygieneSettings): string {
  const name = settings.places[String(sourceId)]?.trim() ?? '';
  return name === '' ? `#${sourceId}` : name;
}

function placesOf(pairs: Pairs, telephones: Telephones, settings: HygieneSettings): string[] {
  const sources = [...pairs.telephones].flatMap((number) => telephones.at(number)?.sourceId ?? []);
  return [...new Set(sources.map((sourceId) => placeName(sourceId, settings)))].sort();
}

function note(
  all: Map<string, Pairs>,
  a: Open,
  b: Open,
  personId: number,
  seconds: number,
  worse: (...values: number[]) => number,
): void {
  let pairs = all.get(b.call.code);
  if (pairs === undefined) {
    pairs = {
      personId,
      evidence: new Evidence(),
      ids: new Set(),
      telephones: new Set(),
      pairs: 0,
      extremeSeconds: seconds,
    };
    all.set(b.call.code, pairs);
  }
  pairs.pairs += 1;
  pairs.extremeSeconds = worse(pairs.extremeSeconds, seconds);
  for (const { call, telephone } of [a, b]) {
    if (pairs.telephones.size < OPEN_LIMIT) pairs.telephones.add(telephone);
    if (pairs.ids.has(call.id)) continue;
    if (pairs.ids.size >= COUNTED_LIMIT) pairs.ids.clear();
    pairs.ids.add(call.id);
    pairs.evidence.add(call);
  }
}

function common(code: string, pairs: Pairs): Pick<Finding, 'code' | 'personId' | 'evidence'> {
  return { code, personId: pairs.personId, evidence: pairs.evidence.view() };
}
