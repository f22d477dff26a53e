import { useTranslation } from 'react-i18next';
import type { HotFolderView } from '../../../main/contract/hot-folders.ts';
import type { ItemView } from '../../../main/contract/orders.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { itemName } from './item-name.ts';

interface HandOverAgainDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly item: ItemView;
  readonly folder: HotFolderView;
  readonly onConfirm: () => void;
}

/** A second hand-over may print twice, so it takes a second tap. */
export const HandOverAgainDialog = ({ opened, onClose, item, folder, onConfirm }: HandOverAgainDialogProps) => {
  const { t } = useTranslation();
  if (!opened) return null;
  return (
    <DialogForm
      opened
      onClose={onClose}
      title={t('handover.againTitle', { folder: folder.name })}
      submitText={t('handover.againSubmit')}
      busy={false}
      complete
      onSubmit={() => {
        onClose();
        onConfirm();
      }}
    >
      <p>{t('handover.againText', { number: item.number, title: itemName(item), count: item.copies })}</p>
    </DialogForm>
  );
};
