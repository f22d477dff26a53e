import type { ConnectionDirectory } from '../connections/connection-directory.ts';
import { importDocument } from '../intake/document-import.ts';
import type { OrderAcceptor } from '../intake/order-acceptor.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Store, WriteTransaction } from '../store/store.ts';
import { holdDoubtful } from './hold-doubtful.ts';
import type { RecoveryNote, RecoveryReport } from './recovery-note.ts';
import { settleRecovery } from './settle-recovery.ts';

export interface RecoveryDeskDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly dataFolder: string;
  /** Absolute. */
  readonly filesFolder: string;
  readonly limits: () => { readonly keepDaysAfterShipped: number; readonly keepDaysWhenFull: number };
  readonly connections: ConnectionDirectory;
  readonly acceptor: OrderAcceptor;
}

/** What a recovery found, until a person has read it. */
export interface UnreadRecovery {
  readonly note: RecoveryNote;
  readonly report: RecoveryReport;
}

/** What a station does about a database that came back from an earlier moment. */
export class RecoveryDesk {
  readonly #deps: RecoveryDeskDeps;
  #note: RecoveryNote | null = null;

  constructor(deps: RecoveryDeskDeps) {
    this.#deps = deps;
  }

  /** Before anything runs: what came back must not go on as if nothing had been. Null when there is nothing to read. */
  async settle(): Promise<UnreadRecovery | null> {
    const { store, clock, logger, dataFolder, filesFolder, limits } = this.#deps;
    const { keepDaysAfterShipped, keepDaysWhenFull } = limits();
    const note = await settleRecovery({
      store,
      logger,
      dataFolder,
      filesFolder,
      nowMs: clock.nowMs(),
      shortestKeepDays: Math.min(keepDaysAfterShipped, keepDaysWhenFull),
      importOrder: (connectionId, document) => this.#import(connectionId, document),
    });
    this.#note = note;
    return note === null || note.report === null || note.seen ? null : { note, report: note.report };
  }

  /** A file became ready: its item is held when it may have been printed before the database came back. */
  async fileReady(transaction: WriteTransaction, fileId: number): Promise<void> {
    if (this.#note !== null) await holdDoubtful(transaction, fileId, this.#note, this.#deps.clock.nowMs());
  }

  async #import(connectionId: string, document: string): Promise<boolean> {
    const { connections, acceptor } = this.#deps;
    const connection = connections.find(connectionId);
    const documents = connection?.platform.documents;
    if (connection === null || documents === undefined) return false;
    const imported = await importDocument(documents, connection.settings, document, (order) =>
      acceptor.accept(connection, order, 'station'),
    );
    return imported.kind === 'imported';
  }
}
