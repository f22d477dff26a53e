import { IconFileDescription, IconTicket } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OrderView } from '../../../main/contract/orders.ts';
import { printHref } from '../../client/route.ts';
import buttonStyles from '../../ui/action-button.module.css';
import styles from './print-links.module.css';

/** The way to an order's sheets of paper. */
export const PrintLinks = ({ order }: { readonly order: Pick<OrderView, 'id'> }) => {
  const { t } = useTranslation();
  return (
    <nav className={styles.links} aria-label={t('print.label')}>
      <a className={buttonStyles.button} href={printHref('ticket', order.id)}>
        <IconTicket size={22} aria-hidden />
        <span className={buttonStyles.label}>{t('print.tickets')}</span>
      </a>
      <a className={buttonStyles.button} href={printHref('slip', order.id)}>
        <IconFileDescription size={22} aria-hidden />
        <span className={buttonStyles.label}>{t('print.slip')}</span>
      </a>
    </nav>
  );
};
