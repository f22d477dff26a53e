import { IconBarcode, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useScanner } from '../../app-context.ts';
import { orderHref } from '../../client/route.ts';
import type { ScanKind } from '../../stores/scan-answer.ts';
import type { ScannedItem } from '../../stores/scanner-store.ts';
import buttonStyles from '../../ui/action-button.module.css';
import { ActionButton } from '../../ui/action-button.tsx';
import { type Mark, stageMark } from '../../ui/marks.ts';
import { MarkShape, StatusMark } from '../../ui/status-mark.tsx';
import { useWords } from '../../ui/use-words.ts';
import { itemName } from '../order/item-name.ts';
import styles from './scan-panel.module.css';
import { TrackingQuestion } from './tracking-question.tsx';
import { useScanWords } from './use-scan-words.ts';

const kindMarks: Readonly<Record<ScanKind, Mark>> = { good: 'done', wrong: 'stopped', attention: 'attention' };

const Answer = () => {
  const { t } = useTranslation();
  const wordsOf = useScanWords();
  const lastScan = useScanner((state) => state.lastScan);
  const waiting = useScanner((state) => state.waiting);
  return (
    <div className={styles.answer} data-kind={lastScan?.kind}>
      {lastScan !== null && <MarkShape mark={kindMarks[lastScan.kind]} size={30} />}
      {/* The same answer once more is read out once more. */}
      <p className={styles.words} role="status">
        {lastScan !== null && <span key={lastScan.sequence}>{wordsOf(lastScan.answer)}</span>}
        {waiting > 0 && <span className={styles.waiting}>{t('scanner.waiting', { count: waiting })}</span>}
      </p>
    </div>
  );
};

const Current = ({ current: { item, order } }: { readonly current: ScannedItem }) => {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <div className={styles.current}>
      <IconBarcode size={28} aria-hidden />
      <div className={styles.what}>
        <p className={styles.title}>{t('scanner.item', { number: item.number, title: itemName(item) })}</p>
        <p className={styles.dim}>
          {t('order.title', { id: order.externalId })}
          {itemName(item) !== item.product && ` · ${item.product}`}
        </p>
      </div>
      <strong className={styles.copies}>× {words.count(item.copies)}</strong>
      <StatusMark mark={item.held === null ? stageMark(item.stage) : 'held'} strong>
        {item.held === null ? t(`stage.${item.stage}`) : t('scanner.held')}
      </StatusMark>
      <a className={buttonStyles.button} href={orderHref(order.id)}>
        <span className={buttonStyles.label}>{t('scanner.show')}</span>
      </a>
    </div>
  );
};

/** What was scanned last, what came of it, and the item that commands act on; from the first scan on, on every screen. */
export const ScanPanel = () => {
  const { t } = useTranslation();
  const current = useScanner((state) => state.current);
  const isShown = useScanner((state) => state.isShown);
  const asksTracking = useScanner((state) => state.asksTracking);
  const hide = useScanner((state) => state.hide);
  if (!isShown) return null;
  return (
    <section className={styles.panel} aria-label={t('scanner.panel')}>
      <div className={styles.line}>
        <Answer />
        {current !== null && <Current current={current} />}
        <ActionButton
          weight="quiet"
          aria-label={t(current === null ? 'scanner.hide' : 'scanner.letGo')}
          title={t(current === null ? 'scanner.hide' : 'scanner.letGo')}
          icon={<IconX size={24} aria-hidden />}
          onClick={hide}
        />
      </div>
      {asksTracking && current !== null && <TrackingQuestion key={current.item.id} />}
    </section>
  );
};
