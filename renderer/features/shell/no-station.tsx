import { useTranslation } from 'react-i18next';
import { useLink, useStation } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { ScreenState } from '../../ui/screen-state.tsx';
import styles from './no-station.module.css';

/** The whole page while nothing is known of the station yet. */
export const NoStation = () => {
  const { t } = useTranslation();
  const link = useLink((state) => state.link);
  const tryNow = useLink((state) => state.tryNow);
  const load = useStation((state) => state.load);
  return (
    <main className={styles.page}>
      {link.kind === 'noKey' && (
        <ScreenState mark="down" title={t('link.noKey.title')}>
          {t('link.noKey.text')}
        </ScreenState>
      )}
      {link.kind === 'connecting' && <ScreenState mark="moving" title={t('link.connecting')} />}
      {link.kind === 'lost' && (
        <ScreenState mark="down" title={t(`link.${link.cause}.title`)}>
          <p>{t(`link.${link.cause}.text`)}</p>
          <ActionButton size="main" weight="strong" onClick={tryNow} className={styles.again}>
            {t('link.tryNow')}
          </ActionButton>
        </ScreenState>
      )}
      {link.kind === 'connected' && load.kind === 'failed' && (
        <ScreenState mark="attention" title={t('screen.failed')}>
          <p>{load.message}</p>
          <ActionButton size="main" onClick={() => window.location.reload()} className={styles.again}>
            {t('screen.reload')}
          </ActionButton>
        </ScreenState>
      )}
      {link.kind === 'connected' && load.kind !== 'failed' && <ScreenState mark="moving" title={t('screen.loading')} />}
    </main>
  );
};
