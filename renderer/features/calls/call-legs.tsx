/** What the PBX sent for this call: as text, as bytes, and as it was understood. */
import { Tabs, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CallDetail } from '../../../core/api/contract.ts';
import { FactList } from '../../components/fact-list.tsx';
import { RawText } from '../../components/raw-text.tsx';
import { Duration } from '../../components/values.tsx';
import { formatInstant } from '../../format.ts';
import { useLanguage } from '../../language.ts';

function show(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

export function CallLegs({ call }: { readonly call: CallDetail }) {
  const { t } = useTranslation('calls');
  const language = useLanguage();
  return (
    <section>
      <Title order={3} mb={6}>
        {t('details.raw')}
      </Title>
      {call.legs.length > 1 && (
        <table className="tb-table tb-legs">
          <caption className="tb-caption">{t('details.legs', { count: call.legs.length })}</caption>
          <thead>
            <tr>
              <th>{t('column.extension')}</th>
              <th data-end>{t('column.duration')}</th>
              <th>{t('fact.condition')}</th>
              <th>{t('details.received')}</th>
            </tr>
          </thead>
          <tbody>
            {call.legs.map((leg) => (
              <tr key={leg.sourceOffset}>
                <td>{leg.extension ?? '–'}</td>
                <td data-end>{leg.durationSeconds === null ? '–' : <Duration seconds={leg.durationSeconds} />}</td>
                <td>{leg.conditionCode ?? '–'}</td>
                <td className="tb-num">{formatInstant(leg.receivedAtMs, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Tabs defaultValue="text" variant="default">
        <Tabs.List mb="xs">
          <Tabs.Tab value="text">{t('details.text')}</Tabs.Tab>
          <Tabs.Tab value="hex">{t('details.hex')}</Tabs.Tab>
          <Tabs.Tab value="record">{t('details.record')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="text">
          {call.legs.map((leg) => (
            <pre key={leg.sourceOffset} className="tb-raw">
              <RawText text={leg.rawText} />
            </pre>
          ))}
        </Tabs.Panel>
        <Tabs.Panel value="hex">
          {call.legs.map((leg) => (
            <pre key={leg.sourceOffset} className="tb-raw tb-mono tb-hex">
              {leg.rawHex}
            </pre>
          ))}
        </Tabs.Panel>
        <Tabs.Panel value="record">
          <FactList facts={Object.entries(call.record).map(([label, value]) => ({ label, value: show(value) }))} />
        </Tabs.Panel>
      </Tabs>
      {call.legs.map((leg) => (
        <Text key={leg.sourceOffset} size="xs" c="dimmed" mt={4}>
          {t('details.place', {
            offset: leg.sourceOffset,
            length: leg.byteLength,
            at: formatInstant(leg.receivedAtMs, language),
          })}
        </Text>
      ))}
    </section>
  );
}
