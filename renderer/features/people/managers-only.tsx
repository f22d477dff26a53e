import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import cards from '../../ui/cards.module.css';
import { ScreenState } from '../../ui/screen-state.tsx';

interface ManagersOnlyProps {
  /** What is for everybody, shown while the screen itself is not. */
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}

/** A screen that opens for managers only, once somebody has a PIN. */
export const ManagersOnly = ({ beside, children }: ManagersOnlyProps) => {
  const { t } = useTranslation();
  const asking = usePeople((state) => state.load.kind === 'loading');
  const open = usePeople((state) => state.people.length === 0 || state.signedIn?.role === 'manager');
  const openPicker = usePeople((state) => state.openPicker);
  if (asking) return <ScreenState mark="moving" title={t('screen.loading')} />;
  if (open) return children;
  return (
    <div className={cards.screen}>
      <ScreenState mark="held" title={t('people.managersOnly')}>
        <ActionButton size="main" weight="strong" onClick={() => openPicker('manager')}>
          {t('people.askManager')}
        </ActionButton>
      </ScreenState>
      <div className={cards.inner}>{beside}</div>
    </div>
  );
};
