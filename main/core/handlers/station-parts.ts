import type { StationView } from '../../contract/station.ts';
import type { SettingsBook } from '../config/station-settings.ts';
import type { BudgetBook } from '../connections/budget-book.ts';
import type { ConnectionDirectory, LiveConnection } from '../connections/connection-directory.ts';
import type { PlatformWays } from '../connections/platform-ways.ts';
import type { IncomingOrder } from '../domain/incoming-order.ts';
import type { Downloads } from '../downloads/manager.ts';
import type { HotFolders } from '../hotfolders/manager.ts';
import type { AcceptedOrder } from '../intake/accept-order.ts';
import type { JobContext } from '../jobs/job-context.ts';
import type { PeopleDesk } from '../people/people-desk.ts';
import type { Platform } from '../platforms/platform.ts';
import type { ReconcileReason } from '../polling/sweep-rows.ts';
import type { Clock } from '../ports/clock.ts';
import type { NoticeBoard } from '../publish/notices.ts';
import type { ConnectionSecrets } from '../secrets/connection-secrets.ts';
import type { Store } from '../store/store.ts';
import type { ConnectionViewDeps } from '../views/connection-views.ts';
import type { JobViewDeps } from '../views/job-views.ts';
import type { OrderViewDeps } from '../views/order-views.ts';

/** What the contract's handlers work with: the parts of one station, put together in `station.ts`. */
export interface StationParts {
  readonly version: string;
  readonly dataFolder: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: SettingsBook;
  readonly platforms: readonly Platform[];
  readonly connections: ConnectionDirectory;
  readonly secrets: ConnectionSecrets;
  readonly downloads: Downloads;
  readonly hotFolders: HotFolders;
  readonly outbox: { poke(): void };
  readonly ways: PlatformWays;
  readonly budgets: BudgetBook;
  readonly notices: NoticeBoard;
  readonly people: PeopleDesk;
  /** Take it before reading a snapshot. */
  snapshotMark(): { readonly epoch: string; readonly revision: number };
  /** Throws a ContractError `notFound`. */
  requireConnection(id: string): LiveConnection;
  acceptOrder(connection: LiveConnection, order: IncomingOrder, by: string): Promise<AcceptedOrder>;
  jobContextOf(connection: LiveConnection): JobContext;
  jobViewDeps(): JobViewDeps;
  /** Has a platform's list compared with ours at once. */
  reconcile(connectionId: string, reason: ReconcileReason): Promise<void>;
  undoMs(): number;
  pokeAll(): void;
  /** Connections were added, changed or removed: they are followed and shown as they are now. */
  connectionsChanged(): Promise<void>;
  /** Puts changed settings in force: limits, files folder, intake. */
  applySettings(): Promise<void>;
  orderViewDeps(): OrderViewDeps;
  connectionViewDeps(): ConnectionViewDeps;
  stationView(): Promise<StationView>;
}
