/** Why a call costs what it costs, from the choice of the tariff to the last rounding: of a stored call, and of one that is only tried. */
import { type CallId, sourceIdOf } from '../model/call.ts';
import { type AmountMicro, formatAmount } from '../model/money.ts';
import type { ChoiceReason, TariffChoice } from '../rating/choose-tariff.ts';
import type { PriceStep, PriceStepKind } from '../rating/explain.ts';
import { explainInMonth, monthOf } from '../rating/month.ts';
import { type MonthUse, readMonthUse } from '../rating/month-use.ts';
import { type PbxCostUse, readPbxCost, settleCost } from '../rating/pbx-cost.ts';
import type { Charge, RatingCall } from '../rating/rate-call.ts';
import type { CallRow } from '../store/calls.ts';
import type { Database } from '../store/database.ts';
import { SourceStore } from '../store/sources.ts';
import { TariffMonths } from '../store/tariff-months.ts';
import { ALWAYS, TariffStore, type TariffVersionRow } from '../store/tariffs.ts';
import type { BookableCall, CallBooker } from './book-call.ts';
import { bookableOf } from './call-row.ts';
import { storedMonthState } from './tariff-clock.ts';
import type { UsableVersion } from './tariff-set.ts';

type Language = 'vi' | 'en';

export interface ExplainedPrice {
  /** Undefined where no version priced the call. */
  readonly version: TariffVersionRow | undefined;
  readonly usable: UsableVersion | undefined;
  readonly choice: TariffChoice | undefined;
  /** Undefined where there is nothing to price. */
  readonly charge: Charge | undefined;
  readonly steps: readonly PriceStep[];
}

const CHOICE_STEPS: Readonly<Record<ChoiceReason, PriceStepKind>> = {
  'access-code': 'tariff-by-access-code',
  trunk: 'tariff-by-trunk',
  'trunk-group': 'tariff-by-trunk-group',
  site: 'tariff-by-site',
  default: 'tariff-by-default',
};
const NOTHING: ExplainedPrice = {
  version: undefined,
  usable: undefined,
  choice: undefined,
  charge: undefined,
  steps: [],
};

export class PriceExplainer {
  readonly #db: Database;
  readonly #tariffs: TariffStore;
  readonly #booker: CallBooker;
  readonly #language: Language;

  constructor(db: Database, booker: CallBooker, language: Language) {
    this.#db = db;
    this.#tariffs = new TariffStore(db);
    this.#booker = booker;
    this.#language = language;
  }

  /** The price that the call has, by the version that gave it; of a call without a price, why it has none. */
  ofStored(row: CallRow): ExplainedPrice {
    if (row.rating === 'not-chargeable') return NOTHING;
    const call = bookableOf(row);
    const outside = this.#booker.normalised(call);
    const chosen = this.#booker.choose(call, outside);
    if (row.rating === 'rated' && row.tariffVersionId === null) return trusted(row);
    const usable =
      row.tariffVersionId === null ? chosen?.version : this.#booker.rules.tariffs.version(row.tariffVersionId);
    const question = usable === undefined ? undefined : this.#booker.question(call, outside, usable);
    if (usable === undefined) return { ...NOTHING, steps: [{ kind: 'no-tariff', values: {} }] };
    if (question === undefined) return NOTHING;
    const use = readMonthUse(row.monthUse);
    const asked = use.volume === undefined ? question : this.#atMonthsEnd(usable, question, use.volume);
    const isChosenNow = chosen?.version.tariffId === usable.tariffId;
    const explained = this.#explained(call, usable, chosen?.choice, asked, use, isChosenNow);
    return this.#beside(call, explained, 'compare');
  }

  /** What a call would cost. `usable` absent: by the version that would price it now. */
  ofTried(call: BookableCall, ask: Partial<RatingCall>, versionId?: number): ExplainedPrice {
    const outside = this.#booker.normalised(call);
    const chosen = this.#booker.choose(call, outside);
    const usable = versionId === undefined ? chosen?.version : this.#booker.rules.tariffs.version(versionId);
    if (usable === undefined) return { ...NOTHING, steps: [{ kind: 'no-tariff', values: {} }] };
    const question = this.#booker.question(call, outside, usable);
    if (question === undefined) return NOTHING;
    const choice = versionId === undefined ? chosen?.choice : undefined;
    const explained = this.#explained(call, usable, choice, { ...question, ...ask }, {}, true);
    return this.#beside(call, explained, this.#booker.rules.pbxCostUse);
  }

