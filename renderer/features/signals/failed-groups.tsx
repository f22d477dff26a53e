import { useTranslation } from 'react-i18next';
import { useOutbox } from '../../app-context.ts';
import cards from '../../ui/cards.module.css';
import { ScreenState } from '../../ui/screen-state.tsx';
import { FailedGroupCard } from './failed-group-card.tsx';

/** What failed, one card for each cause. */
export const FailedGroups = () => {
  const { t } = useTranslation();
  const groups = useOutbox((state) => state.groups);
  if (groups.length === 0) {
    return (
      <ScreenState mark="done" title={t('failed.none')}>
        {t('failed.noneText')}
      </ScreenState>
    );
  }
  return (
    <div className={cards.screen}>
      <ul className={cards.inner} aria-label={t('failed.list')}>
        {groups.map((group) => (
          <FailedGroupCard key={group.key} group={group} />
        ))}
      </ul>
    </div>
  );
};
