import type { Generated } from 'kysely';

/** Who works here. The PIN is kept as a slow hash. A person who leaves stays, for the history. */
export interface PersonTable {
  id: Generated<number>;
  name: string;
  initials: string;
  role: 'operator' | 'manager';
  pinHash: string;
  createdAtMs: number;
  removedAtMs: number | null;
  failedTries: Generated<number>;
  lockedUntilMs: number | null;
}

/** Something that an operator did to items, which everybody sees and can undo for a while. */
export interface ActionTable {
  id: Generated<number>;
  atMs: number;
  by: string;
  kind: string;
  detailJson: string;
  undoUntilMs: number;
  undoneAtMs: number | null;
  undoneBy: string | null;
}

/** What an action changed of one item: its facts before, and the signals that it queued. */
export interface ActionItemTable {
  actionId: number;
  itemId: number;
  beforeJson: string;
  outboxIdsJson: string;
}
