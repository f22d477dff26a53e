import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../ui/action-button.tsx';
import { LoadNotice } from '../../ui/load-notice.tsx';
import { ScreenState } from '../../ui/screen-state.tsx';

/** The page is older than the station, or the station is gone: this part of it is not there any more. */
const NotLoaded = () => {
  const { t } = useTranslation();
  return (
    <ScreenState mark="attention" title={t('screen.failed')}>
      <ActionButton size="main" weight="strong" onClick={() => window.location.reload()}>
        {t('screen.reload')}
      </ActionButton>
    </ScreenState>
  );
};

/** Loaded when it is first shown: the charts are a good part of the page, and other screens have none. */
const TodayScreen = lazy(() =>
  import('./today-screen.tsx').then(
    (module) => ({ default: module.TodayScreen }),
    () => ({ default: NotLoaded }),
  ),
);

/** The day in numbers, for the manager. */
export const LazyTodayScreen = () => (
  <Suspense fallback={<LoadNotice load={{ kind: 'loading' }} />}>
    <TodayScreen />
  </Suspense>
);
