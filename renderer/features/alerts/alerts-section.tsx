import { IconPlayerPlay } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useAlerts } from '../../app-context.ts';
import { soundKinds } from '../../client/sound-scores.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import styles from '../../ui/cards.module.css';
import { SwitchButton } from '../../ui/switch-button.tsx';
import sectionStyles from './alerts-section.module.css';

const volumeStepPercent = 5;

const Volume = () => {
  const { t } = useTranslation();
  const settings = useAlerts((state) => state.settings);
  const save = useAlerts((state) => state.save);
  const id = useId();
  return (
    <div className={sectionStyles.volume}>
      <label htmlFor={id}>{t('alerts.volume')}</label>
      <input
        id={id}
        className={sectionStyles.slider}
        type="range"
        min={0}
        max={100}
        step={volumeStepPercent}
        value={settings.volumePercent}
        aria-valuetext={t('alerts.percent', { percent: settings.volumePercent })}
        onChange={(event) => save({ ...settings, volumePercent: event.currentTarget.valueAsNumber })}
      />
      <output htmlFor={id} className={sectionStyles.percent}>
        {t('alerts.percent', { percent: settings.volumePercent })}
      </output>
      <SwitchButton checked={settings.muted} onChange={(muted) => save({ ...settings, muted })}>
        {t('alerts.mute')}
      </SwitchButton>
    </div>
  );
};

const Notifications = () => {
  const { t } = useTranslation();
  const settings = useAlerts((state) => state.settings);
  const save = useAlerts((state) => state.save);
  const permission = useAlerts((state) => state.permission);
  const ask = useAlerts((state) => state.askPermission);
  return (
    <>
      <div className={styles.actions}>
        <SwitchButton
          checked={settings.notifications}
          onChange={(notifications) => save({ ...settings, notifications })}
        >
          {t('alerts.notifications')}
        </SwitchButton>
        {permission === 'ask' && settings.notifications && (
          <ActionButton onClick={() => void ask()}>{t('alerts.allow')}</ActionButton>
        )}
      </div>
      <p className={styles.dim}>{t(`alerts.permission_${permission}`)}</p>
    </>
  );
};

/** How this workstation draws attention: the loudness of its sounds, each to be tried, and notifications of the system. */
export const AlertsSection = () => {
  const { t } = useTranslation();
  const tryOut = useAlerts((state) => state.tryOut);
  return (
    <section className={styles.card} aria-label={t('alerts.title')}>
      <h2 className={styles.cardTitle}>{t('alerts.title')}</h2>
      <Volume />
      <fieldset className={styles.group}>
        <legend className={styles.legend}>{t('alerts.tryOut')}</legend>
        <div className={styles.actions}>
          {soundKinds.map((kind) => (
            <ActionButton
              key={kind}
              size="main"
              icon={<IconPlayerPlay size={22} aria-hidden />}
              onClick={() => tryOut(kind)}
            >
              {t(`alerts.sound_${kind}`)}
            </ActionButton>
          ))}
        </div>
      </fieldset>
      <Notifications />
      <p className={styles.dim}>{t('alerts.help')}</p>
    </section>
  );
};
