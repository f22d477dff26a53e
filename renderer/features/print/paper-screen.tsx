import { IconPrinter } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../ui/action-button.tsx';
import { BackLink } from '../../ui/back-link.tsx';
import styles from './paper-screen.module.css';

interface PaperScreenProps {
  readonly title: string;
  readonly back: { readonly href: string; readonly label: string };
  /** What there is to know before it is printed. */
  readonly notes?: ReactNode;
  /** What is on the sheets is still drawn. */
  readonly busy?: boolean;
  /** There is no sheet. */
  readonly empty?: boolean;
  readonly children: ReactNode;
}

/** Names the page for as long as it is open: a browser takes it for the name of the printed file. */
const usePageTitle = (title: string): void => {
  useEffect(() => {
    const before = document.title;
    document.title = title;
    return () => {
      document.title = before;
    };
  }, [title]);
};

/** Sheets of paper as they will be printed, below a bar that prints them. Nothing is printed before somebody says so. */
export const PaperScreen = ({ title, back, notes, busy = false, empty = false, children }: PaperScreenProps) => {
  const { t } = useTranslation();
  usePageTitle(title);
  return (
    <>
      <header className={styles.bar}>
        <BackLink {...back} />
        <div className={styles.words} aria-live="polite">
          <strong>{title}</strong>
          {notes}
        </div>
        <ActionButton
          size="main"
          weight="strong"
          icon={<IconPrinter size={28} aria-hidden />}
          busy={busy}
          disabled={empty}
          onClick={() => window.print()}
        >
          {t('print.button')}
        </ActionButton>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must get into it */}
      <main className={styles.sheets} tabIndex={0}>
        {children}
      </main>
    </>
  );
};
