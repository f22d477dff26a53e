import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderView } from '../../../main/contract/orders.ts';
import { useOrder } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useByWords } from '../../ui/use-by-words.ts';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';
import { PrintLinks } from '../print/print-links.tsx';
import styles from './order-notes.module.css';

/** What office and floor write to each other about an order: it stands above the items, where nobody overlooks it. */
export const OrderNotes = ({ order }: { readonly order: OrderView }) => {
  const { t } = useTranslation();
  const words = useWords();
  const byWords = useByWords();
  const now = useNow();
  const addNote = useOrder((state) => state.addNote);
  const { busy, run } = useAction();
  const [text, setText] = useState('');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (text.trim() !== '' && (await run(() => addNote(order.id, text.trim())))) setText('');
  };
  return (
    <section className={styles.notes} aria-label={t('notes.title')} data-some={order.notes.length > 0 || undefined}>
      {order.notes.length > 0 && (
        <ol className={styles.list}>
          {order.notes.map((note) => (
            <li key={note.id} className={styles.note}>
              <span className={styles.when}>
                {words.moment(note.at, now)} · {byWords(note.by)}
              </span>
              <span className={styles.text}>{note.text}</span>
            </li>
          ))}
        </ol>
      )}
      <div className={styles.tools}>
        <form className={styles.form} onSubmit={(event) => void submit(event)}>
          <TextInput
            className={styles.field ?? ''}
            aria-label={t('notes.field')}
            placeholder={t('notes.field')}
            maxLength={2000}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <ActionButton submit busy={busy} disabled={text.trim() === ''}>
            {t('notes.add')}
          </ActionButton>
        </form>
        <PrintLinks order={order} />
      </div>
    </section>
  );
};
