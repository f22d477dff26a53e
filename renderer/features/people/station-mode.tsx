import { useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople, useWire } from '../../app-context.ts';
import { keepFullScreen } from '../../client/full-screen.ts';
import styles from '../../ui/hint.module.css';

const subscribe = (listener: () => void): (() => void) => {
  document.addEventListener('fullscreenchange', listener);
  return () => document.removeEventListener('fullscreenchange', listener);
};

/** Keeps this screen filling the display while station mode is on. In a browser the next tap does it: that is said. */
export const StationMode = () => {
  const { t } = useTranslation();
  const inBrowser = useWire().host === 'browser';
  const isOn = usePeople((state) => state.rules.stationMode && !state.leftStationMode);
  const fillWindow = usePeople((state) => state.fillWindow);
  const isFull = useSyncExternalStore(subscribe, () => document.fullscreenElement !== null);
  useEffect(() => {
    if (inBrowser && isOn) return keepFullScreen(window);
    if (!inBrowser) fillWindow(isOn);
    return undefined;
  }, [inBrowser, isOn, fillWindow]);
  if (!inBrowser || !isOn || isFull) return null;
  return (
    <p className={styles.hint} role="status">
      {t('people.tapToFill')}
    </p>
  );
};
