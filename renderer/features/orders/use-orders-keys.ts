import { type RefObject, useEffect } from 'react';
import { useChosenOrders, useOrders } from '../../app-context.ts';
import type { OrdersListHandle } from './orders-list.tsx';

const isTypedInto = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input:not([type="checkbox"]), textarea, select, [role="combobox"]'));

/**
 * The keys of the Orders screen, wherever on it the person is: `/` leads to the search, the arrows to the rows (and on
 * from there by the list itself), Escape clears the search, then ends the choosing.
 */
export const useOrdersKeys = (
  search: RefObject<HTMLInputElement | null>,
  list: RefObject<OrdersListHandle | null>,
): void => {
  const text = useOrders((state) => state.filter.search);
  const setFilter = useOrders((state) => state.setFilter);
  const choosing = useChosenOrders((state) => state.chosen !== null);
  const endChoosing = useChosenOrders((state) => state.end);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { key, altKey, ctrlKey, metaKey, target } = event;
      if (event.defaultPrevented || altKey || ctrlKey || metaKey) return;
      if (document.querySelector('[role="dialog"]') !== null) return;
      const inSearch = target === search.current;
      if (isTypedInto(target) && !inSearch) return;
      const act = (): boolean => {
        switch (key) {
          case '/':
            if (inSearch) return false;
            search.current?.select();
            return true;
          case 'ArrowDown':
          case 'ArrowUp':
            return list.current?.focusRow() ?? false;
          case 'Escape':
            if (text !== '') setFilter({ search: '' });
            else if (choosing) endChoosing();
            else return false;
            return true;
          default:
            return false;
        }
      };
      if (act()) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [search, list, text, setFilter, choosing, endChoosing]);
};
