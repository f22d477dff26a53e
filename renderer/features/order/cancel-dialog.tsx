import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemView, OrderView } from '../../../main/contract/orders.ts';
import { useOrder } from '../../app-context.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { useAction } from '../../ui/use-action.ts';
import { usePlatform } from '../../ui/use-platform.ts';
import { WordsField } from '../../ui/words-field.tsx';
import { itemName } from './item-name.ts';
import { suggestedCauseOf } from './suggested-cause.ts';

interface CancelDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly order: OrderView;
  readonly items: readonly ItemView[];
}

/** What stands for the cause where the platform has none: it is only written down here. */
const onlyCause = 'other';

const useTitle = (order: OrderView, items: readonly ItemView[]): string => {
  const { t } = useTranslation();
  const [first] = items;
  if (first === undefined || items.length > 1) return t('cancel.titleMany', { count: items.length });
  const values = { number: first.number, title: itemName(first) };
  return order.lane === 'outsourced' ? t('cancel.closeTitle', values) : t('cancel.title', values);
};

const CancelForm = ({ onClose, order, items }: Omit<CancelDialogProps, 'opened'>) => {
  const { t } = useTranslation();
  const signal = useOrder((state) => state.signal);
  const platform = usePlatform(order.platform);
  const causes = platform?.cancelCauses ?? [];
  const isTold = causes.length > 0;
  const { busy, run } = useAction();
  const title = useTitle(order, items);
  const suggested = suggestedCauseOf(items, causes);
  const [chosen, setChosen] = useState(suggested);
  const [text, setText] = useState('');
  const cause = isTold ? chosen : onlyCause;
  const submit = async (): Promise<void> => {
    if (cause === null) return;
    const ids = items.map(({ id }) => id);
    if (await run(() => signal(ids, { kind: 'cancel', cause, text: text.trim() }))) onClose();
  };
  return (
    <DialogForm
      opened
      onClose={onClose}
      title={title}
      submitText={order.lane === 'outsourced' ? t('cancel.closeSubmit') : t('cancel.submit', { count: items.length })}
      busy={busy}
      complete={cause !== null && text.trim() !== ''}
      onSubmit={() => void submit()}
    >
      <p>{isTold ? t('cancel.final') : t('cancel.onlyHere', { platform: platform?.name ?? order.platform })}</p>
      {isTold && (
        <Select
          data-autofocus
          required
          searchable
          label={t('cancel.cause')}
          placeholder={t('cancel.pick')}
          description={cause !== null && cause === suggested ? t('cancel.suggested') : undefined}
          nothingFoundMessage={t('cancel.noCause')}
          data={causes.map(({ code, text: words }) => ({ value: code, label: words }))}
          value={cause}
          onChange={setChosen}
        />
      )}
      <WordsField label={t('cancel.text')} maxLength={1000} begins={!isTold} value={text} onChange={setText} />
      {isTold && <p>{t('undo.promise')}</p>}
    </DialogForm>
  );
};

/** Ends items for good, with one of the platform's own causes where it has some. */
export const CancelDialog = ({ opened, ...rest }: CancelDialogProps) => (opened ? <CancelForm {...rest} /> : null);