  #explained(
    call: BookableCall,
    usable: UsableVersion,
    choice: TariffChoice | undefined,
    question: RatingCall,
    use: MonthUse,
    isChosenNow: boolean,
  ): ExplainedPrice {
    const version = this.#tariffs.version(usable.id);
    const { charge, explanation } = explainInMonth(usable.compiled, question, use, this.#language);
    return {
      version,
      usable,
      choice,
      charge,
      steps: [
        ...(version === undefined ? [] : this.#choiceSteps(call.id, version, choice, isChosenNow)),
        ...explanation,
      ],
    };
  }

  /** Where a month is priced at what it reaches, that is what it has reached by now. */
  #atMonthsEnd(usable: UsableVersion, question: RatingCall, volume: NonNullable<MonthUse['volume']>): RatingCall {
    if (volume.before !== undefined) return question;
    const month = { tariffId: usable.tariffId, month: monthOf(question) };
    const { volumeSeconds } = storedMonthState(new TariffMonths(this.#db), this.#booker.rules.tariffs, month);
    return { ...question, monthSeconds: volumeSeconds };
  }

  #choiceSteps(
    id: CallId,
    version: TariffVersionRow,
    choice: TariffChoice | undefined,
    isChosenNow: boolean,
  ): PriceStep[] {
    const { tariffName: name, number, effectiveFrom: from, currency } = version;
    const steps: PriceStep[] = [];
    if (choice === undefined) steps.push({ kind: 'tariff', values: { name, currency } });
    else if (isChosenNow) {
      const value = choice.reason === 'site' ? this.#sourceName(id) : choice.value;
      steps.push({ kind: CHOICE_STEPS[choice.reason], values: { name, value } });
    } else steps.push({ kind: 'tariff-then', values: { name } });
    if (version.state === 'draft') steps.push({ kind: 'version-draft', values: { number } });
    else if (from === ALWAYS) steps.push({ kind: 'version-always', values: { number } });
    else steps.push({ kind: 'version', values: { number, from } });
    return steps;
  }

  #sourceName(id: CallId): string {
    return new SourceStore(this.#db).get(sourceIdOf(id))?.name ?? '';
  }

  /** The PBX's own cost beside the tariff's, or in its place. */
  #beside(call: BookableCall, explained: ExplainedPrice, use: PbxCostUse): ExplainedPrice {
    const { charge, steps } = explained;
    if (call.pbxCost === null || charge === undefined || this.#booker.rules.pbxCostUse === 'rate') return explained;
    const printed = readPbxCost(call.pbxCost, charge.currency);
    if (printed === undefined) {
      return { ...explained, steps: [...steps, { kind: 'pbx-unreadable', values: { text: call.pbxCost } }] };
    }
    const { currency, amountMicro } = printed;
    const amount = amountText(amountMicro);
    if (use === 'trust') {
      const step: PriceStep = { kind: 'pbx-cost', values: { amount, currency } };
      return { ...explained, charge: { ...charge, ...printed, isRated: true }, steps: [...steps, step] };
    }
    const rated = currency === charge.currency ? charge.amountMicro : undefined;
    const { differenceMicro } = settleCost('compare', rated, amountMicro);
    const step: PriceStep =
      differenceMicro === undefined
        ? { kind: 'pbx-shown', values: { amount: `${amount} ${currency}` } }
        : { kind: 'pbx-difference', values: { amount, currency, difference: amountText(differenceMicro) } };
    return { ...explained, steps: [...steps, step] };
  }
}

function amountText(amount: AmountMicro): string {
  return formatAmount(amount);
}

/** The PBX's own cost is the charge. */
function trusted(row: CallRow): ExplainedPrice {
  const currency = row.currency ?? '';
  const amount = row.chargeMicro === null ? '' : amountText(row.chargeMicro);
  return {
    ...NOTHING,
    charge: {
      isRated: true,
      amountMicro: row.chargeMicro ?? undefined,
      currency,
      billedSeconds: row.billedSeconds ?? 0,
      rate: undefined,
    },
    steps: [
      { kind: 'number', values: { number: row.number ?? '' } },
      { kind: 'pbx-cost', values: { amount, currency } },
      { kind: 'result', values: { charge: amount, currency } },
    ],
  };
}
