import { type ComponentType, lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from './action-button.tsx';
import { LoadNotice } from './load-notice.tsx';
import { ScreenState } from './screen-state.tsx';

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

/** A screen that is loaded when it is first shown, for what most screens never need. */
export const lazyScreen = <Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> => {
  const Screen = lazy(() =>
    load().then(
      (screen): { default: ComponentType<Props> } => ({ default: screen }),
      () => ({ default: NotLoaded }),
    ),
  );
  return (props) => (
    <Suspense fallback={<LoadNotice load={{ kind: 'loading' }} />}>
      <Screen {...props} />
    </Suspense>
  );
};
