import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallDetail } from '../../../core/api/contract.ts';
import { type Fact, FactList } from '../../components/fact-list.tsx';
import { Code, Duration } from '../../components/values.tsx';
import { formatMoney, isZeroMoney } from '../../format.ts';
import { textOr, useLanguage } from '../../language.ts';

export function CallFacts({ call }: { readonly call: CallDetail }) {
  const { t } = useTranslation(['calls', 'app']);
  const language = useLanguage();
  const facts: Fact[] = [];
  const add = (label: string, value: ReactNode): void => {
    if (value !== null && value !== undefined && value !== '') facts.push({ label, value });
  };
  const answered = call.isAnswered === null ? null : t(call.isAnswered ? 'app:yes' : 'app:no');
  add(t('fact.direction'), t(`app:direction.${call.direction}`));
  add(t('fact.answered'), answered);
  add(t('fact.ring'), call.ringSeconds === null ? null : <Duration seconds={call.ringSeconds} />);
  add(t('fact.billed'), call.billedSeconds === null ? null : <Duration seconds={call.billedSeconds} />);
  add(t('fact.extension'), call.extension);
  add(t('fact.trunk'), call.trunk);
  add(t('fact.code'), call.code === null ? null : <Code value={call.code} />);
  add(
    t('fact.codeField'),
    call.codeField === null ? null : textOr(`calls:codeField.${call.codeField}`, {}, call.codeField),
  );
  add(t('fact.dialled'), call.dialled);
  add(t('fact.caller'), call.caller);
  add(t('fact.callerName'), call.callerName);
  add(t('fact.band'), t(`app:band.${call.band}`));
  add(
    t('fact.tariff'),
    call.tariffName === null
      ? null
      : t('fact.versionOf', { name: call.tariffName, number: call.tariffVersionNumber ?? 1 }),
  );
  if (call.net !== null && call.tax !== null && !isZeroMoney(call.tax)) {
    add(t('fact.net'), formatMoney(call.net, language));
    add(t('fact.tax'), formatMoney(call.tax, language));
  }
  add(t('fact.condition'), call.conditionCode);
  add(t('fact.source'), call.sourceName);
  add(t('fact.format'), call.formatId);
  return <FactList facts={facts} />;
}
