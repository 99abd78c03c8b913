/** How far something may call: a highest band, and the kinds of numbers that are never included unless named. */
import { Checkbox, Group, Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { EXTRA_BANDS, REACH_BANDS, type Reach } from '../../../core/model/code-policy.ts';

type EditedReach = { upTo: Reach['upTo']; also: Reach['also'][number][] };

interface ReachFieldsProps {
  readonly label: string;
  readonly value: Reach;
  readonly onChange: (reach: EditedReach) => void;
}

const NOTHING = 'nothing';

export function ReachFields({ label, value, onChange }: ReachFieldsProps) {
  const { t } = useTranslation('policy');
  const also = EXTRA_BANDS.filter((band) => value.also.includes(band));
  return (
    <Group gap="sm" align="flex-end">
      <Select
        label={label}
        w={200}
        allowDeselect={false}
        data={[
          { value: NOTHING, label: t('reach.nothing') },
          ...REACH_BANDS.filter((band) => band !== 'internal').map((band) => ({
            value: band,
            label: t(`reach.upTo.${band}`),
          })),
        ]}
        value={value.upTo === null || value.upTo === 'internal' ? NOTHING : value.upTo}
        onChange={(chosen) => onChange({ upTo: REACH_BANDS.find((band) => band === chosen) ?? null, also })}
      />
      <Group gap="sm" pb={8} component="fieldset" className="tb-fieldset">
        <Text size="sm" c="dimmed" component="legend" className="tb-inline-legend">
          {t('reach.also')}
        </Text>
        {EXTRA_BANDS.map((band) => (
          <Checkbox
            key={band}
            label={t(`reach.extra.${band}`)}
            checked={also.includes(band)}
            onChange={(event) =>
              onChange({
                upTo: value.upTo,
                also: EXTRA_BANDS.filter((one) => (one === band ? event.currentTarget.checked : also.includes(one))),
              })
            }
          />
        ))}
      </Group>
    </Group>
  );
}
