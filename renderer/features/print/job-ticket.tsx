import { useTranslation } from 'react-i18next';
import type { ItemView, OrderView } from '../../../main/contract/orders.ts';
import { useWords } from '../../ui/use-words.ts';
import { itemName } from '../order/item-name.ts';
import { BarCode } from './bar-code.tsx';
import { itemCode } from './item-code.ts';
import styles from './job-ticket.module.css';
import sheet from './sheet.module.css';
import { TicketFile } from './ticket-file.tsx';
import { useDateWords } from './use-date-words.ts';

interface JobTicketProps {
  readonly order: OrderView;
  readonly item: ItemView;
  /** How many items the order has. */
  readonly itemCount: number;
  /** Of the connection, as the shop calls it. */
  readonly connectionName: string;
  /** Milliseconds since 1970. */
  readonly printedAt: number;
}

/** More do not fit beside the pictures. */
const mostOptions = 8;
const mostFiles = 3;

const Due = ({ shipBy }: { readonly shipBy: string | null }) => {
  const { t } = useTranslation();
  const dates = useDateWords();
  return (
    <div className={styles.due}>
      <span className={styles.small}>{t('ticket.due')}</span>
      {shipBy === null ? (
        <strong className={styles.dueTime}>{t('ticket.noDue')}</strong>
      ) : (
        <>
          <strong className={styles.dueTime}>{dates.time(shipBy)}</strong>
          <span>{dates.day(shipBy)}</span>
        </>
      )}
    </div>
  );
};

/** What whoever makes it has to know before anything else; of the notes the newest first. */
const Warnings = ({ order, item }: Pick<JobTicketProps, 'order' | 'item'>) => {
  const { t } = useTranslation();
  const { reorder, held } = item;
  return (
    <>
      {reorder !== null && (
        <p className={styles.warning}>
          <span className={styles.few}>
            <strong>{t(`reorderCause.${reorder.cause}`, { defaultValue: reorder.cause })}.</strong>{' '}
            {t('ticket.original', { order: reorder.originalOrder, item: reorder.originalItem })}
            {reorder.description !== '' && ` “${reorder.description}”`}
          </span>
        </p>
      )}
      {held !== null && (
        <p className={styles.warning}>
          <span className={styles.few}>{t('ticket.held', { note: held.note })}</span>
        </p>
      )}
      {order.notes.length > 0 && (
        <ul className={styles.notes} aria-label={t('ticket.notes')}>
          {order.notes.toReversed().map((note) => (
            <li key={note.id}>
              {note.text} ({note.by})
            </li>
          ))}
        </ul>
      )}
    </>
  );
};

const Options = ({ options }: Pick<ItemView, 'options'>) => {
  const { t } = useTranslation();
  const more = options.length - mostOptions;
  return (
    <ul className={styles.options} aria-label={t('ticket.options')}>
      {options.slice(0, mostOptions).map((option) => (
        <li key={`${option.type} ${option.code}`}>
          {option.description || option.code}
          {option.count !== '' && option.count !== '1' && ` × ${option.count}`}
        </li>
      ))}
      {more > 0 && <li>{t('ticket.moreOptions', { count: more })}</li>}
    </ul>
  );
};

/** The sheet that goes with an item through the shop. */
export const JobTicket = ({ order, item, itemCount, connectionName, printedAt }: JobTicketProps) => {
  const { t } = useTranslation();
  const words = useWords();
  const dates = useDateWords();
  const code = itemCode(item.id);
  const name = itemName(item);
  return (
    <section className={sheet.sheet} aria-label={t('ticket.label', { number: item.number })}>
      <header className={styles.head}>
        <div>
          <p className={styles.small}>{t('ticket.heading')}</p>
          <h1 className={styles.order}>{order.externalId}</h1>
          <p className={styles.who}>
            {[order.customer, order.reference, connectionName].filter((text) => text !== '').join(' · ')}
          </p>
        </div>
        <Due shipBy={order.shipBy} />
      </header>
      <div className={styles.item}>
        <div className={styles.what}>
          <p className={styles.small}>{t('ticket.item', { number: item.number, count: itemCount })}</p>
          <h2 className={styles.title}>{name}</h2>
          <p className={styles.product}>{item.description}</p>
          {name !== item.product && <p className={styles.small}>{item.product}</p>}
        </div>
        <div className={styles.copies}>
          <strong className={styles.count}>× {words.count(item.copies)}</strong>
          <span>{t('ticket.copies', { count: item.copies })}</span>
          {item.pages !== null && <span>{t('item.pages', { count: item.pages })}</span>}
        </div>
      </div>
      <Warnings order={order} item={item} />
      {item.options.length > 0 && <Options options={item.options} />}
      <ul className={styles.files} aria-label={t('item.files')}>
        {item.files.slice(0, mostFiles).map((file) => (
          <TicketFile key={file.id} file={file} />
        ))}
      </ul>
      <footer className={styles.foot}>
        <BarCode className={styles.code} text={code} label={t('ticket.code', { code })} />
        <div className={styles.codeWords}>
          <strong className={styles.codeText}>{code}</strong>
          <span>
            {order.connection}:{item.externalId}
          </span>
          <span>{t('ticket.printed', { time: dates.moment(printedAt) })}</span>
        </div>
      </footer>
    </section>
  );
};
