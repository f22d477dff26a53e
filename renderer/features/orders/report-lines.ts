import type { StartReport } from '../../../main/contract/station.ts';

type ConnectionReport = StartReport['connections'][number];

/** A shorter pause than this loses nothing that is worth a word. */
const longPauseSeconds = 600;

/** Whether a person should be told: the station was off for long, or something came in that was missing. */
export const isWorthTelling = (report: StartReport): boolean =>
  report.offSeconds > longPauseSeconds ||
  report.connections.some(({ missing, ended }) => (missing ?? 0) > 0 || (ended ?? 0) > 0);

/** What is said of a connection, part by part, by the words of the catalogue. */
export type ReportPart =
  | { readonly kind: 'there'; readonly there: number; readonly here: number }
  | { readonly kind: 'noList' }
  | { readonly kind: 'missing'; readonly count: number }
  | { readonly kind: 'ended'; readonly count: number }
  | { readonly kind: 'callbacks_stillRetried' | 'callbacks_madeUpFor' | 'callbacks_lost' };

/** Lost callbacks are made up for where the platform's list could be compared. */
export const reportParts = (report: ConnectionReport): readonly ReportPart[] => {
  const { there, here, missing, ended, callbacks } = report;
  const compared = there !== null && here !== null;
  return [
    compared ? { kind: 'there', there, here } : { kind: 'noList' },
    ...(missing !== null && missing > 0 ? [{ kind: 'missing', count: missing } as const] : []),
    ...(ended !== null && ended > 0 ? [{ kind: 'ended', count: ended } as const] : []),
    ...(callbacks === 'stillRetried' ? [{ kind: 'callbacks_stillRetried' } as const] : []),
    ...(callbacks === 'probablyLost' ? [{ kind: compared ? 'callbacks_madeUpFor' : 'callbacks_lost' } as const] : []),
  ];
};
