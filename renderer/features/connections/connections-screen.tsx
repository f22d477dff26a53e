import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlatformView } from '../../../main/contract/connections.ts';
import { useConnections } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import styles from '../../ui/cards.module.css';
import { LoadNotice } from '../../ui/load-notice.tsx';
import { ScreenState } from '../../ui/screen-state.tsx';
import { ConnectionCard } from './connection-card.tsx';
import { ConnectionDialog } from './connection-dialog.tsx';

/** The accounts at the platforms: whether they can be reached, since when, and what they wait for. */
export const ConnectionsScreen = () => {
  const { t } = useTranslation();
  const load = useConnections((state) => state.load);
  const connections = useConnections((state) => state.connections);
  const platforms = useConnections((state) => state.platforms);
  const [adding, setAdding] = useState<PlatformView | null>(null);
  return (
    <section className={styles.screen} aria-label={t('nav.connections')}>
      <div className={styles.inner}>
        <div className={styles.head}>
          <h1 className={styles.title}>{t('nav.connections')}</h1>
          <div className={styles.actions}>
            {platforms.map((platform) => (
              <ActionButton key={platform.id} size="main" onClick={() => setAdding(platform)}>
                {t('connectionForm.add', { platform: platform.name })}
              </ActionButton>
            ))}
          </div>
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
      {adding !== null && <ConnectionDialog platform={adding} connection={null} onClose={() => setAdding(null)} />}
    </section>
  );
};
