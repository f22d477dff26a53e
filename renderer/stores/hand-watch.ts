/** Tells how long nobody has touched the screen. */
export interface HandWatch {
  readonly awayMs: () => number;
}

/** Listens for any touch, key or wheel in the window. */
export const watchHand = (window: Window, now: () => number): HandWatch => {
  let lastTouchAt = now();
  const touched = (): void => {
    lastTouchAt = now();
  };
  for (const name of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart']) {
    window.addEventListener(name, touched, { capture: true, passive: true });
  }
  return { awayMs: () => now() - lastTouchAt };
};
