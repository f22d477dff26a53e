import type { StationLink } from './station-link.ts';

/** Tells the desktop app which locale the page speaks, and again on each new wire: its tray speaks it, too. */
export const createDesktopLanguage = (link: StationLink): ((locale: string) => void) => {
  let spoken: string | null = null;
  const tell = (): void => {
    // Without it the tray goes on in the language of the system.
    if (spoken !== null) link.client?.desktop.speak({ locale: spoken }).catch(() => undefined);
  };
  link.onClient(tell);
  return (locale) => {
    spoken = locale;
    tell();
  };
};
