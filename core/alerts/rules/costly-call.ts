/** One call above an amount. Amounts of other currencies are not compared. */
import { amountFromDecimal, amountMicro, formatAmount } from '../../model/money.ts';
import { type CallRule, findingOfCall, minutesOf } from '../case.ts';

export const costlyCall: CallRule = (call, context) => {
  const rule = context.rules['costly-call'];
  if (call.chargeMicro === null || call.currency !== rule.currency) return [];
  const limit = amountFromDecimal(rule.amount);
  if (limit === undefined || call.chargeMicro < limit) return [];
  const values = {
    extension: call.extension ?? '',
    number: call.number ?? '',
    amount: formatAmount(amountMicro(call.chargeMicro)),
    currency: call.currency,
    limitAmount: rule.amount,
    minutes: minutesOf(call.talkSeconds),
  };
  return [findingOfCall('costly-call', rule.severity, call, values, context)];
};
