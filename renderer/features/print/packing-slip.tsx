import { useTranslation } from 'react-i18next';
import type { OrderView } from '../../../main/contract/orders.ts';
import { useWords } from '../../ui/use-words.ts';
import { itemName } from '../order/item-name.ts';
import styles from './packing-slip.module.css';
import { printedItems } from './printed-items.ts';
import type { Sender } from './sender.ts';
import sheet from './sheet.module.css';

const addressLines = ({ delivery }: OrderView): readonly string[] =>
  delivery === null
    ? []
    : [delivery.company, delivery.name, ...delivery.lines, delivery.country].filter((line) => line !== '');

/** What lies in the parcel, from whom and to whom. It names nobody else: neither the shop nor the platform. */
export const PackingSlip = ({ order, sender }: { readonly order: OrderView; readonly sender: Sender }) => {
  const { t } = useTranslation();
  const words = useWords();
  const address = addressLines(order);
  const items = printedItems(order);
  const copies = items.reduce((sum, item) => sum + item.copies, 0);
  return (
    <section className={sheet.sheet} data-long aria-label={t('slip.heading')}>
      <header className={styles.head}>
        <p className={styles.sender}>{sender.kind === 'missing' ? '' : sender.name}</p>
        <h1 className={styles.heading}>{t('slip.heading')}</h1>
      </header>
      <div className={styles.facts}>
        <div>
          <h2 className={styles.label}>{t('slip.to')}</h2>
          <address className={styles.address}>
            {address.length === 0
              ? t('slip.noAddress')
              : address.map((line, index) => (
                  // Lines of an address may be equal, and never move.
                  // biome-ignore lint/suspicious/noArrayIndexKey: the place is what tells them apart
                  <span key={index} className={styles.line}>
                    {line}
                  </span>
                ))}
          </address>
        </div>
        <dl className={styles.numbers}>
          <dt>{t('slip.order')}</dt>
          <dd>{order.externalId}</dd>
          {order.reference !== '' && (
            <>
              <dt>{t('slip.reference')}</dt>
              <dd>{order.reference}</dd>
            </>
          )}
        </dl>
      </div>
      <table className={styles.items}>
        <thead>
          <tr>
            <th scope="col">{t('slip.item')}</th>
            <th scope="col" className={styles.copies}>
              {t('slip.copies')}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <td>
                <strong>{itemName(item)}</strong>
                {item.description !== '' && <span className={styles.line}>{item.description}</span>}
              </td>
              <td className={styles.copies}>{words.count(item.copies)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td>{t('slip.items', { count: items.length })}</td>
            <td className={styles.copies}>{words.count(copies)}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
};
