/** Values that a log line may carry: never a document, an address, a URL's query or a key. */
export type LogDetail = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** The station's log. Each message is one line in English; what varies stands in `detail`. */
export interface Logger {
  info(message: string, detail?: LogDetail): void;
  warn(message: string, detail?: LogDetail): void;
  error(message: string, detail?: LogDetail): void;
}

/** Takes every line and keeps none: for tests that do not look at the log. */
export const silentLogger: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** What can be said of something thrown, in one line. */
export const errorText = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
