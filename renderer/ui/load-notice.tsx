import { useTranslation } from 'react-i18next';
import type { LoadState } from '../stores/store-deps.ts';
import { Line } from './line.tsx';
import { ScreenState } from './screen-state.tsx';

/** What a screen shows while its data is not there, and why; nothing once it is. */
export const LoadNotice = ({ load }: { readonly load: LoadState }) => {
  const { t } = useTranslation();
  switch (load.kind) {
    case 'loading':
      return <ScreenState mark="moving" title={t('screen.loading')} />;
    case 'failed':
      return (
        <ScreenState mark="attention" title={t('screen.failed')}>
          <Line text={load.message} />
        </ScreenState>
      );
    case 'ready':
      return null;
  }
};
