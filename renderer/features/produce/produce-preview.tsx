import { useTranslation } from 'react-i18next';
import { StatusMark } from '../../ui/status-mark.tsx';
import styles from './produce.module.css';
import type { ReadLine, ReadList } from './produce-lines.ts';

const Faults = ({ line }: { readonly line: ReadLine }) => {
  const { t } = useTranslation();
  if (line.faults.length === 0) {
    return (
      <StatusMark mark="done" size={18}>
        {t('produce.fine')}
      </StatusMark>
    );
  }
  return (
    <StatusMark mark="attention" size={18} strong>
      {line.faults.map((fault) => t(`produceFault.${fault}`, { line: line.sameAs ?? 0 })).join(' ')}
    </StatusMark>
  );
};

const shownAtMost = 500;

/** What was understood of the list, line by line, with what is wrong. */
export const ProducePreview = ({ list }: { readonly list: ReadList }) => {
  const { t } = useTranslation();
  return (
    // It scrolls, so the keyboard must reach it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is a stop for the keyboard
    <section className={styles.preview} aria-label={t('produce.preview')} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('produce.line')}</th>
            <th scope="col">{t('produce.template')}</th>
            <th scope="col">{t('produce.order')}</th>
            <th scope="col">{t('produce.copies')}</th>
            <th scope="col">{t('produce.title')}</th>
            <th scope="col">{t('produce.state')}</th>
          </tr>
        </thead>
        <tbody>
          {list.lines.slice(0, shownAtMost).map((line) => (
            <tr key={line.number}>
              <td className={styles.number}>{line.number}</td>
              <td className={styles.code}>{line.template}</td>
              <td className={styles.code}>{line.order}</td>
              <td className={styles.number}>{line.copies}</td>
              <td>{line.title}</td>
              <td>
                <Faults line={line} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
