import { app } from 'electron';

/** Claims to be the only Platen of this profile; false when another runs, which is then told to show itself. */
export const claimSingleInstance = (onSecondStart: () => void): boolean => {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', onSecondStart);
  return true;
};
