import { useTranslation } from 'react-i18next';
import type { ConnectionView, ReconciliationView } from '../../../main/contract/connections.ts';
import { useConnections } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import cardStyles from '../../ui/cards.module.css';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';
import styles from './comparison.module.css';

const Found = ({ found }: { readonly found: ReconciliationView }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const taken = [
    ...(found.missing > 0 ? [t('reconciliation.missing', { count: found.missing })] : []),
    ...(found.ended > 0 ? [t('reconciliation.ended', { count: found.ended })] : []),
  ];
  return (
    <>
      <StatusMark mark={found.there === found.here ? 'done' : 'attention'} size={18} strong>
        {t('reconciliation.there', { there: words.count(found.there), here: words.count(found.here) })}
      </StatusMark>
      <span className={cardStyles.dim}>
        {[...taken, t(`reconciliation.at_${found.reason}`, { time: words.moment(found.at, now) })].join(' · ')}
      </span>
    </>
  );
};

/** "214 there, 214 here": the last comparison of the platform's list with ours, and the next one on request. */
export const Comparison = ({ connection }: { readonly connection: ConnectionView }) => {
  const { t } = useTranslation();
  const reconcile = useConnections((state) => state.reconcile);
  const { busy, run } = useAction();
  return (
    <span className={styles.line}>
      {connection.reconciliation === null ? (
        <span>{t('reconciliation.never')}</span>
      ) : (
        <Found found={connection.reconciliation} />
      )}
      <ActionButton
        busy={busy}
        onClick={() =>
          void run(
            () => reconcile(connection.id),
            ({ connection: after }) =>
              after.reconciliation === null
                ? t('reconciliation.asked')
                : t('reconciliation.done', { there: after.reconciliation.there, here: after.reconciliation.here }),
          )
        }
      >
        {t(busy ? 'reconciliation.comparing' : 'reconciliation.now')}
      </ActionButton>
    </span>
  );
};
