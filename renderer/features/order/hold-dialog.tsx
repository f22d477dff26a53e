import { useTranslation } from 'react-i18next';
import type { ItemView } from '../../../main/contract/orders.ts';
import { useOrder } from '../../app-context.ts';
import { useAction } from '../../ui/use-action.ts';
import { WordsDialog } from '../../ui/words-dialog.tsx';
import { itemName } from './item-name.ts';

interface HoldDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly item: ItemView;
}

/** Keeps an item from being handed over, with a note for whoever comes next. */
export const HoldDialog = ({ opened, onClose, item }: HoldDialogProps) => {
  const { t } = useTranslation();
  const hold = useOrder((state) => state.hold);
  const { busy, run } = useAction();
  if (!opened) return null;
  return (
    <WordsDialog
      onClose={onClose}
      title={t('hold.title', { number: item.number, title: itemName(item) })}
      submitText={t('hold.submit')}
      label={t('hold.note')}
      busy={busy}
      onSubmit={async (note) => {
        if (await run(() => hold(item.id, note))) onClose();
      }}
    />
  );
};
