import { useTranslation } from 'react-i18next';
import type { ConnectionView, PlatformView } from '../../../main/contract/connections.ts';
import { CopyField } from '../../ui/copy-field.tsx';
import { useNameWords } from '../../ui/use-name-words.ts';
import styles from './connection-card.module.css';

interface IntakeAddressesProps {
  readonly connection: ConnectionView;
  readonly platform: PlatformView | null;
}

/** What is to be entered at the platform, or in the shop's own backend, so that it reaches this station. */
export const IntakeAddresses = ({ connection, platform }: IntakeAddressesProps) => {
  const { t } = useTranslation();
  const words = useNameWords();
  const { intakeUrl, inbound } = connection;
  const takesShopOrders = platform?.takesShopOrders === true;
  // A platform that takes the shop's orders has nothing to post by itself, unless the catalogue says what.
  const own = words('intakeAddress', connection.platform) ?? (takesShopOrders ? null : t('connection.intakeUrl'));
  if (inbound === 'unused') return null;
  const addresses = [
    ...(own === null ? [] : [{ label: own, end: '' }]),
    ...(takesShopOrders ? [{ label: t('connection.shopOrders'), end: '/orders' }] : []),
  ];
  return addresses.map(({ label, end }) => (
    <div key={end} className={styles.fact}>
      <dt>{label}</dt>
      <dd>
        {intakeUrl === null ? t('connection.intakeOff') : <CopyField text={`${intakeUrl}${end}`} label={label} />}
      </dd>
    </div>
  ));
};
