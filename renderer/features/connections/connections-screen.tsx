import { useTranslation } from 'react-i18next';
import { useConnections } from '../../app-context.ts';
import styles from '../../ui/cards.module.css';
import { LoadNotice } from '../../ui/load-notice.tsx';
import { ScreenState } from '../../ui/screen-state.tsx';
import { AddConnection } from './add-connection.tsx';
import { ConnectionCard } from './connection-card.tsx';

/** The accounts at the platforms: whether they can be reached, since when, and what they wait for. */
export const ConnectionsScreen = () => {
  const { t } = useTranslation();
  const load = useConnections((state) => state.load);
  const connections = useConnections((state) => state.connections);
  const platforms = useConnections((state) => state.platforms);
  return (
    <section className={styles.screen} aria-label={t('nav.connections')}>
      <div className={styles.inner}>
        <div className={styles.head}>
          <h1 className={styles.title}>{t('nav.connections')}</h1>
          <AddConnection />
        </div>
        <LoadNotice load={load} />
        {load.kind === 'ready' && connections.length === 0 && (
          <ScreenState mark="plain" title={t('connection.none')}>
            {t('connection.noneText')}
          </ScreenState>
        )}
        {connections.map((connection) => (
          <ConnectionCard
            key={connection.id}
            connection={connection}
            platform={platforms.find((platform) => platform.id === connection.platform) ?? null}
          />
        ))}
      </div>
    </section>
  );
};
