import { useTranslation } from 'react-i18next';
import type { ChannelView } from '../../../main/contract/connections.ts';
import styles from '../../ui/cards.module.css';
import { Ago } from '../../ui/countdown.tsx';
import { Line } from '../../ui/line.tsx';
import { channelMark } from '../../ui/marks.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';
import channelStyles from './connection-card.module.css';

/** One way to a platform: whether it is open, when it was last reached, and what waits for it. */
export const ChannelLine = ({ channel }: { readonly channel: ChannelView }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const leftMs = channel.nextTryAt === null ? null : Date.parse(channel.nextTryAt) - now;
  return (
    <li className={channelStyles.channel}>
      <StatusMark mark={channelMark(channel.state)} size={20} strong={channel.state !== 'open'}>
        {t(`channel.${channel.state}`, { name: channel.name })}
      </StatusMark>
      <span className={styles.dim}>
        {t('connection.reached')} <Ago moment={channel.lastReachedAt} />
        {channel.state !== 'open' && ` · ${t('connection.since', { time: words.moment(channel.since, now) })}`}
        {channel.state === 'waiting' &&
          leftMs !== null &&
          ` · ${leftMs > 0 ? t('channel.nextTry', { time: words.duration(leftMs) }) : t('channel.tryingNow')}`}
        {channel.waitingCount > 0 && ` · ${t('connection.waitingCount', { count: channel.waitingCount })}`}
      </span>
      {channel.problem !== null && (
        <span className={channelStyles.problem}>
          <Line text={channel.problem} />
        </span>
      )}
    </li>
  );
};
