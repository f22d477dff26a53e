import type { Page } from 'playwright-core';

/** A running desktop app as the journey needs it, whatever runs it. */
export interface DesktopApp {
  readonly page: Page;
  /** Closes the window as a person does. */
  closeWindow(): Promise<void>;
  /** Whether the window is seen. */
  isVisible(): Promise<boolean>;
  /** Asks the app to quit and answers its exit code. */
  quit(): Promise<number | null>;
  /** What the page tried and was not allowed; null where the runner cannot know. */
  refused(): readonly string[] | null;
  /** The files of each drag that was started; null where the runner cannot know. */
  drags(): readonly (readonly string[])[] | null;
  /** What the tray says now; null where the runner cannot know. */
  tray(): string | null;
  /** The notifications of the system that were shown; null where the runner cannot know. */
  notifications(): readonly { readonly title: string; readonly text: string }[] | null;
  /** Taps the newest notification; nothing where the runner cannot. */
  tapNotification(): void;
  dispose(): Promise<void>;
}

export interface StartOptions {
  readonly dataFolder: string;
  readonly configFile: string;
}

export type StartDesktop = (options: StartOptions) => Promise<DesktopApp>;
