const eventName = 'platen:keys-taken-back';

/** Tells those who act on bare key presses that the last ones were a scanner's. */
export const tellTakenBack = (window: Window, keys: string): void => {
  window.dispatchEvent(new CustomEvent(eventName, { detail: keys }));
};

/** Told of the keys that were no person's, after they were pressed. Answers how to listen no more. */
export const onTakenBack = (window: Window, take: (keys: string) => void): (() => void) => {
  const listen = (event: Event): void => {
    if (event instanceof CustomEvent && typeof event.detail === 'string') take(event.detail);
  };
  window.addEventListener(eventName, listen);
  return () => window.removeEventListener(eventName, listen);
};
