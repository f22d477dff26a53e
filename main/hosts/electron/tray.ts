import { Menu, type NativeImage, nativeImage, Tray } from 'electron';
import type { DesktopWords } from './desktop-words.ts';
import { trayImages } from './images.ts';
import type { TrayState } from './tray-state.ts';

export interface StationTray {
  show(state: TrayState): void;
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

/** The icon beside the clock: its shape says how the station is, its menu opens or quits. */
export const createTray = ({ words, onOpen, onQuit }: TrayDeps): StationTray => {
  const tray = new Tray(imageOf('running'));
  tray.setToolTip(words.running);
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: words.open, click: () => onOpen() },
      { type: 'separator' },
      { label: words.quit, click: () => onQuit() },
    ]),
  );
  tray.on('click', () => onOpen());

  let shown: TrayState = 'running';
  return {
    show: (state) => {
      if (state === shown) return;
      shown = state;
      tray.setImage(imageOf(state));
      tray.setToolTip(words[state]);
    },
  };
};
