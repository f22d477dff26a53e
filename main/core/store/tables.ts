import type {
  BudgetTable,
  ChannelTable,
  ConnectionTable,
  ReconciliationTable,
  SweepTable,
} from './tables/connection-tables.ts';
import type { FileTable, InspectionTable } from './tables/file-tables.ts';
import type { HandoverTable, HotFolderTable } from './tables/hot-folder-tables.ts';
import type { JobTable } from './tables/job-tables.ts';
import type {
  DeletionTable,
  ItemTable,
  NoteTable,
  OrderRevisionTable,
  OrderTable,
  ReprintTable,
} from './tables/order-tables.ts';
import type { AttemptTable, OutboxTable } from './tables/outbox-tables.ts';
import type { ActionItemTable, ActionTable, PersonTable } from './tables/people-tables.ts';
import type { EventTable, SettingTable } from './tables/station-tables.ts';

/** Every table of the database by its name, in the words of the code. */
export interface Tables {
  connections: ConnectionTable;
  channels: ChannelTable;
  orders: OrderTable;
  orderRevisions: OrderRevisionTable;
  items: ItemTable;
  files: FileTable;
  outbox: OutboxTable;
  attempts: AttemptTable;
  hotFolders: HotFolderTable;
  handovers: HandoverTable;
  events: EventTable;
  settings: SettingTable;
  jobs: JobTable;
  sweeps: SweepTable;
  reconciliations: ReconciliationTable;
  budgets: BudgetTable;
  people: PersonTable;
  notes: NoteTable;
  actions: ActionTable;
  actionItems: ActionItemTable;
  reprints: ReprintTable;
  inspections: InspectionTable;
  deletions: DeletionTable;
}
