import { ActionIcon, type MantineColorScheme, Menu, Tooltip, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isHighContrast, setHighContrast } from '../contrast.ts';
import { useObservable } from '../observable.ts';

const CHOICES = [
  { value: 'auto', icon: IconDeviceDesktop },
  { value: 'light', icon: IconSun },
  { value: 'dark', icon: IconMoon },
] as const satisfies readonly { readonly value: MantineColorScheme; readonly icon: unknown }[];

/** Light or dark, and high contrast with either. */
export function SchemeSwitch() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const isHigh = useObservable(isHighContrast);
  const Present = CHOICES.find((choice) => choice.value === colorScheme)?.icon ?? IconDeviceDesktop;
  return (
    <Menu position="bottom-end" withArrow>
      <Menu.Target>
        <Tooltip label={t('scheme.label')}>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('scheme.label')}>
            <Present size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value) => setColorScheme(CHOICES.find((choice) => choice.value === value)?.value ?? 'auto')}
        >
          {CHOICES.map(({ value }) => (
            <Menu.RadioItem key={value} value={value}>
              {t(`scheme.${value}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.CheckboxItem checked={isHigh} onChange={setHighContrast}>
          {t('scheme.contrast')}
        </Menu.CheckboxItem>
      </Menu.Dropdown>
    </Menu>
  );
}
