import { useTranslation } from 'react-i18next';
import type { ChannelView, ConnectionView } from '../../../main/contract/connections.ts';
import { useConnections, useLink } from '../../app-context.ts';
import { hrefOf } from '../../client/route.ts';
import { Ago } from '../../ui/countdown.tsx';
import { connectionMark, isUntried } from '../../ui/marks.ts';
import { MarkShape } from '../../ui/status-mark.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';
import styles from './channel-strip.module.css';
import { LinkBar } from './link-bar.tsx';

/** `signals wait, next try in 0:40`. */
const ChannelWords = ({ channel }: { readonly channel: ChannelView }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const state = t(`channel.${channel.state}`, { name: channel.name });
  if (channel.state !== 'waiting' || channel.nextTryAt === null) return state;
  const leftMs = Date.parse(channel.nextTryAt) - now;
  return `${state}, ${leftMs > 0 ? t('channel.nextTry', { time: words.duration(leftMs) }) : t('channel.tryingNow')}`;
};

const ConnectionChip = ({ connection }: { readonly connection: ConnectionView }) => {
  const { t } = useTranslation();
  const troubled = connection.channels.filter((channel) => channel.state !== 'open');
  return (
    <li>
      <a className={styles.chip} data-state={connection.state} href={hrefOf('connections')}>
        <MarkShape mark={connectionMark(connection)} size={20} />
        <span className={styles.name}>{connection.name}</span>
        <span className={styles.words}>
          {troubled.length === 0
            ? t(isUntried(connection) ? 'connection.untried' : `connection.${connection.state}`)
            : troubled.map((channel, index) => (
                <span key={channel.name}>
                  {index > 0 && '; '}
                  <ChannelWords channel={channel} />
                </span>
              ))}
        </span>
        <span className={styles.ago}>
          {connection.lastReachedAt === null ? (
            t('connection.neverReached')
          ) : (
            <>
              {t('connection.reached')} <Ago moment={connection.lastReachedAt} />
            </>
          )}
        </span>
      </a>
    </li>
  );
};

/** Every connection's state in words with when it was last reached; in its place, when the station itself is gone, that. */
export const ChannelStrip = () => {
  const { t } = useTranslation();
  const connected = useLink((state) => state.link.kind === 'connected');
  const connections = useConnections((state) => state.connections);
  if (!connected) return <LinkBar />;
  return (
    <section className={styles.strip} aria-label={t('connection.strip')}>
      <ul className={styles.list}>
        {connections.map((connection) => (
          <ConnectionChip key={connection.id} connection={connection} />
        ))}
        {connections.length === 0 && <li className={styles.none}>{t('connection.none')}</li>}
      </ul>
    </section>
  );
};
