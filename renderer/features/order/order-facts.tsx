import { useTranslation } from 'react-i18next';
import type { OrderView } from '../../../main/contract/orders.ts';
import { useNow } from '../../ui/use-now.ts';
import { takesSignals, usePlatform } from '../../ui/use-platform.ts';
import { useWords } from '../../ui/use-words.ts';
import styles from './side.module.css';

/** Where it goes, under whose name, and what the platform sent that this version does not know. */
export const OrderFacts = ({ order }: { readonly order: OrderView }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const platform = usePlatform(order.platform);
  // A platform that is told of each shipment prescribes the label; elsewhere the shop sends under its own name.
  const isLabelled = order.lane === 'own' && platform !== undefined && takesSignals(platform);
  const { delivery } = order;
  const isEmpty =
    !isLabelled &&
    order.consignor === '' &&
    order.shippingMethod === '' &&
    delivery === null &&
    order.revisions.length === 0 &&
    order.unknownFields.length === 0;
  if (isEmpty) return null;
  return (
    <section className={styles.panel} aria-label={t('facts.title')}>
      <h2 className={styles.title}>{t('facts.title')}</h2>
      <dl className={styles.facts}>
        {(order.consignor !== '' || isLabelled) && (
          <>
            <dt>{t('facts.consignor')}</dt>
            <dd>{order.consignor || t('facts.noConsignor')}</dd>
          </>
        )}
        {order.shippingMethod !== '' && (
          <>
            <dt>{t('facts.method')}</dt>
            <dd>{order.shippingMethod}</dd>
          </>
        )}
        {delivery !== null && (
          <>
            <dt>{t('facts.delivery')}</dt>
            <dd>
              {[delivery.company, delivery.name, ...delivery.lines, delivery.country]
                .filter((line) => line !== '')
                .map((line) => (
                  <span key={line} className={styles.line}>
                    {line}
                  </span>
                ))}
            </dd>
          </>
        )}
        {order.revisions.length > 0 && (
          <>
            <dt>{t('facts.revisions')}</dt>
            <dd>
              {order.revisions.map((revision) => (
                <span key={revision.id} className={styles.line}>
                  {words.moment(revision.receivedAt, now)}: {revision.summary}
                </span>
              ))}
            </dd>
          </>
        )}
        {order.unknownFields.map((field) => (
          <div key={field.path} className={styles.unknown}>
            <dt>{t('facts.unknown', { path: field.path })}</dt>
            <dd>{field.value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
};
