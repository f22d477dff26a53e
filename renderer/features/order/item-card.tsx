import { IconBarcode } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { JobView } from '../../../main/contract/job-view.ts';
import type { ItemView, OrderView } from '../../../main/contract/orders.ts';
import { orderHref } from '../../client/route.ts';
import { CheckBox } from '../../ui/check-box.tsx';
import { Line } from '../../ui/line.tsx';
import { type Mark, stageMark } from '../../ui/marks.ts';
import { ReorderBadge } from '../../ui/reorder-badge.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';
import { useScannedItem } from '../scanner/use-scanned-item.ts';
import { CloseButton } from './close-button.tsx';
import { FileList } from './file-list.tsx';
import { HandoverList } from './handover-list.tsx';
import { ItemButtons } from './item-buttons.tsx';
import styles from './item-card.module.css';
import { itemName } from './item-name.ts';
import { JobCard } from './job-card.tsx';
import { MaybeSentQuestion } from './maybe-sent-question.tsx';
import { ReprintList } from './reprint-list.tsx';

const itemMark = (item: ItemView): Mark => {
  if (item.problem !== null) return 'attention';
  return item.held === null ? stageMark(item.stage) : 'held';
};

const Reorder = ({ reorder }: { readonly reorder: NonNullable<ItemView['reorder']> }) => {
  const { t } = useTranslation();
  return (
    <p className={styles.reorder}>
      <ReorderBadge />
      <span>
        {t(`reorderCause.${reorder.cause}`, { defaultValue: reorder.cause })}
        {reorder.description !== '' && ` — “${reorder.description}”`}
      </span>
      {reorder.originalOrderId === null ? (
        <span className={styles.dim}>
          {t('item.originalElsewhere', { order: reorder.originalOrder, item: reorder.originalItem })}
        </span>
      ) : (
        <a className={styles.original} href={orderHref(reorder.originalOrderId)}>
          {t('item.original', { order: reorder.originalOrder, item: reorder.originalItem })}
        </a>
      )}
    </p>
  );
};

const Options = ({ item }: { readonly item: ItemView }) => {
  const { t } = useTranslation();
  if (item.options.length === 0) return null;
  return (
    <ul className={styles.options} aria-label={t('item.options')}>
      {item.options.map((option) => (
        <li key={`${option.type} ${option.code}`} title={`${option.type}: ${option.code}`}>
          {option.description || option.code}
          {option.count !== '' && option.count !== '1' && <span className={styles.dim}> × {option.count}</span>}
        </li>
      ))}
    </ul>
  );
};

/** The job that makes an item; of a job that makes several, at the first of them. */
const ItemJob = ({ item, order, job }: Omit<ItemCardProps, 'choice'>) => {
  const { t } = useTranslation();
  if (job !== undefined) return <JobCard job={job} order={order} />;
  const first = order.items.find((other) => other.jobId === item.jobId);
  if (item.jobId === null || first === undefined || first.id === item.id || order.lane === 'outsourced') return null;
  return <p className={styles.dim}>{t('item.sameJob', { number: first.number })}</p>;
};

interface ItemCardProps {
  readonly item: ItemView;
  readonly order: OrderView;
  /** The job that is shown with this item. */
  readonly job: JobView | undefined;
  /** How it is chosen together with others; null where it is alone, or nothing is left to do with it. */
  readonly choice: { readonly chosen: boolean; readonly choose: (chosen: boolean) => void } | null;
}

/** One item: what to make, its files, where they are, and what can be said about it. */
export const ItemCard = ({ item, order, job, choice }: ItemCardProps) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const { ref, isScanned } = useScannedItem<HTMLElement>(item.id);
  const reachedAt = item.reached[item.stage];
  const questions = item.handovers.filter((handover) => handover.state === 'maybeSent');
  return (
    <section
      ref={ref}
      tabIndex={-1}
      className={styles.card}
      data-scanned={isScanned || undefined}
      data-chosen={choice?.chosen || undefined}
      aria-label={t('item.label', { number: item.number, title: itemName(item) })}
    >
      <div className={styles.head}>
        <span className={styles.choice}>
          {choice !== null && (
            <CheckBox
              label={t('item.choose', { number: item.number })}
              checked={choice.chosen}
              onChange={choice.choose}
            />
          )}
          <span className={styles.number}>{item.number}</span>
        </span>
        <div className={styles.what}>
          {isScanned && (
            <p className={styles.scanned}>
              <IconBarcode size={20} aria-hidden />
              {t('scanner.scannedItem')}
            </p>
          )}
          <h2 className={styles.title}>{itemName(item)}</h2>
          <p className={styles.dim}>
            {[
              item.description,
              item.pages === null ? '' : t('item.pages', { count: item.pages }),
              itemName(item) === item.product ? '' : item.product,
            ]
              .filter((text) => text !== '')
              .join(' · ')}
          </p>
          <Options item={item} />
        </div>
        <span className={styles.copies}>× {words.count(item.copies)}</span>
        <div className={styles.state}>
          <StatusMark mark={itemMark(item)} strong>
            {t(`stage.${item.stage}`)}
          </StatusMark>
          {reachedAt !== undefined && <span className={styles.dim}>{words.moment(reachedAt, now)}</span>}
        </div>
      </div>
      {item.reorder !== null && <Reorder reorder={item.reorder} />}
      <ReprintList reprints={item.reprints} />
      {item.problem !== null && !order.jobs.some((known) => known.problem === item.problem) && (
        <p className={styles.problem}>
          <StatusMark mark="attention" strong>
            <Line text={item.problem} />
          </StatusMark>
        </p>
      )}
      {item.held !== null && (
        <p className={styles.problem}>
          <StatusMark mark="held" strong>
            {t('item.held', { note: item.held.note, time: words.moment(item.held.since, now) })}
          </StatusMark>
        </p>
      )}
      <ItemJob item={item} order={order} job={job} />
      {item.files.length > 0 && <FileList files={item.files} />}
      <HandoverList handovers={item.handovers} />
      {questions.map((handover) => (
        <MaybeSentQuestion key={handover.id} handover={handover} />
      ))}
      {order.lane === 'own' ? <ItemButtons item={item} order={order} /> : <CloseButton item={item} order={order} />}
    </section>
  );
};
