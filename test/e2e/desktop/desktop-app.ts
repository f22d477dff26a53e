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
  dispose(): Promise<void>;
}

export interface StartOptions {
  readonly dataFolder: string;
  readonly configFile: string;
}

export type StartDesktop = (options: StartOptions) => Promise<DesktopApp>;
