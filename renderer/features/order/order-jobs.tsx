import { useTranslation } from 'react-i18next';
import type { JobView } from '../../../main/contract/job-view.ts';
import type { OrderView } from '../../../main/contract/orders.ts';
import { usePlatformName } from '../../ui/use-platform.ts';
import cardStyles from './item-card.module.css';
import { JobCard } from './job-card.tsx';

/** What the platform believes of an order that it makes itself: order, payment, files, tracking. It comes first. */
export const OutsourcedJobs = ({ order }: { readonly order: OrderView }) => {
  const { t } = useTranslation();
  const platform = usePlatformName(order.platform);
  return (
    <section className={cardStyles.card} aria-label={t('belief.title', { platform })}>
      <h2 className={cardStyles.title}>{t('belief.title', { platform })}</h2>
      <p className={cardStyles.dim}>{t('order.outsourced', { platform })}</p>
      {order.jobs.map((job) => (
        <JobCard key={job.id} job={job} order={order} withBeliefs />
      ))}
    </section>
  );
};

interface OtherJobsProps {
  readonly jobs: readonly JobView[];
  readonly order: OrderView;
}

/** Jobs that stand at no item: replaced ones, and those of which the station does not know yet what they make. */
export const OtherJobs = ({ jobs, order }: OtherJobsProps) => {
  const { t } = useTranslation();
  return (
    <section className={cardStyles.card} aria-label={t('order.otherJobs')}>
      <h2 className={cardStyles.title}>{t('order.otherJobs')}</h2>
      {jobs.map((job) => (
        <JobCard key={job.id} job={job} order={order} />
      ))}
    </section>
  );
};
