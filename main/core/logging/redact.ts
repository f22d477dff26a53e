import type { LogDetail } from '../ports/logger.ts';

const mask = '[redacted]';

/** What must never reach a log, by its look. The order matters: a header's value may hold any of the later ones. */
const rules: readonly (readonly [RegExp, string])[] = [
  [/\b((?:proxy-)?authorization["']?\s*[:=]\s*["']?)(?:(?:bearer|basic|token|digest)\s+)?[^\s"',;]+/gi, `$1${mask}`],
  [/\b(bearer|basic)\s+[a-z0-9._~+/=-]{8,}/gi, `$1 ${mask}`],
  [/(api[_-]?key["']?\s*(?:[:=]|is)\s*["']?)[^\s"',;&}]+/gi, `$1${mask}`],
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@"']+@/gi, `$1${mask}@`],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s?#"'<>]*)[?#][^\s"'<>]*/gi, `$1?${mask}`],
  [/[\w.!#$%&*+/=^`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+/gi, mask],
  [/[0-9a-f]{32,}/gi, mask],
];

const secretName = /api[_-]?key|authorization|password|secret|token|e-?mail/i;

/** The text without keys, query strings, e-mail addresses and long hexadecimal runs. */
export const redactText = (text: string): string =>
  rules.reduce((redacted, [pattern, replacement]) => redacted.replace(pattern, replacement), text);

/** The same for the values of a log line; a value whose name says that it is a secret goes as a whole. */
export const redactDetail = (detail: LogDetail): LogDetail =>
  Object.fromEntries(
    Object.entries(detail).map(([name, value]) => {
      if (typeof value !== 'string') return [name, value];
      return [name, secretName.test(name) ? mask : redactText(value)];
    }),
  );
