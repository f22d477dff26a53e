import type { ReconciliationView } from '../../contract/connections.ts';
import type { StartReport } from '../../contract/station.ts';
import type { LiveConnection } from '../connections/connection-directory.ts';
import { toMoment, toMomentOrNull } from '../ports/clock.ts';
import type { RecoveryNote, RecoveryReport } from '../recovery/recovery-note.ts';
import type { Reader } from '../store/store.ts';

const reasons = ['start', 'resume', 'hourly', 'asked'] as const;
const reasonOf = (text: string): ReconciliationView['reason'] => reasons.find((reason) => reason === text) ?? 'asked';

/** The last comparison of a connection's list with ours; null before the first. */
export const latestReconciliation = async (db: Reader, connectionId: string): Promise<ReconciliationView | null> => {
  const row = await db
    .selectFrom('reconciliations')
    .selectAll()
    .where('connectionId', '=', connectionId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { there, here, missing, ended } = row;
  return { at: toMoment(row.atMs), reason: reasonOf(row.reason), there, here, missing, ended };
};

export interface StartReportDeps {
  readonly db: Reader;
  readonly connections: readonly LiveConnection[];
  readonly startedAtMs: number;
  /** When the station was last known to run before this start; null at its first. */
  readonly offSinceMs: number | null;
  /** Whether platforms can reach this station at all. */
  readonly intakeIsOn: boolean;
  readonly recovered: StartReport['recovered'];
}

/** The report of a recovery as the screens see it. */
export const recoveredView = (note: RecoveryNote, report: RecoveryReport): NonNullable<StartReport['recovered']> => ({
  from: note.from,
  cause: note.cause,
  knownUntil: toMoment(note.knownUntilMs),
  takenInAgain: [...report.takenInAgain],
  missing: [...report.missing],
  heldItems: report.heldItems,
  maybe: report.maybeHandovers + report.maybeCommands,
});

type Callbacks = StartReport['connections'][number]['callbacks'];

const callbacksOf = ({ platform }: LiveConnection, offMs: number, intakeIsOn: boolean): Callbacks => {
  const retriedForMs = platform.jobs?.callbacksRetriedForMs ?? null;
  if (!intakeIsOn || retriedForMs === null || offMs <= 0) return 'none';
  return offMs > retriedForMs ? 'probablyLost' : 'stillRetried';
};

/** What this start found. Null at the first start of a station: there is nothing to make up for. */
export const startReportOf = async (deps: StartReportDeps): Promise<StartReport | null> => {
  const { db, startedAtMs, offSinceMs, intakeIsOn } = deps;
  if (offSinceMs === null) return null;
  const offMs = Math.max(0, startedAtMs - offSinceMs);
  const rows = await db
    .selectFrom('reconciliations')
    .selectAll()
    .where('reason', '=', 'start')
    .where('atMs', '>=', startedAtMs)
    .orderBy('id')
    .execute();
  const byConnection = new Map(rows.map((row) => [row.connectionId, row]));
  return {
    startedAt: toMoment(startedAtMs),
    offSince: toMomentOrNull(offSinceMs),
    offSeconds: Math.round(offMs / 1000),
    ...(deps.recovered === undefined ? {} : { recovered: deps.recovered }),
    connections: deps.connections
      .filter(({ platform }) => platform.jobs !== undefined)
      .map((connection) => {
        const row = byConnection.get(connection.id);
        return {
          connection: connection.id,
          name: connection.common.name ?? connection.platform.name,
          callbacks: callbacksOf(connection, offMs, intakeIsOn),
          there: row?.there ?? null,
          here: row?.here ?? null,
          missing: row?.missing ?? null,
          ended: row?.ended ?? null,
        };
      }),
  };
};
