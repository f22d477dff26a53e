import { NumberInput, TextInput } from '@mantine/core';
import { IconBarcode, IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useScanner } from '../../app-context.ts';
import { hrefOf } from '../../client/route.ts';
import { keyGapLimitsMs, longestPrefix } from '../../stores/scanner-settings.ts';
import buttonStyles from '../../ui/action-button.module.css';
import styles from '../../ui/cards.module.css';

/** How the scanner of this workstation types, and the ways to try it out and to print its commands. */
export const ScannerSection = () => {
  const { t } = useTranslation();
  const settings = useScanner((state) => state.settings);
  const save = useScanner((state) => state.saveSettings);
  return (
    <section className={styles.card} aria-label={t('scanner.section')}>
      <h2 className={styles.cardTitle}>{t('scanner.section')}</h2>
      <p className={styles.dim}>{t('scanner.sectionHelp')}</p>
      <div className={styles.pair}>
        <TextInput
          label={t('scanner.prefix')}
          description={t('scanner.prefixHelp')}
          maxLength={longestPrefix}
          value={settings.prefix}
          onChange={(event) => save({ ...settings, prefix: event.currentTarget.value })}
        />
        <NumberInput
          label={t('scanner.keyGap')}
          description={t('scanner.keyGapHelp')}
          min={keyGapLimitsMs.min}
          max={keyGapLimitsMs.max}
          clampBehavior="strict"
          allowDecimal={false}
          value={settings.keyGapMs}
          onChange={(value) => {
            if (typeof value === 'number' && value >= keyGapLimitsMs.min) save({ ...settings, keyGapMs: value });
          }}
        />
      </div>
      <nav className={styles.actions} aria-label={t('scanner.section')}>
        <a className={buttonStyles.button} href={hrefOf('scannerTest')}>
          <IconBarcode size={22} aria-hidden />
          <span className={buttonStyles.label}>{t('scanner.test')}</span>
        </a>
        <a className={buttonStyles.button} href={hrefOf('commandSheet')}>
          <IconPrinter size={22} aria-hidden />
          <span className={buttonStyles.label}>{t('scanner.sheet')}</span>
        </a>
      </nav>
    </section>
  );
};
