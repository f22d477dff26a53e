import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ContractError } from '../../../main/contract/failure.ts';
import type { OrderView } from '../../../main/contract/orders.ts';
import { stages } from '../../../main/contract/values.ts';
import { useChosenOrders, useConnections, useOrders } from '../../app-context.ts';
import { mostChosenOrders, type SaidOfOrders } from '../../stores/chosen-orders-store.ts';
import type { Outcome } from '../../stores/perform.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { SelectionBar } from '../../ui/selection-bar.tsx';
import { useAction } from '../../ui/use-action.ts';
import { WordsDialog } from '../../ui/words-dialog.tsx';
import { isWorkLeft, itemsForStep } from '../order/item-steps.ts';
import { toldKinds } from '../order/told-kinds.ts';
import { canBeChosen } from './order-row.tsx';

const firstMade = stages.indexOf('printReady');

/** Says something of the chosen orders, and afterwards of how many items, and how many were left out. */
const useSay = () => {
  const { t } = useTranslation();
  const { busy, run } = useAction();
  const say = (kind: string, ask: () => Promise<Outcome<SaidOfOrders>>): Promise<boolean> =>
    run(
      async (): Promise<Outcome<SaidOfOrders>> => {
        const outcome = await ask();
        return outcome.kind === 'done' && outcome.value.items === 0
          ? { kind: 'failed', error: new ContractError('conflict', t('orders.noneOfThem')) }
          : outcome;
      },
      ({ items, orders, left }) => {
        const many = t('orders.items', { count: items });
        const said = t('selection.said', { kind, items: t('undo.itemsOfOrders', { items: many, count: orders }) });
        return left === 0 ? said : `${said} ${t('orders.leftOut', { count: left })}`;
      },
    );
  return { busy, say };
};

const HoldOrdersDialog = ({ count, onClose }: { readonly count: number; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const hold = useChosenOrders((state) => state.hold);
  const { busy, say } = useSay();
  const itemsOf = ({ lane, items }: OrderView) =>
    lane === 'own' ? items.filter((item) => isWorkLeft(item) && item.held === null) : [];
  return (
    <WordsDialog
      onClose={onClose}
      title={t('orders.holdTitle', { count })}
      submitText={t('orders.holdSubmit', { count })}
      label={t('hold.note')}
      busy={busy}
      onSubmit={async (note) => {
        if (await say(t('orders.held'), () => hold(note, itemsOf))) onClose();
      }}
    />
  );
};

/** What can be done with the orders that are chosen in the list. */
export const ChosenOrdersBar = ({ chosen }: { readonly chosen: ReadonlySet<number> }) => {
  const { t } = useTranslation();
  const list = useOrders((state) => state.list);
  const platforms = useConnections((state) => state.platforms);
  const choose = useChosenOrders((state) => state.choose);
  const end = useChosenOrders((state) => state.end);
  const signal = useChosenOrders((state) => state.signal);
  const { busy, say } = useSay();
  const [holding, setHolding] = useState(false);
  const isKnown = list.complete && list.ids.every((id) => list.rows[id] !== undefined);
  const choosable = (isKnown ? list.ids : []).filter((id) => {
    const row = list.rows[id];
    return row !== undefined && canBeChosen(row);
  });
  const itemsOf = (step: 'produced' | 'packed') => (order: OrderView) => {
    const kinds = toldKinds(platforms.find(({ id }) => id === order.platform));
    if (order.lane !== 'own' || !kinds.includes(step)) return [];
    return itemsForStep(order.items, step).filter(({ stage }) => stages.indexOf(stage) >= firstMade);
  };
  return (
    <SelectionBar text={t('orders.chosen', { count: chosen.size })} clearText={t('orders.choosingDone')} onClear={end}>
      {choosable.length > chosen.size && choosable.length <= mostChosenOrders && (
        <ActionButton size="main" onClick={() => choose(choosable, true)}>
          {t('orders.chooseAll', { count: choosable.length })}
        </ActionButton>
      )}
      {(['produced', 'packed'] as const).map((step) => (
        <ActionButton
          key={step}
          size="main"
          busy={busy}
          disabled={chosen.size === 0}
          onClick={() => void say(t(`actionKind.${step}`), () => signal({ kind: step }, itemsOf(step)))}
        >
          {t(`step.${step}`)}
        </ActionButton>
      ))}
      <ActionButton size="main" disabled={chosen.size === 0} onClick={() => setHolding(true)}>
        {t('step.hold')}
      </ActionButton>
      {holding && <HoldOrdersDialog count={chosen.size} onClose={() => setHolding(false)} />}
    </SelectionBar>
  );
};
