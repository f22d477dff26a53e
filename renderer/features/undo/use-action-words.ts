import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionView } from '../../../main/contract/actions.ts';
import { useByWords } from '../../ui/use-by-words.ts';

/** What of an action's details a person recognises it by. */
const tellingDetails = ['tracking', 'reason', 'text'] as const;

/** More than these are only counted. */
const mostNumbers = 8;

interface ActionWords {
  /** What was done with which items. */
  readonly what: string;
  /** Of which order, by whom, and its tracking number or reason. */
  readonly more: string;
}

/** The words of what somebody did. */
export const useActionWords = (): ((action: ActionView) => ActionWords) => {
  const { t } = useTranslation();
  const byWords = useByWords();
  return useMemo(() => {
    const itemsOf = ({ items, orderCount }: ActionView): string => {
      const [first] = items;
      if (first !== undefined && items.length === 1) {
        return t('undo.item', { number: first.number, title: first.title });
      }
      const many = t('orders.items', { count: items.length });
      if (orderCount > 1) return t('undo.itemsOfOrders', { items: many, count: orderCount });
      return items.length > mostNumbers
        ? many
        : t('undo.items', { numbers: items.map(({ number }) => number).join(', ') });
    };
    return (action) => ({
      what: t('undo.what', { kind: t(`actionKind.${action.kind}`), items: itemsOf(action) }),
      more: [
        action.orderCount === 1
          ? t('undo.order', { id: action.orderExternalId })
          : t('undo.orders', { id: action.orderExternalId, count: action.orderCount - 1 }),
        t('undo.by', { who: byWords(action.by) }),
        ...tellingDetails.flatMap((name) => action.detail[name] ?? []),
      ].join(' · '),
    });
  }, [t, byWords]);
};
