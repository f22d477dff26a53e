import { useTranslation } from 'react-i18next';
import type { ItemView } from '../../../main/contract/orders.ts';
import { useOrder } from '../../app-context.ts';
import { useAction } from '../../ui/use-action.ts';
import { WordsDialog } from '../../ui/words-dialog.tsx';
import { itemName } from './item-name.ts';
import { ReprintList } from './reprint-list.tsx';

interface ReprintDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly item: ItemView;
}

/** Has an item made again inside the shop, and asks why. */
export const ReprintDialog = ({ opened, onClose, item }: ReprintDialogProps) => {
  const { t } = useTranslation();
  const reprint = useOrder((state) => state.reprint);
  const { busy, run } = useAction();
  if (!opened) return null;
  return (
    <WordsDialog
      onClose={onClose}
      title={t('reprint.title', { number: item.number, title: itemName(item) })}
      submitText={t('reprint.submit')}
      label={t('reprint.reason')}
      busy={busy}
      onSubmit={async (reason) => {
        if (await run(() => reprint(item.id, reason))) onClose();
      }}
    >
      <p>{t('reprint.text', { count: item.copies })}</p>
      <ReprintList reprints={item.reprints} />
    </WordsDialog>
  );
};
