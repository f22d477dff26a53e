import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useOrders } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';

/** Says on the Orders screen that only the orders behind a number of the day are shown; a tap shows the others again. */
export const SelectionChip = ({ className }: { readonly className?: string | undefined }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const selection = useOrders((state) => state.filter.selection);
  const setFilter = useOrders((state) => state.setFilter);
  if (selection === null) return null;
  const text = t('today.selected', {
    name: t(`today.orders.${selection.name}`),
    time: words.moment(selection.asOf, now),
  });
  return (
    <ActionButton
      className={className ?? ''}
      pressed
      icon={<IconX size={20} aria-hidden />}
      aria-label={t('today.takeOff', { text })}
      onClick={() => setFilter({ selection: null })}
    >
      {text}
    </ActionButton>
  );
};
