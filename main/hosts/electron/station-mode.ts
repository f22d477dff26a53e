import type { MainWindow } from './window.ts';

/**
 * Whether the window is all that this machine shows: it fills the display, and no hand closes or quits it. What the
 * system itself ends, such as a shutdown, still ends in good order.
 */
export interface StationMode {
  readonly isOn: boolean;
  enter(): void;
  leave(): void;
}

/** Off until the page asks for it: the page knows the station's rules, and asks for the PIN to leave it again. */
export const createStationMode = (window: () => Pick<MainWindow, 'fillDisplay'> | null): StationMode => {
  let isOn = false;
  const set = (wanted: boolean): void => {
    if (isOn === wanted) return;
    isOn = wanted;
    window()?.fillDisplay(wanted);
  };
  return {
    get isOn() {
      return isOn;
    },
    enter: () => set(true),
    leave: () => set(false),
  };
};
