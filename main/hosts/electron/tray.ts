import { Menu, type NativeImage, nativeImage, Tray } from 'electron';
import type { DesktopWords } from './desktop-words.ts';
import { trayImages } from './images.ts';
import type { TrayState } from './tray-state.ts';

export interface StationTray {
  show(state: TrayState): void;
  /** Says everything in other words from here on. */
  speak(words: DesktopWords): void;
}

export interface TrayDeps {
  readonly words: DesktopWords;
  readonly onOpen: () => void;
  readonly onQuit: () => void;
}

const imageOf = (state: TrayState): NativeImage => {
  const [single, double] = trayImages[state];
  const image = nativeImage.createFromDataURL(single);
  image.addRepresentation({ scaleFactor: 2, dataURL: double });
  return image;
};

/** The icon beside the clock: its shape says how the station is, its menu says so in words, opens and quits. */
export const createTray = ({ words: firstWords, onOpen, onQuit }: TrayDeps): StationTray => {
  let state: TrayState = 'allRight';
  let words = firstWords;
  const tray = new Tray(imageOf(state));
  const say = (): void => {
    tray.setToolTip(words[state]);
    tray.setContextMenu(
      Menu.buildFromTemplate([
        // Not every desktop shows the words over the icon.
        { label: words[state], enabled: false },
        { type: 'separator' },
        { label: words.open, click: () => onOpen() },
        { type: 'separator' },
        { label: words.quit, click: () => onQuit() },
      ]),
    );
  };
  say();
  tray.on('click', () => onOpen());
  return {
    show: (next) => {
      if (next === state) return;
      state = next;
      tray.setImage(imageOf(state));
      say();
    },
    speak: (next) => {
      if (next === words) return;
      words = next;
      say();
    },
  };
};
