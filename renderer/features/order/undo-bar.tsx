import { useTranslation } from 'react-i18next';
import type { OrderView } from '../../../main/contract/orders.ts';
import { useOutbox } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { MarkShape } from '../../ui/status-mark.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';
import { undoable } from './item-steps.ts';
import styles from './undo-bar.module.css';

/** What was told and has not left yet, with the seconds that are left to take it back. */
export const UndoBar = ({ order }: { readonly order: OrderView }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const undo = useOutbox((state) => state.undo);
  const { busy, run } = useAction();
  const signals = undoable(
    order.items.flatMap((item) => item.signals),
    now,
  );
  const soonest = Math.min(...signals.map((signal) => Date.parse(signal.undoUntil ?? signal.createdAt)));
  if (signals.length === 0) return null;
  const names = [...new Set(signals.map((signal) => t(`signal.${signal.kind}`)))].join(', ');
  return (
    <section className={styles.bar} aria-label={t('undo.label')}>
      <MarkShape mark="waiting" size={28} />
      <span className={styles.text}>
        {t('undo.leaves', { names, count: signals.length, time: words.duration(soonest - now) })}
      </span>
      <ActionButton
        size="main"
        busy={busy}
        onClick={() => void run(() => undo(signals.map((signal) => signal.id)), t('undo.done'))}
      >
        {t('undo.button')}
      </ActionButton>
    </section>
  );
};
