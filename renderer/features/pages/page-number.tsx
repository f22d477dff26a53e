import { NumberInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './page-number.module.css';

interface PageNumberProps {
  readonly page: number;
  readonly pages: number;
  readonly onGo: (page: number) => void;
}

/** Which page of how many; typing another and leaving the field goes there. */
export const PageNumber = ({ page, pages, onGo }: PageNumberProps) => {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<number | string>(page);
  useEffect(() => setTyped(page), [page]);
  const go = (): void => {
    if (typeof typed === 'number') onGo(typed);
    else setTyped(page);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') go();
  };
  return (
    <span className={styles.number}>
      <NumberInput
        className={styles.field ?? ''}
        aria-label={t('pages.goTo')}
        min={1}
        max={pages}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="blur"
        value={typed}
        onChange={setTyped}
        onBlur={go}
        onKeyDown={onKeyDown}
      />
      <span aria-live="polite" className={styles.of}>
        {t('pages.of', { pages })}
      </span>
    </span>
  );
};
