import { useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../ui/action-button.tsx';
import styles from './color-scheme-button.module.css';

const next = { auto: 'light', light: 'dark', dark: 'auto' } as const;
const icons = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon } as const;

/** Goes round: as the system, light, dark. */
export const ColorSchemeButton = () => {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = icons[colorScheme];
  return (
    <ActionButton
      className={styles.button ?? ''}
      weight="quiet"
      icon={<Icon size={24} aria-hidden />}
      aria-label={t(`scheme.${colorScheme}`)}
      title={t(`scheme.${colorScheme}`)}
      onClick={() => setColorScheme(next[colorScheme])}
    />
  );
};
