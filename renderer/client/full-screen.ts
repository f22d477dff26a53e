/** Chromium lets a page in full screen keep Escape, which closes dialogs here; held down it still leaves. */
const keepEscape = async (navigator: Navigator): Promise<void> => {
  const keyboard: unknown = Reflect.get(navigator, 'keyboard');
  if (typeof keyboard !== 'object' || keyboard === null) return;
  const lock: unknown = Reflect.get(keyboard, 'lock');
  if (typeof lock === 'function') await Reflect.apply(lock, keyboard, [['Escape']]);
};

/**
 * Fills the display with the page at the next tap or key, as a browser allows it only then, and again whenever it was
 * left. Answers a function that ends it.
 */
export const keepFullScreen = (window: Window): (() => void) => {
  const { document, navigator } = window;
  const fill = (): void => {
    if (document.fullscreenElement !== null) return;
    document.documentElement
      .requestFullscreen()
      .then(() => keepEscape(navigator))
      // The browser forbids it, as in a window without controls of its own: the page works all the same.
      .catch(() => undefined);
  };
  window.addEventListener('click', fill, { capture: true });
  window.addEventListener('keyup', fill, { capture: true });
  return () => {
    window.removeEventListener('click', fill, { capture: true });
    window.removeEventListener('keyup', fill, { capture: true });
    if (document.fullscreenElement !== null) document.exitFullscreen().catch(() => undefined);
  };
};
