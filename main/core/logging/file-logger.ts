import { pino } from 'pino';
import type { LogDetail, Logger } from '../ports/logger.ts';
import { redactDetail, redactText } from './redact.ts';
import { RotatingFile } from './rotating-file.ts';

/** A logger with an end: `close` returns when every line is on the disk. */
export interface FileLogger extends Logger {
  close(): Promise<void>;
}

const maxFileBytes = 5 * 1024 * 1024;
const maxFiles = 5;

/** Writes JSON lines to `platen.log` in `folder`, at most five files of 5 MB, without keys or customers' addresses. */
export const createFileLogger = (folder: string): FileLogger => {
  const file = new RotatingFile({ folder, name: 'platen', maxBytes: maxFileBytes, maxFiles });
  const log = pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    { write: (line) => file.write(line) },
  );
  return {
    info: (message, detail: LogDetail = {}) => log.info(redactDetail(detail), redactText(message)),
    warn: (message, detail: LogDetail = {}) => log.warn(redactDetail(detail), redactText(message)),
    error: (message, detail: LogDetail = {}) => log.error(redactDetail(detail), redactText(message)),
    close: () => file.close(),
  };
};
