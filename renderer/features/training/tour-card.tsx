import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useTour, useTraining } from '../../app-context.ts';
import { goTo, orderHref, parseRoute, useHash } from '../../client/route.ts';
import { leadOrder, type TourStep, tourSteps, troubledOrder } from '../../stores/tour-steps.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { MarkShape } from '../../ui/status-mark.tsx';
import styles from './tour-card.module.css';

interface StepProps {
  readonly step: TourStep;
  readonly number: number;
}

/** The order that a step speaks of. */
const useOrderOf = (step: TourStep): { readonly id: number; readonly name: string } | null => {
  const order = useTour(({ orders }) => (step === 'problem' ? troubledOrder(orders) : leadOrder(orders)));
  return order === null ? null : { id: order.id, name: order.externalId };
};

const Step = ({ step, number }: StepProps) => {
  const { t } = useTranslation();
  const isDone = useTour(({ done }) => done.has(step));
  const order = useOrderOf(step);
  const route = parseRoute(useHash());
  const isElsewhere = order !== null && (route.kind !== 'order' || route.ref !== order.id);
  const next = useTour((state) => state.next);
  const back = useTour((state) => state.back);
  return (
    <>
      <div className={styles.words}>
        <h2 className={styles.title}>
          <span className={styles.number}>{t('tour.step', { number, count: tourSteps.length })}</span>{' '}
          {t(`tour.${step}.title`)}
        </h2>
        <p>{t(`tour.${step}.text`, { order: order?.name ?? '' })}</p>
      </div>
      <p className={styles.state} role="status">
        {isDone && (
          <>
            <MarkShape mark="done" size={26} />
            {t('tour.done')}
          </>
        )}
      </p>
      <div className={styles.buttons}>
        {number > 1 && (
          <ActionButton weight="quiet" onClick={back}>
            {t('tour.back')}
          </ActionButton>
        )}
        {!isDone && isElsewhere && (
          <ActionButton onClick={() => goTo(orderHref(order.id))}>{t('tour.show', { order: order.name })}</ActionButton>
        )}
        <ActionButton weight={isDone ? 'strong' : 'plain'} onClick={next}>
          {t(isDone ? 'tour.next' : 'tour.skip')}
        </ActionButton>
      </div>
    </>
  );
};

const End = () => {
  const { t } = useTranslation();
  const leave = useTraining((state) => state.leave);
  const close = useTour((state) => state.close);
  return (
    <>
      <div className={styles.words}>
        <h2 className={styles.title}>{t('tour.end.title')}</h2>
        <p>{t('tour.end.text')}</p>
      </div>
      <div className={styles.buttons}>
        <ActionButton onClick={close}>{t('tour.end.goOn')}</ActionButton>
        <ActionButton weight="strong" onClick={() => void leave()}>
          {t('tour.end.leave')}
        </ActionButton>
      </div>
    </>
  );
};

/** The guided tour: one step at a time, over the screens, which all stay as they are. */
export const TourCard = () => {
  const { t } = useTranslation();
  const open = useTour((state) => state.open);
  const index = useTour((state) => state.index);
  const close = useTour((state) => state.close);
  if (!open) return null;
  const step = tourSteps[index];
  return (
    <section className={styles.card} aria-label={t('tour.label')}>
      {step === undefined ? <End /> : <Step step={step} number={index + 1} />}
      <ActionButton
        weight="quiet"
        aria-label={t('tour.close')}
        icon={<IconX size={22} aria-hidden />}
        onClick={close}
      />
    </section>
  );
};
