import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemView, OrderView } from '../../../main/contract/orders.ts';
import { useOrder } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useNow } from '../../ui/use-now.ts';
import { usePlatform } from '../../ui/use-platform.ts';
import { useWords } from '../../ui/use-words.ts';
import { CancelDialog } from './cancel-dialog.tsx';
import { ErrorDialog } from './error-dialog.tsx';
import { HoldDialog } from './hold-dialog.tsx';
import { HotFolderTargets } from './hot-folder-targets.tsx';
import styles from './item-buttons.module.css';
import { canBeReprinted, isWorkLeft, type MadeStep, madeSteps, nextStep, stepState } from './item-steps.ts';
import { ReprintDialog } from './reprint-dialog.tsx';
import { ShipDialog } from './ship-dialog.tsx';
import { toldKinds } from './told-kinds.ts';

type OpenDialog = 'ship' | 'error' | 'cancel' | 'reprint' | 'hold' | null;

interface ItemProps {
  readonly item: ItemView;
  readonly order: OrderView;
}

interface StepButtonProps {
  readonly item: ItemView;
  readonly step: MadeStep;
  readonly strong: boolean;
  readonly onShip: () => void;
}

const StepButton = ({ item, step, strong, onShip }: StepButtonProps) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const signal = useOrder((state) => state.signal);
  const { busy, run } = useAction();
  const state = stepState(item, step);
  const tell = (): void => {
    if (step === 'shipped') onShip();
    else void run(() => signal([item.id], { kind: step }));
  };
  return (
    <ActionButton
      size="main"
      weight={strong ? 'strong' : 'plain'}
      busy={busy}
      disabled={state.kind !== 'open' || item.held !== null}
      onClick={tell}
    >
      {t(`step.${step}`)}
      {state.kind === 'said' && (
        <span className={styles.told}>{t('step.said', { time: words.moment(state.at, now) })}</span>
      )}
      {state.kind === 'queued' && <span className={styles.told}>{t('step.queued')}</span>}
      {state.kind === 'stuck' && <span className={styles.told}>{t('step.stuck')}</span>}
    </ActionButton>
  );
};

/** What an operator can do with an item: hand it over, and tell the platform how far it is. */
export const ItemButtons = ({ item, order }: ItemProps) => {
  const { t } = useTranslation();
  const resume = useOrder((state) => state.resume);
  const kinds = toldKinds(usePlatform(order.platform));
  const { busy, run } = useAction();
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const close = (): void => setDialog(null);
  const next = nextStep(item);
  const workLeft = isWorkLeft(item);
  return (
    <div className={styles.actions}>
      <fieldset className={styles.main} aria-label={t('item.actions')}>
        {madeSteps
          .filter((step) => kinds.includes(step))
          .map((step) => (
            <StepButton key={step} item={item} step={step} strong={next === step} onShip={() => setDialog('ship')} />
          ))}
      </fieldset>
      <fieldset className={styles.more} aria-label={t('item.moreActions')}>
        {kinds.includes('error') && (
          <ActionButton disabled={!workLeft} onClick={() => setDialog('error')}>
            {t('step.error')}
          </ActionButton>
        )}
        {kinds.includes('cancel') && (
          <ActionButton disabled={!workLeft} onClick={() => setDialog('cancel')}>
            {t('step.cancel')}
          </ActionButton>
        )}
        {canBeReprinted(item) && <ActionButton onClick={() => setDialog('reprint')}>{t('step.reprint')}</ActionButton>}
        {item.held === null ? (
          <ActionButton disabled={!workLeft} onClick={() => setDialog('hold')}>
            {t('step.hold')}
          </ActionButton>
        ) : (
          <ActionButton weight="strong" busy={busy} onClick={() => void run(() => resume(item.id))}>
            {t('step.resume')}
          </ActionButton>
        )}
      </fieldset>
      {workLeft && <HotFolderTargets itemId={item.id} />}
      <ShipDialog opened={dialog === 'ship'} onClose={close} order={order} items={[item]} />
      <ErrorDialog opened={dialog === 'error'} onClose={close} item={item} />
      <CancelDialog opened={dialog === 'cancel'} onClose={close} order={order} items={[item]} />
      <ReprintDialog opened={dialog === 'reprint'} onClose={close} item={item} />
      <HoldDialog opened={dialog === 'hold'} onClose={close} item={item} />
    </div>
  );
};
