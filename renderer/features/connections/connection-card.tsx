import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionView, PlatformView } from '../../../main/contract/connections.ts';
import { useConnections } from '../../app-context.ts';
import type { ConnectionTest } from '../../stores/connections-store.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import styles from '../../ui/cards.module.css';
import { CheckSteps } from '../../ui/check-steps.tsx';
import { Ago } from '../../ui/countdown.tsx';
import { Line } from '../../ui/line.tsx';
import { channelMark, connectionMark, isUntried } from '../../ui/marks.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useAction } from '../../ui/use-action.ts';
import { ChannelLine } from './channel-line.tsx';
import { ConnectionDialog } from './connection-dialog.tsx';
import { ConnectionFacts } from './connection-facts.tsx';
import { RemoveDialog } from './remove-dialog.tsx';

interface ConnectionCardProps {
  readonly connection: ConnectionView;
  readonly platform: PlatformView | null;
}

/** One connection: its state in words, its channels, what it needs, and what can be done. */
export const ConnectionCard = ({ connection, platform }: ConnectionCardProps) => {
  const { t } = useTranslation();
  const test = useConnections((state) => state.test);
  const pause = useConnections((state) => state.pause);
  const resume = useConnections((state) => state.resume);
  const testing = useAction();
  const switching = useAction();
  const [result, setResult] = useState<ConnectionTest | null>(null);
  const [dialog, setDialog] = useState<'edit' | 'remove' | null>(null);
  const stopped = connection.state === 'paused' || connection.state === 'alarm';
  return (
    <section className={styles.card} aria-label={connection.name}>
      <div className={styles.cardHead}>
        <h2 className={styles.cardTitle}>{connection.name}</h2>
        <span className={styles.dim}>{platform?.name ?? connection.platform}</span>
        <StatusMark mark={connectionMark(connection)} strong={connection.state !== 'open'}>
          {t(isUntried(connection) ? 'connection.untried' : `connection.${connection.state}`)}
        </StatusMark>
        <span>
          {t('connection.reached')} <Ago moment={connection.lastReachedAt} />
        </span>
        <span className={styles.space} />
        {connection.fromConfig && <span className={styles.dim}>{t('config.declared')}</span>}
      </div>
      {connection.problem !== null && (
        <p className={styles.problem}>
          <StatusMark mark={channelMark(connection.state)} strong>
            <Line text={connection.problem} />
          </StatusMark>
        </p>
      )}
      <ul className={styles.lines} aria-label={t('connection.channels')}>
        {connection.channels.map((channel) => (
          <ChannelLine key={channel.name} channel={channel} />
        ))}
      </ul>
      <ConnectionFacts connection={connection} platform={platform} />
      {result !== null && <CheckSteps steps={result.steps} label={t('connection.testResult')} />}
      <div className={styles.actions}>
        <ActionButton
          busy={testing.busy}
          onClick={() =>
            void testing.run(async () => {
              setResult(null);
              const outcome = await test(connection.id);
              if (outcome.kind === 'done') setResult(outcome.value);
              return outcome;
            })
          }
        >
          {t(testing.busy ? 'connection.testing' : 'connection.test')}
        </ActionButton>
        {stopped ? (
          <ActionButton
            weight="strong"
            busy={switching.busy}
            onClick={() => void switching.run(() => resume(connection.id))}
          >
            {t('connection.resume')}
          </ActionButton>
        ) : (
          <ActionButton busy={switching.busy} onClick={() => void switching.run(() => pause(connection.id))}>
            {t('connection.pause')}
          </ActionButton>
        )}
        {!connection.fromConfig && platform !== null && (
          <ActionButton onClick={() => setDialog('edit')}>{t('connectionForm.editShort')}</ActionButton>
        )}
        {!connection.fromConfig && (
          <ActionButton onClick={() => setDialog('remove')}>{t('connectionForm.removeShort')}</ActionButton>
        )}
      </div>
      {dialog === 'edit' && platform !== null && (
        <ConnectionDialog platform={platform} connection={connection} onClose={() => setDialog(null)} />
      )}
      {dialog === 'remove' && <RemoveDialog connection={connection} onClose={() => setDialog(null)} />}
    </section>
  );
};
