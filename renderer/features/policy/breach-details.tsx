import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Breach } from '../../../core/api/contract.ts';
import { Code, Duration, LocalTime, OtherParty } from '../../components/values.tsx';

/** The newest calls of a broken rule, and what the PBX technician is to be asked for. */
export function BreachDetails({ breach }: { readonly breach: Breach }) {
  const { t } = useTranslation(['policy', 'app']);
  const { examples, family, request } = breach;
  return (
    <Stack gap="sm" py="xs" pl={28}>
      <div>
        <Text size="sm" fw={600}>
          {t('breaches.examples')}
        </Text>
        <ul className="tb-plain-list">
          {examples.map((call) => (
            <li key={call.id}>
              <Link className="tb-link" to={`/calls?call=${call.id}`}>
                <LocalTime value={call.startLocal} />
              </Link>{' '}
              · <OtherParty call={call} /> · {call.destination ?? t(`app:band.${call.band}`)} ·{' '}
              {call.talkSeconds === 0 ? t('breaches.attempts') : <Duration seconds={call.talkSeconds} />}
              {call.code !== null && (
                <>
                  {' '}
                  · <Code value={call.code} />
                </>
              )}
              {call.personName !== null && ` · ${call.personName}`}
            </li>
          ))}
        </ul>
      </div>
      <div>
        <Text size="sm" fw={600}>
          {t('breaches.ask')} · {t(`family.${family}`)}
        </Text>
        <Text size="sm" maw={820}>
          {t(`ask.${family}.${request}`)}
        </Text>
      </div>
    </Stack>
  );
}
