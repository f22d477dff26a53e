import { useTranslation } from 'react-i18next';
import type { OrderView } from '../../../main/contract/orders.ts';
import { useOrder } from '../../app-context.ts';
import { FileRole } from '../../ui/file-role.tsx';
import { useByWords } from '../../ui/use-by-words.ts';
import { useCodeWords } from '../../ui/use-code-words.ts';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';
import styles from './side.module.css';

/** The evidence names the platform and the station already; a person or a program is worth naming. */
const people = /^(?!platform$|station$).+/;

const isToday = (moment: string, now: number): boolean =>
  new Date(moment).toDateString() === new Date(now).toDateString();

/** The history of the order: when, what, and what proves it. */
export const Timeline = ({ order }: { readonly order: OrderView }) => {
  const { t } = useTranslation();
  const words = useWords();
  const codeWords = useCodeWords();
  const byWords = useByWords();
  const now = useNow();
  const history = useOrder((state) => state.history);
  const roleOf = new Map(
    [...order.files, ...order.items.flatMap((item) => item.files)].map((file) => [file.id, file.role]),
  );
  const numberOf = new Map(order.items.map((item) => [item.id, item.number]));
  return (
    <section className={styles.panel} aria-label={t('timeline.title')}>
      <h2 className={styles.title}>{t('timeline.title')}</h2>
      <ol className={styles.entries}>
        {history.map((entry) => {
          const number = entry.itemId === null ? undefined : numberOf.get(entry.itemId);
          const role = entry.fileId === null ? undefined : roleOf.get(entry.fileId);
          return (
            <li key={entry.id} className={styles.entry}>
              <time className={styles.time} dateTime={entry.at} title={entry.at}>
                {isToday(entry.at, now) ? words.clock(entry.at) : words.moment(entry.at, now)}
              </time>
              <span className={styles.text}>
                {number !== undefined && order.items.length > 1 && (
                  <span className={styles.item}>{t('timeline.item', { number })} </span>
                )}
                {role !== undefined && (
                  <>
                    <FileRole role={role} />:{' '}
                  </>
                )}
                {codeWords.history(entry.code, entry.detail)}
              </span>
              <span className={styles.evidence}>
                {t(`evidence.${entry.evidence}`)}
                {entry.by !== null && people.test(entry.by) && ` (${byWords(entry.by)})`}
              </span>
            </li>
          );
        })}
      </ol>
      {history.length === 0 && <p className={styles.none}>{t('timeline.none')}</p>}
    </section>
  );
};
