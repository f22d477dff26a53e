import { IconSchool } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useTraining } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import cards from '../../ui/cards.module.css';
import { useAction } from '../../ui/use-action.ts';

/** The way into training, with what it is. Not there for whoever practises already. */
export const PractiseCard = () => {
  const { t } = useTranslation();
  const practising = useTraining((state) => state.practising);
  const enter = useTraining((state) => state.enter);
  const { busy, run } = useAction();
  if (practising) return null;
  return (
    <section className={cards.card} aria-label={t('training.title')}>
      <div className={cards.cardHead}>
        <h2 className={cards.cardTitle}>{t('training.title')}</h2>
        <span className={cards.space} />
        <ActionButton busy={busy} icon={<IconSchool size={24} aria-hidden />} onClick={() => void run(enter)}>
          {t('training.enter')}
        </ActionButton>
      </div>
      <p className={cards.dim}>{t('training.text')}</p>
    </section>
  );
};
